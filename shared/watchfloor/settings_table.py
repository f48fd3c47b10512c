"""Every setting as a table for the operator: `docs/settings.md`, written by `python -m watchfloor.contract docs`."""

from pydantic.fields import FieldInfo

from watchfloor.settings import Settings

PREFIX = str(Settings.model_config["env_prefix"])
WORKERS, ALL, RUN = ("scraper", "parser", "enricher", "indexer"), "all", "make run"
_STAGES_AND_SOURCES = (
    "retry_first_seconds retry_longest_seconds breaker_window_seconds breaker_failures breaker_sources"
)
READERS: dict[tuple[str, ...], str] = {
    (ALL,): "broker kafka_port data_folder log_level log_format",
    (RUN,): "kafka_controller_port kafka_jars_url",
    (RUN, "enricher", "gateway"): "cache_folder",
    ("gateway",): "http_host http_port http_allowed_hosts cursor_secret cursor_secret_file stream_records stream_mb",
    ("scraper",): "sources contact archive web_allowed backfill_in_flight",
    ("newsroom",): "newsroom_port",
    WORKERS: f"operations_host operations_port instance {_STAGES_AND_SOURCES}",
    (*WORKERS, "gateway"): "claim_check_kb",
    ("scraper", "parser", "enricher"): "pool_processes page_cpu_seconds page_memory_mb",
    ("scraper", "gateway"): "page_max_mb",
}
"""Who reads which settings. `make run` and `watchfloor doctor` look besides at the ports and folders of all."""
HEAD = """# Settings
Every setting is a variable in the environment. This table is made of `shared/watchfloor/settings.py`, and a test holds it true.
A value that cannot be read ends the command at once, with the variable's name.

Secrets are better kept in files (`docker compose` shows them to a service below `/run/secrets`):
`WATCHFLOOR_CURSOR_SECRET_FILE` names a file that holds nothing but the secret, in one line. To set both the secret and its
file is an error, and so is a file that cannot be read or is empty.

| variable | default | meaning | read by |
|---|---|---|---|
"""


def variable(name: str) -> str:
    """The variable of a field.

    >>> variable("http_port")
    'WATCHFLOOR_HTTP_PORT'
    """
    return f"{PREFIX}{name}".upper()


def readers(name: str) -> tuple[str, ...]:
    """Who reads a setting. Raises LookupError where the list above does not say."""
    for who, names in READERS.items():
        if name in names.split():
            return who
    raise LookupError(f"watchfloor/settings_table.py does not say who reads {name}")


def written() -> str:
    """The document, the settings in the order of the code."""
    return HEAD + "".join(f"{_row(name, field)}\n" for name, field in Settings.model_fields.items())


def _row(name: str, field: FieldInfo) -> str:
    default = f"`{field.default}`" if str(field.default) else "none"
    return f"| `{variable(name)}` | {default} | {field.description} | {', '.join(readers(name))} |"
