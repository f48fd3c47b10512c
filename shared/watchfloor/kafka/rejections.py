"""What the trail of a page says where a record of it went to the dead letters."""

from watchfloor.errors import Rejected
from watchfloor.events import Event, PageDecided
from watchfloor.explanation.reasons import REJECTED, UNFORESEEN
from watchfloor.topics import PAGES_DECIDED

LONGEST_DETAIL = 500
"""Characters of an error's sentence; the dead letter has it whole."""
REJECTION = -1
"""Stands for a rejection where the outputs of a stage are numbered from 0."""


def rejection(event: Event, by: str, error: Exception) -> PageDecided | None:
    """That `by` rejected an event, with the error's sentence; the time is the event's.

    None where there is no page to say it of, where `by` has no say on trails, and of a decision itself: whoever reads
    decisions would else be told of its own rejections for ever.
    """
    page_id, url = getattr(event, "page_id", None), getattr(event, "url", None)
    if page_id is None or url is None or isinstance(event, PageDecided) or by not in PAGES_DECIDED.writers:
        return None
    reason = REJECTED if isinstance(error, Rejected) else UNFORESEEN
    return PageDecided.model_validate(
        {
            "page_id": page_id,
            "url": url,
            "source_id": getattr(event, "source_id", None),
            "origin": getattr(event, "origin", "live"),
            "by": by,
            "verdict": "rejected",
            "reason": reason.code,
            "detail": _sentence(error),
            "at": event.time,
            "article_id": getattr(event, "article_id", None),
        }
    )


def _sentence(error: Exception) -> str:
    """Half characters (lone surrogates) cannot be written; to say less must not end the worker."""
    return (str(error) or repr(error))[:LONGEST_DETAIL].encode("utf-8", "replace").decode()
