"""Bad input gets a clear error or a dead letter that names it; its neighbours never notice."""

import gzip
import json
from pathlib import Path

import pytest
from fixtures.system import System, wait_for
from fixtures.topic import Read, put, read_all

from watchfloor.topics import READING, TOPICS, dead_letters_of

pytestmark = pytest.mark.end_to_end
AT = "2026-05-01T10:00:00Z"
PARAGRAPH = (
    "<p>The lighthouse keepers of the outer islands said that the lamps would burn all night, since the convoy is "
    "expected before dawn and nobody knows which of the two channels the pilots will choose this time.</p>"
)


def article(title: str) -> bytes:
    """A page that is well."""
    body = f"<article><h1>{title}</h1>{PARAGRAPH * 3}</article>"
    return (
        f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'.encode()
    )


def bad_pages() -> dict[str, bytes]:
    """Inputs that are no pages, or are made to hurt."""
    many_attributes = b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">x</p></body></html>"
    return {
        "empty.html": b"",
        "report.pdf": b"%PDF-1.7\n" + b"\x00\x01\x02" * 1000,
        "huge.html": article("Huge") + b"<!-- " + b"x" * 30_000_000 + b" -->",
        "attributes.html": many_attributes,
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bad pages, and good ones between them."""
    folder = tmp_path_factory.mktemp("pages")
    deep = b"<div>" * 5000 + PARAGRAPH.encode() * 3 + b"</div>" * 5000
    wrong_charset = article("Die Lotsen kehren zurück").replace(b"utf-8", b"iso-8859-1")
    pages = {
        **bad_pages(),
        "good-1.html": article("First good page"),
        "good-2.html.gz": gzip.compress(article("Second good page")),
    }
    pages |= {
        "deep.html": b"<html lang=en><title>Deep page</title><body><h1>Deep page</h1>" + deep,
        "charset.html": wrong_charset,
    }
    for name, content in pages.items():
        (folder / name).write_bytes(content)
    rows = [f"{name}\thttps://lamps.example/sea/{name.split('.')[0]}-of-the-outer-islands\t{AT}\n" for name in pages]
    (folder / "index.tsv").write_text("".join(rows), encoding="utf-8")
    return folder


def dead(system: System, stage: str) -> list[Read]:
    """The dead letters of a stage."""
    return read_all(system.bootstrap, dead_letters_of(stage).name)


def test_bad_files_are_named_and_their_neighbours_found(system: System, folder: Path) -> None:
    sent = system.run("ingest", str(folder))
    assert sent.returncode == 1
    assert "empty.html" in sent.stderr
    assert "huge.html" in sent.stderr
    assert "Traceback" not in sent.stderr
    for title in ("First good page", "Second good page", "Die Lotsen kehren zurück"):
        assert system.found(f'title:"{title}"')["title"] == title
    for name in ("report", "attributes", "deep"):
        letter = wait_for(
            lambda name=name: next(
                (r for r in dead(system, "parser") if f"/{name}-of".encode() in (r.value or b"")), None
            ),  # type: ignore[misc]
            f"a dead letter for {name}",
        )
        assert f"/{name}-of" in " ".join(letter.headers.values())


@pytest.mark.parametrize("name", ["empty.html", "report.pdf", "huge.html"])
def test_parse_names_the_bad_file_and_still_prints_the_good_one(name: str, system: System, folder: Path) -> None:
    done = system.run("parse", str(folder / name), str(folder / "good-1.html"))
    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    [line] = done.stdout.splitlines()
    assert json.loads(line)["title"] == "First good page"


def test_invalid_json_on_every_topic_becomes_a_dead_letter_that_names_its_place(system: System) -> None:
    read_by = [(topic, stage) for topic in TOPICS for stage in topic.readers if stage in READING]
    assert len(read_by) == 7
    for number, (topic, stage) in enumerate(read_by):
        put(system.bootstrap, topic.name, [(f"{number}", b'{"url": "https://lamps.example/broken', {})])
        letter = wait_for(
            lambda stage=stage, number=number: next((r for r in dead(system, stage) if r.key == f"{number}"), None),  # type: ignore[misc]
            f"a dead letter of {stage}",
        )
        assert letter.value == b'{"url": "https://lamps.example/broken'
        assert topic.name in " ".join(letter.headers.values())
    body = {"url": "https://lamps.example/sea/after-the-broken-records-1", "html": article("After the broken").decode()}
    assert system.request("/v1/pages", {**body, "fetched_at": AT})[0] == 202
    system.found('title:"After the broken"')


def test_a_query_that_is_wrong_says_where(system: System) -> None:
    status, problem, headers = system.request("/v1/articles?q=mines+AND+(drone")
    assert status == 400
    assert headers["content-type"].startswith("application/problem+json")
    assert isinstance(problem["position"], int)
