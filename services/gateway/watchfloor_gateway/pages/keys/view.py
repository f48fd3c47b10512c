"""The table of keys, as a reader has set it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from watchfloor_gateway.pages.keys import actions
from watchfloor_gateway.pages.preferences import Preferences


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


@dataclass(frozen=True)
class View:
    """The screen: the keys, a form to change them, and why the last change was not kept.

    `told` are the fields of that change, which stay in the form.
    """

    preferences: Preferences
    fault: str | None = None
    told: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def groups(self) -> tuple[KeyGroup, ...]:
        """The table, with what was typed."""
        typed = {name.removeprefix("key."): values[-1] for name, values in self.told.items()}
        return groups({**self.preferences.bindings, **typed})
