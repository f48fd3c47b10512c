"""Where a report says that it was written."""

import pytest

from watchfloor_enricher.text import Passage
from watchfloor_enricher.text.dateline import dateline_of


@pytest.mark.parametrize(
    ("language", "text", "names", "rest"),
    [
        ("en", "ODESA — A ferry sank.", "ODESA", "A ferry sank."),
        ("en", "KYIV, Ukraine (Agency) — A ferry sank.", "KYIV, Ukraine", "A ferry sank."),
        ("en", "SINGAPORE: A ferry sank.", "SINGAPORE", "A ferry sank."),
        ("en", "LONDON, March 3 - A ferry sank.", "LONDON, March 3", "A ferry sank."),
        ("en", "BEIJING/TAIPEI (Agency) - A ferry sank.", "BEIJING/TAIPEI", "A ferry sank."),
        ("en", "Kyiv (Agency) – A ferry sank.", "Kyiv", "A ferry sank."),
        ("en", "Kyiv — A ferry sank.", "Kyiv", "A ferry sank."),
        ("en", "One ship is lost\n\nODESA — A ferry sank.", "ODESA", "A ferry sank."),
        ("uk", "КИЇВ — Пором затонув.", "КИЇВ", "Пором затонув."),
        ("ru", "АКТАУ. Паром затонул.", "АКТАУ", "Паром затонул."),
        ("de", "Wilhelmshaven. Die Fähre sank.", "Wilhelmshaven", "Die Fähre sank."),
        ("ar", "عدن - غرقت سفينة", "عدن", "غرقت سفينة"),
    ],
)
def test_a_report_opens_with_its_place(language: str, text: str, names: str, rest: str) -> None:
    found = dateline_of(Passage("text", text), language)
    assert found is not None
    assert (text[found.names.start : found.names.end], text[found.end :]) == (names, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv — the capital — was dark.",
        "The minister said: a ferry sank.",
        "Odo Venck, who left, said — A ferry sank.",
        "Ferries. They sank.",
        "ODESA —",
        "A ferry sank.\n\nIt burned.\n\nIt was old.\n\nODESA — It was new.",
    ],
)
def test_other_openings_are_no_datelines(text: str) -> None:
    assert dateline_of(Passage("text", text), "en") is None


def test_a_caption_has_no_dateline() -> None:
    assert dateline_of(Passage(0, "ODESA — A ferry sank."), "en") is None
