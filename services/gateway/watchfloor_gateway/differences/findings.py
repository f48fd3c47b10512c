"""A changed passage as changes with their weight, and the numbers that are now others in each."""

from collections.abc import Iterator
from dataclasses import replace

from watchfloor_gateway.differences.annotated import Annotated
from watchfloor_gateway.differences.changes import Stretch, stretches, where
from watchfloor_gateway.differences.model import Change, Kind, Passage
from watchfloor_gateway.differences.steps import steps
from watchfloor_gateway.differences.weight import Side, kind_of, weight


def findings(passage: Passage, old: Annotated, new: Annotated, *, whole: bool) -> Iterator[Change]:
    """What changed in a passage, in order. With `whole`, all of it is one change."""
    if passage.moved:
        yield _alone("moved", passage)
    if passage.same:
        return
    if not (passage.old_text and passage.new_text):
        yield _alone("removed" if passage.old_text else "added", passage)
        return
    found = [_entire(passage)] if whole else stretches(passage)
    before = Side(passage.old_text, old.of(passage, passage.old, passage.old_text), old.language, 0, 0)
    after = Side(passage.new_text, new.of(passage, passage.new, passage.new_text), new.language, 0, 0)
    for stretch in found:
        sides = (
            replace(before, start=stretch.old[0], end=stretch.old[1]),
            replace(after, start=stretch.new[0], end=stretch.new[1]),
        )
        yield _change(passage, stretch, *sides)


def _entire(passage: Passage) -> Stretch:
    return Stretch((0, len(passage.old_text)), (0, len(passage.new_text)))


def _alone(kind: Kind, passage: Passage) -> Change:
    """A passage that stands for itself."""
    place = where(passage, _entire(passage))
    return Change(kind, weight(kind, passage.field), place, passage.old_text, passage.new_text)


def _change(passage: Passage, stretch: Stretch, old: Side, new: Side) -> Change:
    kind = kind_of(old, new, stretch)
    return Change(
        kind=kind,
        weight=weight(kind, passage.field),
        where=where(passage, stretch),
        old=old.words,
        new=new.words,
        before=stretch.before,
        after=stretch.after,
        begins=stretch.begins,
        ends=stretch.ends,
        steps=tuple(steps(old, new)),
    )
