"""Where the broker's jars come from, and what is never taken for one."""

import hashlib
from pathlib import Path

import pytest

from watchfloor.errors import Stop
from watchfloor_local import jars

CONTENT = b"a jar of our own making"
JAR = jars.Jar("org/demo/demo/1/demo-1.jar", len(CONTENT), hashlib.sha256(CONTENT).hexdigest())


@pytest.fixture(autouse=True)
def _bare_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home without a local Maven repository."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def put(folder: Path, content: bytes = CONTENT) -> Path:
    """Lay a jar into a folder that is laid out as a Maven repository."""
    path = folder / JAR.path
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


def provide(tmp_path: Path, url: str) -> list[Path]:
    return jars.provide(tmp_path / "cache", url, (JAR,))


def test_the_lock_names_the_jars_of_one_release_of_kafka() -> None:
    locked = jars.locked()
    assert len({jar.path for jar in locked}) == len(locked) == 46
    assert {jar.path.split("/")[-2] for jar in locked if "org/apache/kafka/" in jar.path} == {"4.1.1"}
    assert all(len(jar.sha256) == 64 for jar in locked)


def test_a_jar_in_the_cache_is_not_fetched(tmp_path: Path) -> None:
    put(tmp_path / "cache" / "jars")
    assert provide(tmp_path, "file:///nowhere")[0].read_bytes() == CONTENT


def test_a_jar_is_taken_from_the_local_maven_repository(tmp_path: Path) -> None:
    put(tmp_path / "home" / ".m2" / "repository")
    assert provide(tmp_path, "file:///nowhere")[0].read_bytes() == CONTENT


def test_a_jar_is_fetched_from_the_repository_that_the_operator_names(tmp_path: Path) -> None:
    put(tmp_path / "mirror")
    (found,) = provide(tmp_path, f"file://{tmp_path}/mirror/")
    assert found == tmp_path / "cache" / "jars" / JAR.path
    assert found.read_bytes() == CONTENT
    assert [path.name for path in found.parent.iterdir()] == [found.name], "no part is left beside it"


def test_a_damaged_jar_in_the_cache_is_replaced(tmp_path: Path) -> None:
    put(tmp_path / "cache" / "jars", CONTENT[:-1] + b"!")
    put(tmp_path / "mirror")
    assert provide(tmp_path, f"file://{tmp_path}/mirror")[0].read_bytes() == CONTENT


@pytest.mark.parametrize("served", [CONTENT + b"!", CONTENT[:-1], CONTENT[:-1] + b"!"])
def test_another_file_in_its_place_is_refused_and_not_kept(tmp_path: Path, served: bytes) -> None:
    put(tmp_path / "mirror", served)
    with pytest.raises(Stop, match=r"demo-1\.jar is not the jar"):
        provide(tmp_path, f"file://{tmp_path}/mirror")
    assert not (tmp_path / "cache" / "jars" / JAR.path).exists()


@pytest.mark.parametrize("url", ["ftp://mirror.example/maven2", "http://127.0.0.1:1/maven2"])
def test_the_error_names_jar_address_remedy_and_variable(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchfloor_local.download.PAUSE_SECONDS", 0.0)
    with pytest.raises(Stop) as raised:
        provide(tmp_path, url)
    for part in (JAR.path, url, "WATCHFLOOR_KAFKA_JARS_URL", "WATCHFLOOR_CACHE_FOLDER"):
        assert part in str(raised.value)
