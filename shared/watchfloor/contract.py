"""The contract in writing, made from the registry: a JSON Schema for each event, AsyncAPI 3.0 for the topics, the settings.

`python -m watchfloor.contract docs` writes `docs/schemas/`, `docs/asyncapi.yaml` and `docs/settings.md`; a test holds them
true.
"""

import json
import sys
from pathlib import Path
from typing import Any

import yaml

from watchfloor import settings_table
from watchfloor.events import ArticleWithdrawn, Event
from watchfloor.topics import TOPICS, Topic, all_topics

Json = dict[str, Any]
HEADERS: dict[str, str] = {
    "ce_specversion": "1.0",
    "ce_id": "the same for the same event, however often it is emitted: drop repeats by it",
    "ce_source": "who wrote the record",
    "ce_type": "the kind of event and its version",
    "ce_time": "the moment the event speaks of, RFC 3339",
    "ce_subject": "the record's key",
    "ce_dataschema": "names the JSON Schema of the value",
    "content-type": "application/json",
    "traceparent": "W3C Trace Context; the trace id is one from page to HTTP answer",
}


def schema_name(event: type[Event]) -> str:
    """The file name of an event's schema: `ArticleParsed.v1`."""
    return f"{event.__name__}.{event.type_name.rsplit('.', 1)[1]}"


def events() -> tuple[type[Event], ...]:
    """Every event that some topic carries, in the order of the list."""
    return tuple({event: None for topic in TOPICS for event in topic.events})


def json_schemas() -> dict[str, Json]:
    """A JSON Schema (2020-12) for each event's value, by file name."""
    return {schema_name(event): _schema(event) for event in events()}


def _schema(event: type[Event]) -> Json:
    schema: Json = _open(event.model_json_schema(mode="serialization"))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:watchfloor:schema:{event.__name__}:v1",
        **schema,
    }


def _open(part: Any) -> Any:
    """Allow further fields: a consumer must read tomorrow's records with today's schema."""
    if isinstance(part, dict):
        return {name: _open(value) for name, value in part.items() if name != "additionalProperties" or value}
    return [_open(value) for value in part] if isinstance(part, list) else part


def asyncapi() -> Json:
    """The topics as an AsyncAPI 3.0 document."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Watchfloor topics",
            "version": "1",
            "license": {"name": "Apache-2.0"},
            "description": "Within v1 no field is removed, renamed or retyped. New ones may come: ignore them.",
        },
        "defaultContentType": "application/json",
        "channels": {topic.name: _channel(topic) for topic in all_topics()},
        "operations": dict(_operations()),
        "components": {
            "messages": {event.__name__: _message(event) for event in events()},
            "messageTraits": {"cloudEvent": {"headers": _headers()}},
        },
    }


def _channel(topic: Topic) -> Json:
    return {
        "address": topic.name,
        "description": f"{topic.meaning[0].upper()}{topic.meaning[1:]}. Key: {topic.key}.",
        "messages": {e.__name__: {"$ref": f"#/components/messages/{e.__name__}"} for e in topic.events},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "topicConfiguration": {
                    "cleanup.policy": ["compact" if topic.compacted else "delete"],
                    "delete.retention.ms" if topic.compacted else "retention.ms": topic.retention_ms,
                },
            }
        },
    }


def _operations() -> list[tuple[str, Json]]:
    rows = [(name, "send", topic) for topic in all_topics() for name in topic.writers]
    rows += [(name, "receive", topic) for topic in all_topics() for name in topic.readers]
    return [
        (
            f"{name}.{'writes' if action == 'send' else 'reads'}.{topic.name}",
            {"action": action, "channel": {"$ref": f"#/channels/{topic.name}"}, "summary": f"{name}: {topic.meaning}"},
        )
        for name, action, topic in rows
    ]


def _message(event: type[Event]) -> Json:
    payload: Json = {"$ref": f"./schemas/{schema_name(event)}.json"}
    if event is ArticleWithdrawn:
        payload = {"type": "null", "description": "a tombstone; its fields are in the headers watchfloor_*"}
    return {
        "name": event.type_name,
        "title": event.__name__,
        "summary": (event.__doc__ or "").splitlines()[0],
        "traits": [{"$ref": "#/components/messageTraits/cloudEvent"}],
        "payload": payload,
    }


def _headers() -> Json:
    return {
        "type": "object",
        "properties": {name: {"type": "string", "description": text} for name, text in HEADERS.items()},
    }


def written() -> dict[str, str]:
    """Every generated file, by its path below the docs folder."""
    files = {f"schemas/{name}.json": json.dumps(schema, indent=2) + "\n" for name, schema in json_schemas().items()}
    topics = yaml.safe_dump(asyncapi(), sort_keys=False, width=120, allow_unicode=True)
    return {**files, "asyncapi.yaml": topics, "settings.md": settings_table.written()}


def main(folder: Path) -> None:
    """Write the generated files."""
    for name, text in written().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
