"""The states of a source: which is worse, and how each is drawn."""

from watchfloor.events import SourceHealth, SourceState

WORST_FIRST: tuple[SourceState, ...] = ("down", "silent", "late", "paused", "well")
AS_COUNTED: tuple[SourceState, ...] = ("well", "late", "down", "silent", "paused")
DRAWN: dict[SourceState, str] = {
    "well": "ok", "late": "late", "down": "failing", "silent": "silent", "paused": "paused", "removed": "paused"
}  # fmt: skip
"""The class of the stylesheet that gives a state its shape and colour."""


def worst_first(source: SourceHealth) -> tuple[int, float, int, str]:
    """The place of a source: by its state, then by how much of what is usual for it has not come, then by its troubles."""
    short = (source.usual_24h or 0.0) - source.articles_24h
    return WORST_FIRST.index(source.state), -short, -sum(reason.count for reason in source.reasons), source.source_id
