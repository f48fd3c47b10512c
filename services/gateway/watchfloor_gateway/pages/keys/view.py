"""What the screen of keys shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from watchfloor_gateway.pages.bindings.table import KeyGroup, groups
from watchfloor_gateway.pages.preferences import Preferences


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
