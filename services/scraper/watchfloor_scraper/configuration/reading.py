"""The conductor: text to a configuration, or to all that is wrong with it."""

from collections.abc import Iterator, Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from watchfloor_scraper.configuration.configuration import Configuration
from watchfloor_scraper.configuration.faults import Fault, InvalidConfiguration
from watchfloor_scraper.configuration.located import read_located
from watchfloor_scraper.configuration.nodes import Node, line_of, plain, written
from watchfloor_scraper.configuration.outlet import Outlet
from watchfloor_scraper.configuration.wording import kind_of, words


def read_configuration(text: str, name: str) -> Configuration:
    """Read a file of sources; `name` is what errors call it.

    Raises InvalidConfiguration, with every fault that is in it.

    >>> read_configuration("sources: [{id: northwatch, home: 'https://northwatch.example/'}]", "a").outlets[0].name
    'northwatch.example'
    """
    root, faults = read_located(text)
    if root is None or not isinstance(root.content, dict):
        raise InvalidConfiguration(faults or [_shapeless(root)], subject=name)
    faults += _repeated_ids(root)
    configuration = _validated(root, faults)
    if configuration is None or faults:
        raise InvalidConfiguration(faults, subject=name)
    return configuration


def read_outlet(fields: Mapping[str, object], name: str) -> Outlet:
    """An outlet of fields that come from elsewhere than a file; `name` is what errors call it.

    Raises InvalidConfiguration, with every fault that is in them.
    """
    try:
        return Outlet.model_validate(fields)
    except ValidationError as error:
        raise InvalidConfiguration(_faults_of_fields(error), subject=name) from error


def _faults_of_fields(error: ValidationError) -> Iterator[Fault]:
    for details in error.errors(include_url=False):
        path = tuple(step for step in details["loc"] if step != "[key]")
        yield Fault(0, written(path), *words(("sources", 0, *path), details))


def _validated(root: Node, faults: list[Fault]) -> Configuration | None:
    try:
        return Configuration.model_validate(plain(root))
    except ValidationError as error:
        faults.extend(_fault(root, details) for details in error.errors(include_url=False))
        return None


def _shapeless(root: Node | None) -> Fault:
    held = "holds nothing" if root is None or root.content is None else f"is {kind_of(plain(root))}, not a mapping"
    return Fault(root.line if root else 0, "", held, "begin with `sources:`, or `sources: []` for none")


def _fault(root: Node, details: ErrorDetails) -> Fault:
    path = tuple(step for step in details["loc"] if step != "[key]")
    reason, remedy = words(path, details)
    return Fault(line_of(root, path), written(path), reason, remedy)


def _repeated_ids(root: Node) -> Iterator[Fault]:
    """An id that several outlets have, at all of them but the first."""
    seen: dict[str, int] = {}
    for number, node in enumerate(_outlets(root)):
        member = node.content.get("id") if isinstance(node.content, dict) else None
        if member is None or not isinstance(member.value.content, str):
            continue
        name, line = member.value.content, member.value.line
        if name in seen:
            reason = f"{name!r} is the id of another, in line {seen[name]}"
            yield Fault(line, written(("sources", number, "id")), reason, "give each its own")
        seen.setdefault(name, line)


def _outlets(root: Node) -> tuple[Node, ...]:
    member = root.content.get("sources") if isinstance(root.content, dict) else None
    return member.value.content if member and isinstance(member.value.content, tuple) else ()
