"""The table of keys, as a reader has set it."""

from collections.abc import Mapping
from dataclasses import dataclass

from watchfloor_gateway.pages.bindings import actions


@dataclass(frozen=True)
class Key:
    """A key and what it does. `id` names it in forms and in the cookie."""

    id: str
    name: str
    key: str
    does: str


@dataclass(frozen=True)
class KeyGroup:
    """Keys that stand together. Those of the mode `screen` are pressed after the key `before`."""

    title: str
    mode: str
    before: str
    keys: tuple[Key, ...]


def groups(chosen: Mapping[str, str]) -> tuple[KeyGroup, ...]:
    """The table of keys, where a reader has chosen some."""
    keys = actions.bound(chosen)
    return tuple(
        KeyGroup(
            group.title, group.mode, keys["action_go"], tuple(_key(group.mode, each, keys) for each in group.actions)
        )
        for group in actions.GROUPS
    )


def _key(mode: str, action: actions.Action, keys: Mapping[str, str]) -> Key:
    name = f"{mode}_{action.name}"
    return Key(name, action.name, keys[name], action.does)
