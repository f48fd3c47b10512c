"""Found words in a text: the quick way finds what a reading of every word finds, whatever was read before."""

from hypothesis import given
from hypothesis import strategies as st

from watchfloor.query import Words
from watchfloor.query.analysis import patterns
from watchfloor.query.stemming import stemmers_for
from watchfloor.store.finding import Sought, Spans, spans_in, stand_in
from watchfloor.store.lexicon import LONGEST, Lexicon

PIECES = (
    *("convoy", "Convoys,", "(convoys)", "harbour", "harbour's", "F-16", "f16", "U.S.", "Ракети", "ракету!", "об'єкт"),
    *("边防部队抵达", "边防", "队", "والحكومة", "armées", "ARMÉE", "-", "…", "\u0002convoy", "con\u00advoy", "x" * 50),
)
texts = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", "\n", "\u2029", "\t", "\xa0"]))).map(
    lambda rows: "".join(piece + gap for piece, gap in rows)
)
words = st.builds(
    Words,
    st.one_of(
        st.sampled_from(PIECES[:18]), st.lists(st.sampled_from(PIECES[:9]), min_size=2, max_size=3).map(" ".join)
    ),
    phrase=st.booleans(),
    prefix=st.booleans(),
)


def thoroughly(text: str, sought: Sought, language: str) -> Spans:
    """Every word read, none passed over."""
    sought.in_rows = True
    return tuple(stand_in(text, sought, stemmers_for(language, text), set()))


@given(st.lists(words, max_size=3), st.lists(texts, min_size=1, max_size=3), st.sampled_from(["en", "uk", "fr", "zh"]))
def test_no_find_is_passed_over_and_none_invented(asked: list[Words], several: list[str], language: str) -> None:
    sought = Sought(pattern for each in asked for pattern in patterns(each))
    for text in several:
        quick = spans_in(text, sought, stemmers_for(language, text))
        again = Sought(pattern for each in asked for pattern in patterns(each))
        assert quick == thoroughly(text, again, language)


def test_a_lexicon_starts_afresh_when_it_is_full_and_answers_all_the_same() -> None:
    lexicon = Lexicon(most=3)
    codes = tuple(stemmers_for("en", "").items())
    for batch in ({"convoys", "sank"}, {"a", "b", "c"}, {"convoys"}, {"y" * (LONGEST + 1), "convoys"}):
        known = lexicon.forms(batch, codes)
        assert all(piece in known for piece in batch)
    assert lexicon.forms({"convoys"}, codes)["convoys"] == ("convoys", ":en:convoy")
