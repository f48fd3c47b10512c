"""The one list of reasons: complete, without repetition, and in the docs as it is."""

import re
from pathlib import Path
from typing import get_args

from watchfloor.events import NO_ARTICLES, ArticleType, Verdict
from watchfloor.explanation.reasons import OF_EXPLANATIONS, OF_VERDICT, Reason, as_markdown, reason_of

DOCS = Path(__file__).parents[2] / "docs" / "consumers.md"
ALL = [*OF_EXPLANATIONS, *(reason for reasons in OF_VERDICT.values() for reason in reasons)]


def test_every_verdict_has_its_reasons_each_once() -> None:
    assert set(OF_VERDICT) == set(get_args(Verdict))
    for reasons in OF_VERDICT.values():
        assert len({reason.code for reason in reasons}) == len(reasons)
    codes = [reason.code for reason in OF_EXPLANATIONS]
    assert len(set(codes)) == len(codes)


def test_every_kind_of_page_is_a_reason_of_the_parser() -> None:
    assert {reason.code for reason in OF_VERDICT["ended"]} == {*NO_ARTICLES, "not_html", "redirected"}
    assert {reason.code for reason in OF_VERDICT["parsed"]} == set(get_args(ArticleType)) - NO_ARTICLES


def test_codes_are_such_as_a_decision_may_carry_and_remedies_can_be_filled_in() -> None:
    for reason in ALL:
        assert re.match(r"^[a-z0-9_]+$", reason.code)
        assert reason.meaning.format(stage="parser")
        (reason.remedy or "").format(source="s", stage="parser", url="u", target="t")


def test_a_code_of_a_later_version_is_shown_as_it_is() -> None:
    assert reason_of("held_back", "moonlight") == Reason("moonlight", "it was held back (moonlight)")
    assert reason_of("failed", "http_502").code == "http_502"


def test_the_docs_list_every_reason_of_a_decision() -> None:
    """Mend with: python -c 'from watchfloor.explanation.reasons import as_markdown; print(as_markdown())'."""
    assert as_markdown() in DOCS.read_text(encoding="utf-8")
