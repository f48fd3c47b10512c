"""The broker's jars: Kafka as released, named in jars.lock by path, size and sha256.

Each jar is taken from the first place that has it with that sha256: the cache folder, the local Maven repository, `mvn`
where it is installed (it knows the mirrors of its user), the repository at `kafka_jars_url`. All of them are checked at
every start; a jar is written whole or not at all.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from watchfloor.errors import Stop
from watchfloor.settings import Settings
from watchfloor_local import maven, whole
from watchfloor_local.download import Item, download

DEFAULT_URL = str(Settings.model_fields["kafka_jars_url"].default)
REMEDY = (
    "set WATCHFLOOR_KAFKA_JARS_URL to a Maven repository that this machine reaches (https://, http:// or file://), "
    "or WATCHFLOOR_CACHE_FOLDER to a folder that holds the jars"
)


@dataclass(frozen=True)
class Jar:
    """One jar, as jars.lock names it."""

    path: str
    """Its path in a Maven repository: group, artifact, version, file."""
    size: int
    sha256: str

    def matches(self, data: bytes) -> bool:
        """Whether these bytes are this jar."""
        return len(data) == self.size and hashlib.sha256(data).hexdigest() == self.sha256


def read_lock(text: str) -> tuple[Jar, ...]:
    """The jars of a lock file: a line each of path, size in bytes and sha256.

    >>> read_lock("org/demo/demo/1/demo-1.jar 3 ba7816bf")
    (Jar(path='org/demo/demo/1/demo-1.jar', size=3, sha256='ba7816bf'),)
    """
    rows = (line.split() for line in text.splitlines() if line.strip())
    return tuple(Jar(path, int(size), sha256) for path, size, sha256 in rows)


def locked() -> tuple[Jar, ...]:
    """The jars that the embedded broker runs on."""
    return read_lock(files(__package__).joinpath("jars.lock").read_text(encoding="utf-8"))


def provide(cache: Path, url: str, wanted: tuple[Jar, ...] | None = None) -> list[Path]:
    """See that every jar is in the cache folder, and return where each lies.

    `url` is the Maven repository that is asked last. Raises Stop, which names jar, address and remedy.
    """
    wanted = locked() if wanted is None else wanted
    folder = cache / "jars"
    _take(missing(folder, wanted), folder, [Path.home() / ".m2" / "repository"])
    if missing(folder, wanted) and url == DEFAULT_URL:
        _take_by_maven(missing(folder, wanted), folder)
    _take_by_download(missing(folder, wanted), folder, url)
    return [folder / jar.path for jar in wanted]


def missing(folder: Path, wanted: Iterable[Jar]) -> list[Jar]:
    """The jars that this folder, laid out as a Maven repository, does not hold as they should be."""
    return [jar for jar in wanted if not _holds(folder, jar)]


def _holds(folder: Path, jar: Jar) -> bool:
    try:
        return jar.matches((folder / jar.path).read_bytes())
    except OSError:
        return False


def _take(wanted: Iterable[Jar], folder: Path, places: Iterable[Path]) -> None:
    for jar in wanted:
        found = next((place for place in places if _holds(place, jar)), None)
        if found is not None:
            _keep(jar, (found / jar.path).read_bytes(), folder)


def _take_by_maven(wanted: list[Jar], folder: Path) -> None:
    with TemporaryDirectory(prefix="watchfloor-jars-") as scratch:
        if maven.fetch([jar.path for jar in wanted], Path(scratch)):
            _take(wanted, folder, [Path(scratch)])


def _take_by_download(wanted: list[Jar], folder: Path, url: str) -> None:
    by_path = {jar.path: jar for jar in wanted}
    items = [Item(address=f"{url.rstrip('/')}/{jar.path}", name=jar.path, size=jar.size) for jar in wanted]
    for item, data in download(items, remedy=REMEDY):
        jar = by_path[item.name]
        if not jar.matches(data):
            raise Stop(f"{item.address} is not the jar that jars.lock names: refused", subject=jar.path, remedy=REMEDY)
        _keep(jar, data, folder)


def _keep(jar: Jar, data: bytes, folder: Path) -> None:
    try:
        whole.write(folder / jar.path, data)
    except OSError as error:
        raise Stop(
            f"cannot be written: {error.strerror}",
            subject=str(folder / jar.path),
            remedy="make the folder writable, or set WATCHFLOOR_CACHE_FOLDER to one that is",
        ) from error
