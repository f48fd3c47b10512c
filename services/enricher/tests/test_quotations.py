"""Who said what."""

from collections.abc import Callable

import pytest

from watchfloor.events import Quotation

Quotations = Callable[..., list[Quotation]]
Said = Callable[..., list[tuple[str, str | None]]]


@pytest.mark.parametrize(
    "text",
    [
        "“The pier is closed,” General Odo Venck said on Friday.",
        "“The pier is closed,” said General Odo Venck.",
        "“The pier is closed,” said Odo Venck, who had asked for a boat.",
        "General Odo Venck said: “The pier is closed,”",
        "General Odo Venck, who left on Friday, told reporters: “The pier is closed,”",
        "“The pier is closed,” — General Odo Venck",
        "“The pier is closed,” according to General Odo Venck.",
        "“The pier is closed,” the commander, Odo Venck, said.",
        "And a word from General Odo Venck:\n\n“The pier is closed,”",
        "Odo Venck: “The pier is closed,”",
        "‘The pier is closed,’ said General Odo Venck.",
        "“The pier is closed,”\n\n— Captain Odo Venck, pier police",
    ],
)
def test_the_speaker_of_a_whole_sentence_is_found(said: Said, text: str) -> None:
    assert said(text) == [("The pier is closed,", "Odo Venck")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("General Odo Venck said the pier would hold “for a week at most”.", "for a week at most"),
        ("General Odo Venck described the plan as a “costly error”.", "costly error"),
        ("Yards build what General Odo Venck calls a “floating wall”.", "floating wall"),
        ("General Odo Venck, who left on Friday, this week accused the yard of “playing games”.", "playing games"),
        ("General Odo Venck met the crews and said they were ready to sail “in the morning”.", "in the morning"),
        ("General Odo Venck vowed support, warning that delay would carry “a price”.", "a price"),
        ("While the yard did not answer, General Odo Venck said there were “no more” boats.", "no more"),
        ("The pier was “hit twice”, General Odo Venck said.", "hit twice"),
    ],
)
def test_a_piece_of_a_sentence_belongs_to_the_subject_of_its_verb(
    quotations_in: Quotations,
    said: Said,
    text: str,
    words: str,
) -> None:
    assert said(text) == [(words, "Odo Venck")]
    assert next(each for each in quotations_in(text) if each.words == words).kind == "mixed"


def test_a_quotation_broken_by_its_attribution_is_two_of_one_speaker(quotations_in: Quotations, said: Said) -> None:
    text = "“If they cross,” General Odo Venck said, “we will sail. ” Then he left."
    assert said(text) == [("If they cross,", "Odo Venck"), ("we will sail.", "Odo Venck")]
    assert {each.kind for each in quotations_in(text)} == {"direct"}


def test_one_speaker_goes_on_where_nothing_says_otherwise(said: Said) -> None:
    text = "“It sank,” said General Odo Venck. “Nobody was hurt.”\n\n“We will raise it in the spring.”"
    assert [speaker for _, speaker in said(text)] == ["Odo Venck"] * 3


def test_a_quotation_over_three_paragraphs_is_one(said: Said) -> None:
    text = "General Odo Venck said: “It sank.\n\n“We raised it.\n\n“It sank again.”"
    assert said(text) == [("It sank.\n\n“We raised it.\n\n“It sank again.", "Odo Venck")]


@pytest.mark.parametrize(("pronoun", "speaker"), [("he", "Erik Venck"), ("she", "Maria Thole")])
def test_a_pronoun_speaks_for_the_person_of_its_gender(said: Said, pronoun: str, speaker: str) -> None:
    text = f"Erik Venck met Maria Thole at the pier. “It is late,” {pronoun} said."
    assert said(text) == [("It is late,", speaker)]


def test_a_pronoun_means_who_was_named_since_the_last_quotation(
    said: Said,
) -> None:
    text = "“We hold,” said Odo Venck.\n\nHis deputy, Jarla Thole, disagreed. “It is madness,” she said."
    assert said(text)[-1] == ("It is madness,", "Jarla Thole")


def test_an_office_speaks_for_who_holds_it(said: Said) -> None:
    text = "Mayor Jarla Thole met General Odo Venck. “It is late,” the mayor said."
    assert said(text) == [("It is late,", "Jarla Thole")]


def test_organisations_speak(quotations_in: Quotations) -> None:
    found = quotations_in("The Ministry of Trade said the yard was “in ruins”. “Nobody was hurt,” the ministry added.")
    assert [(each.words, each.speaker, each.speaker_id) for each in found] == [
        ("in ruins", "Ministry of Trade", "o1"),
        ("Nobody was hurt,", "Ministry of Trade", "o1"),
    ]


def test_who_is_only_described_is_named_as_printed(said: Said) -> None:
    assert said("“It sank,” said a junior clerk at the yard.")[0][1] == "junior clerk"


def test_verb_and_addressee_are_kept_as_printed(quotations_in: Quotations) -> None:
    (found,) = quotations_in("General Odo Venck told Kenyan state radio that the pier was “safe again”.")
    assert (found.verb, found.addressee) == ("told", "Kenyan state radio")


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “river pact” was signed.",
        "The film “The Long Winter” opened in Oslo.",
        "The exercise, known as “Steady Tide”, began.",
        "General Odo Venck said the ship “Morning Star” had sunk.",
        "General Odo Venck said the “volunteers” had left.",
    ],
)
def test_names_titles_and_words_held_at_a_distance_are_no_quotations(said: Said, text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("General Odo Venck said that the pier was closed for good.", "the pier was closed for good"),
        ("The pier was closed for good, General Odo Venck said on Friday.", "The pier was closed for good"),
    ],
)
def test_reported_speech_is_indirect(quotations_in: Quotations, text: str, words: str) -> None:
    (found,) = quotations_in(text)
    assert (found.kind, found.words, found.speaker) == ("indirect", words, "Odo Venck")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ODESA — The pier was closed for good, General Odo Venck said.", "The pier was closed for good"),
        (
            "ODESA, Ukraine (Agency) - The pier was closed for good, General Odo Venck said.",
            "The pier was closed for good",
        ),
        ("The pier was closed for good, a spokesman, General Odo Venck, said.", "The pier was closed for good"),
    ],
)
def test_reported_words_leave_out_the_dateline_and_the_speakers_title(
    quotations_in: Quotations, text: str, words: str
) -> None:
    assert [(each.words, each.speaker) for each in quotations_in(text)] == [(words, "Odo Venck")]


def test_a_quotation_behind_the_dateline_is_direct(quotations_in: Quotations) -> None:
    (found,) = quotations_in("ODESA — “The pier is closed,” said General Odo Venck.")
    assert (found.kind, found.words, found.speaker) == ("direct", "The pier is closed,", "Odo Venck")


@pytest.mark.parametrize(
    "text",
    [
        "The commander of the fleet, General Odo Venck, asked the council for help.",
        "The pier was closed in the night, where police answered questions.",
        "General Odo Venck has said the same after each of the raids.",
        "An earlier version of this article said that the pier was closed for good.",
    ],
)
def test_what_only_looks_like_reported_speech_is_none(quotations_in: Quotations, text: str) -> None:
    assert quotations_in(text) == []


def test_words_in_captions_are_found_there(quotations_in: Quotations) -> None:
    (found,) = quotations_in("Nothing.", "“It sank,” said General Odo Venck.")
    assert (found.in_, found.words) == (0, "It sank,")


@pytest.mark.parametrize(
    ("language", "text", "words", "speaker"),
    [
        (
            "de",
            "Kanzler Konrad Vesk sagte am Montag: „Der Hafen bleibt offen.“",
            "Der Hafen bleibt offen.",
            "Konrad Vesk",
        ),
        ("fr", "« Le port reste ouvert », a déclaré Julien Vesk.", "Le port reste ouvert", "Julien Vesk"),
        ("es", "“El puerto sigue abierto”, dijo la ministra Carmen Vesga.", "El puerto sigue abierto", "Carmen Vesga"),
        ("uk", "«Порт відкрито», – сказала Марія Тальвік.", "Порт відкрито", "Марія Тальвік"),
        ("ru", "«Порт открыт», — заявил Сергей Весков.", "Порт открыт", "Сергей Весков"),
    ],
)
def test_other_languages_have_their_verbs_of_saying(
    said: Said, language: str, text: str, words: str, speaker: str
) -> None:
    assert said(text, language) == [(words, speaker)]
