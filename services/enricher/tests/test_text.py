"""Tokens, sentences and paragraphs."""

from watchfloor_enricher.text import Passage
from watchfloor_enricher.text.names import name_runs
from watchfloor_enricher.text.tokens import tokens_of


def sentences(text: str) -> list[str]:
    passage = Passage("text", text)
    return [passage.words(sentence) for sentence in passage.sentences]


def test_tokens_lie_where_they_say() -> None:
    text = "Gen. O’Hara’s U.S. crew left Saint-Vale, 500km away."
    assert all(text[token.start : token.end] == token.words for token in tokens_of(text))
    assert "’s" in [token.words for token in tokens_of(text)]


def test_a_title_with_a_stop_ends_no_sentence() -> None:
    assert sentences("Lt. Gen. Bo Venck left. He will be back.") == ["Lt. Gen. Bo Venck left.", "He will be back."]


def test_an_abbreviation_ends_a_sentence_where_a_new_one_plainly_begins() -> None:
    assert sentences("He went to the U.S. The boat stayed.") == ["He went to the U.S.", "The boat stayed."]


def test_a_closing_mark_belongs_to_the_sentence_before_it() -> None:
    assert sentences("“We stay.” The boat left.") == ["“We stay.”", "The boat left."]


def test_no_sentence_goes_over_the_border_of_a_paragraph() -> None:
    assert sentences("A heading\n\nThe boat left") == ["A heading", "The boat left"]


def test_runs_of_names_keep_particles_and_initials_inside() -> None:
    passage = Passage("text", "Yesterday Ursula van der Vliet met J. R. Thole and Sami al-Khatib in Oslo.")
    runs = [passage.words(run) for run in name_runs(passage)]
    assert runs == ["Ursula van der Vliet", "J. R. Thole", "Sami al-Khatib", "Oslo"]
