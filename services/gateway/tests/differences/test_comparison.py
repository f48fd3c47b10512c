"""What changed, with the right answer written out; and what weighs more."""

import pytest
from fixtures.two_versions import article

from watchfloor.events import ArticleEnriched
from watchfloor_gateway.differences import lexicon
from watchfloor_gateway.differences.comparison import compare
from watchfloor_gateway.differences.model import Change, Step

LONG = "The port authority has asked the regional maritime council to meet in the first week of December."


def told(old: ArticleEnriched, new: ArticleEnriched) -> list[tuple[str, str, str]]:
    return [(change.kind, change.old, change.new) for change in compare(old, new).changes]


def only(old: ArticleEnriched, new: ArticleEnriched) -> Change:
    (change,) = compare(old, new).changes
    return change


def test_english_heaviest_first() -> None:
    old = article(
        "A carrier with 21 crew struck a mine on Tuesday, injuring six sailors off Sulina.",
        "Two sailors were missing. A second man was found alive, a port source said.",
        "The ship is sinking. Sixty-two ships were queuing outside.",
        title="Carrier strikes mine; two sailors missing",
        counts=[("21 crew", 21, "crew"), ("six sailors", 6, "sailors"), ("Two sailors", 2, "sailors")],
        times=["Tuesday"],
    )
    new = article(
        "A carrier with 21 crew struck a mine on Tuesday, injuring at least seven sailors off Sulina.",
        "One sailor was missing. A second man was found alive, Dobrovan said.",
        "The ship is not sinking. Sixty-two ships were waiting outside.",
        title="Carrier strikes mine; one sailor missing",
        names=["Dobrovan"],
        times=["Tuesday"],
        counts=[("21 crew", 21, "crew"), ("seven sailors", 7, "sailors")],
    )
    assert told(old, new) == [
        ("number", "two sailors", "one sailor"),
        ("number", "six", "at least seven"),
        ("number", "Two sailors were", "One sailor was"),
        ("negation", "", "not "),
        ("attribution", "a port source", "Dobrovan"),
        ("wording", "queuing", "waiting"),
    ]
    assert compare(old, new).steps == (Step("injured", "6", "≥7"), Step("missing", "2", "1"))


def test_ukrainian() -> None:
    old = article("Поранено 7 моряків, повідомив Іван Петренко. Порт працює у вівторок.", language="uk",
                  names=["Іван Петренко"], times=["вівторок"])  # fmt: skip
    new = article("Поранено 9 моряків, стверджує Петро Іваненко. Порт не працює у середу.", language="uk",
                  names=["Петро Іваненко"], times=["середу"])  # fmt: skip
    assert told(old, new) == [
        ("number", "7", "9"),
        ("name", "повідомив Іван Петренко", "стверджує Петро Іваненко"),
        ("time", "вівторок", "середу"),
        ("negation", "", "не "),
    ]
    assert compare(old, new).steps == (Step("моряків", "7", "9"),)


def test_arabic() -> None:
    old = article("ونُقل سبعة بحارة إلى المستشفى، قال الوزير.", language="ar")
    new = article("ونُقل تسعة بحارة إلى المستشفى، ولم يؤكد الوزير ذلك.", language="ar")
    found = compare(old, new)
    assert [(change.kind, change.old, change.new) for change in found.changes] == [
        ("number", "سبعة", "تسعة"),
        ("negation", "قال الوزير", "ولم يؤكد الوزير ذلك"),
    ]
    assert found.steps == (Step("بحارة", "7", "9"),)
    assert (found.changes[0].before, found.changes[0].begins) == ("ونُقل ", True)


def test_chinese_is_compared_character_by_character() -> None:
    old = article("海军发言人李明说，造成7名船员受伤，已确认为水雷。", language="zh")
    new = article("海军发言人李明表示，造成9名船员受伤，未确认为水雷。", language="zh")
    assert told(old, new) == [("number", "7", "9"), ("negation", "已", "未"), ("attribution", "说", "表示")]


def test_a_bound_alone_is_a_change_of_the_number() -> None:
    old = article("The blast wounded 7 people.", counts=[("7 people", 7, "people")])
    new = article("The blast wounded at least 7 people.", counts=[("7 people", 7, "people")])
    assert told(old, new) == [("number", "", "at least ")]
    assert compare(old, new).steps == (Step("injured", "7", "≥7"),)


def test_numbers_of_different_things_are_no_step() -> None:
    old = article("They lost 7 tanks.", counts=[("7 tanks", 7, "tanks")])
    new = article("They lost 9 ships.", counts=[("9 ships", 9, "ships")])
    found = compare(old, new)
    assert [change.kind for change in found.changes] == ["number"]
    assert found.steps == ()


def test_the_same_number_reworded_is_wording() -> None:
    old = article("The storm sank seven boats.", counts=[("seven boats", 7, "boats")])
    new = article("The storm sank 7 boats.", counts=[("7 boats", 7, "boats")])
    assert told(old, new) == [("wording", "seven", "7")]


def test_one_as_a_pronoun_is_no_number() -> None:
    assert told(article("He saw a ship there."), article("He saw one there.")) == [("wording", "a ship", "one")]


def test_digits_in_names_and_in_times_are_no_numbers() -> None:
    old = article("An F-16 landed on 2 December.", names=["F-16"], times=["2 December"])
    new = article("An F-35 landed on 3 December.", names=["F-35"], times=["3 December"])
    assert [change.kind for change in compare(old, new).changes] == ["name", "time"]
    assert compare(old, new).steps == ()


def test_names_of_the_text_are_known_in_the_headline() -> None:
    old = article("Dobrovan spoke.", title="Dobrovan speaks", names=["Dobrovan"])
    new = article("Anghelova spoke.", title="Anghelova speaks", names=["Anghelova"])
    assert [(change.kind, change.where.field) for change in compare(old, new).changes] == [
        ("name", "title"),
        ("name", "paragraph"),
    ]


def test_wording_in_the_headline_is_heavy_and_in_the_text_light() -> None:
    headline = only(article(LONG, title="Talks are halted"), article(LONG, title="Talks are paused"))
    text = only(article("Talks are halted."), article("Talks are paused."))
    assert (headline.kind, headline.heavy, text.kind, text.heavy) == ("wording", True, "wording", False)


def test_paragraphs_added_and_taken_out_stand_for_themselves() -> None:
    old, new = article("Ships wait.", "Nobody was hurt in the blast."), article("Ships wait.", LONG)
    assert [(change.kind, change.where.old, change.where.new) for change in compare(old, new).changes] == [
        ("removed", 2, None),
        ("added", None, 2),
    ]


def test_a_moved_paragraph_is_moved_not_gone_and_added() -> None:
    old = article("Ships wait outside the channel.", "The harbour is shut.", LONG)
    new = article(LONG, "Ships wait outside the channel.", "The harbour is shut.")
    change = only(old, new)
    assert (change.kind, change.where.old, change.where.new) == ("moved", 3, 1)


def test_a_moved_paragraph_with_another_number_tells_both() -> None:
    old = article("Ships wait outside the channel.", "The harbour is shut.", LONG + " It has 15 members.")
    new = article(LONG + " It has 16 members.", "Ships wait outside the channel.", "The harbour is shut.")
    assert [change.kind for change in compare(old, new).changes] == ["number", "moved"]


def test_a_paragraph_parted_in_two_is_no_new_text() -> None:
    one, other = "Ships wait outside the channel at Sulina.", "Rescuers found a man alive in a raft at noon."
    change = only(article(f"{one} {other}"), article(one, other))
    assert (change.kind, change.old, change.new) == ("punctuation", " ", "\n\n")
    joined = only(article(one, other), article(f"{one} {other}"))
    assert (joined.kind, joined.old, joined.new) == ("punctuation", "\n\n", " ")


def test_changes_a_word_apart_are_read_as_one_but_numbers_stand_alone() -> None:
    old = article("The ship was towed slowly to the port with 6 men and 2 dogs on board.")
    new = article("The vessel was dragged slowly to the port with 7 men and 3 dogs on board.")
    assert told(old, new) == [
        ("number", "6", "7"),
        ("number", "2", "3"),
        ("wording", "ship was towed", "vessel was dragged"),
    ]


def test_captions_and_credits_are_compared() -> None:
    old = article(LONG, captions=[None, "A tug stands by on Monday."])
    new = article(LONG, captions=[None, "A tug stands by on Tuesday."])
    change = only(old, new)
    assert (change.where.field, change.where.new, change.old, change.new) == ("caption", 2, "Monday", "Tuesday")


def test_the_context_is_cut_between_words_and_says_so() -> None:
    words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split()
    change = only(article(" ".join([*words, "ships", *words])), article(" ".join([*words, "boats", *words])))
    assert change.before == "four five six seven eight nine ten eleven twelve thirteen fourteen "[-len(change.before) :]
    assert (change.begins, change.ends) == (False, False)
    assert change.before.split()[0] in words
    short = only(article("The ships wait."), article("The boats wait."))
    assert (short.before, short.after, short.begins, short.ends) == ("The ", " wait.", True, True)


DATED = "2026-03-02T04:00:00Z"


@pytest.mark.parametrize(
    ("old", "new", "silent"),
    [
        (article("7 hurt."), article("9 hurt."), True),
        (article("7 hurt.", modified_at=DATED), article("9 hurt.", modified_at=DATED), True),
        (article("7 hurt."), article("9 hurt.", modified_at=DATED), False),
        (article("7 hurt."), article("9 hurt.", "Correction: an earlier version gave another number."), False),
        (article("7 hurt."), article("9 hurt. (This article has been updated with the new toll.)"), False),
        (article("7 hurt.", "Correction: of Monday."), article("9 hurt.", "Correction: of Monday."), True),
        (article("7 hurt."), article("7 hurt."), False),
    ],
)
def test_silent_is_a_change_of_which_neither_date_nor_note_tells(
    old: ArticleEnriched, new: ArticleEnriched, silent: bool
) -> None:
    assert compare(old, new).silent is silent


@pytest.mark.parametrize(
    "text",
    [
        "Berichtigung: In einer früheren Fassung stand eine andere Zahl.",
        "Уточнение: пострадали девять человек.",
        "Исправлено в 14:10.",
        "Виправлення: постраждали дев'ять людей.",
        "Rectificatif : il y a neuf blessés.",
        "Corrección: son nueve los heridos.",
        "Sprostowanie: rannych jest dziewięciu.",
        "تصحيح: عدد المصابين تسعة.",
        "更正：受伤人数为九人。",
        "Clarification: the ship was under way.",
        "UPDATED: adds the toll",
        "Düzeltme: yaralı sayısı dokuz.",
    ],
)
def test_notices_of_many_languages_are_known(text: str) -> None:
    assert lexicon.is_notice(text)


@pytest.mark.parametrize(
    "text", ["Corrections officers were held hostage.", "The update was late.", "They asked for clarification."]
)
def test_what_only_looks_like_a_notice_is_none(text: str) -> None:
    assert not lexicon.is_notice(text)


def test_an_article_without_blocks_is_compared_line_by_line() -> None:
    old, new = (article("Ships wait.\nNobody is hurt.", blocks=()), article("Ships wait.\nNobody was hurt.", blocks=()))
    assert only(old, new).where.new == 2


def test_without_a_language_digits_alone_are_numbers() -> None:
    assert only(article("7 hurt", language=None), article("9 hurt", language=None)).kind == "number"
    assert only(article("not hurt", language=None), article("badly hurt", language=None)).kind == "wording"


def test_a_title_that_was_missing_is_added() -> None:
    assert only(article(LONG, title=None), article(LONG, title="Now")).kind == "added"
