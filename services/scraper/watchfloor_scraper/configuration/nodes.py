"""Values of a YAML file with their places, and the paths by which errors name them."""

from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Keys and numbers that lead from the root to a value."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands."""

    content: "str | tuple[Node, ...] | dict[str, Member] | None"
    line: int
    """Of its first character, from 1."""
    column: int
    """Of its first character, from 0; of a block, that of its dashes or keys."""
    start: int
    end: int
    """Of a scalar or of what stands in brackets: the character after its last; of a block, that of its last value."""
    flow: bool
    """Whether it is a collection in brackets."""


@dataclass(frozen=True, slots=True)
class Member:
    """A key of a mapping and its value."""

    key: Node
    value: Node


def plain(node: Node) -> object:
    """The values alone: text, lists, and mappings, of which keys without a value are left out."""
    if isinstance(node.content, dict):
        return {key: plain(member.value) for key, member in node.content.items() if member.value.content is not None}
    if isinstance(node.content, tuple):
        return [plain(item) for item in node.content]
    return node.content


def line_of(root: Node, path: Path) -> int:
    """The line of the value at this path, else that of the nearest that holds it."""
    node, line = root, root.line
    for step in path:
        if isinstance(node.content, dict) and step in node.content:
            member = node.content[str(step)]
            node, line = member.value, member.key.line
        elif isinstance(node.content, tuple) and isinstance(step, int) and step < len(node.content):
            node = node.content[step]
            line = node.line
        else:
            break
    return line if isinstance(node.content, dict | tuple) else node.line


def written(path: Path) -> str:
    """A path as errors name it.

    >>> written(("sources", 2, "feeds", 0))
    'sources[2].feeds[0]'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
