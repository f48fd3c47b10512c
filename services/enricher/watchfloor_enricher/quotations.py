"""Quotations: words between quotation marks with who said them, and reported speech where it is sure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from watchfloor.events import Quotation, QuotationKind
from watchfloor_enricher.attribution import STOPS, Attribution, Frame, before_it, behind, behind_dash
from watchfloor_enricher.clauses import first_named
from watchfloor_enricher.elsewhere import attribution_elsewhere
from watchfloor_enricher.reported import Reported, reported_in
from watchfloor_enricher.speakers import Cast, Speaker, speaker_of
from watchfloor_enricher.text import ArticleText, Passage, Stretch
from watchfloor_enricher.text.actors import Actor
from watchfloor_enricher.text.dateline import Dateline, dateline_of
from watchfloor_enricher.text.lexicon import FUNCTION_WORDS
from watchfloor_enricher.text.marks import Quoted, quoted_in
from watchfloor_enricher.text.sentences import Range
from watchfloor_enricher.verbs import verb_of_saying

FOUND_BY = "quotation-rules/2"
SPOKEN_ABOUT = (
    "film|movie|book|novel|song|album|play|series|show|documentary|essay|poem|painting|opera|programme|program|podcast|"
    "operation|exercise|campaign|project|word|term|phrase|slogan|hashtag|magazine|newspaper|ship|vessel|article|report"
)
NAMED_AS = (
    "known|referred to|billed|styled|codenamed|code-named|nicknamed|dubbed|named|titled|entitled|headlined|labelled|"
    "labeled|captioned|marked|reading|translated"
)
NAMING = re.compile(
    rf"(?:so-called|(?:{NAMED_AS}) (?:as )?(?:the |a |an )?|"
    r"(?:is|are|was|were|been|be|commonly|widely|often|sometimes) called (?:the |a |an )?|"
    rf"\b(?:{SPOKEN_ABOUT}) (?:called |named |titled )?)$",
    re.IGNORECASE,
)
"""What stands before a name, a title or a word that is spoken about, and not before what somebody said."""
POINTED_AT = re.compile(r"\b(?:the|these|those|this|its|their|his|her) $", re.IGNORECASE)
SHORTEST_UNATTRIBUTED = 5
"""Words of a whole sentence in quotation marks that counts as speech though nothing says whose."""


@dataclass
class _Memory:
    """Who spoke last, for what follows without a word on its speaker."""

    speaker: Speaker | None = None
    paragraph: int = -1
    broken_in: int = -1
    """The paragraph where a quotation ended with a comma, so that it may go on behind its attribution."""


@dataclass(frozen=True)
class _Part:
    """A stretch between marks with its tokens: `inner` without the marks, `outer` with them."""

    quoted: Quoted
    start: int
    end: int
    outer: Range
    paragraph: int
    opens: bool
    """Whether it begins a paragraph, or the text behind the dateline."""


def find_quotations(text: ArticleText, actors: Sequence[Actor]) -> list[Quotation]:
    """Every quotation of the body and the captions, in order. Titles and words held at a distance are none."""
    return [found.quotation for passage in text.passages for found in attributed(passage, actors, text.language)]


@dataclass(frozen=True)
class Attributed:
    """A quotation with what attributes it; None where it goes on without such."""

    quotation: Quotation
    attribution: Attribution | None


def attributed(passage: Passage, actors: Sequence[Actor], language: str | None) -> list[Attributed]:
    """The quotations of one passage."""
    dateline = dateline_of(passage, language)
    parts = _parts(passage, dateline)
    cast = Cast(passage, actors)
    frame = _frame(passage, parts, cast, dateline)
    english = language in (None, "en")
    attribute = _attribution if english else partial(_attribution_elsewhere, language=language or "")
    memory = _Memory()
    marked = (_quotation(part, attribute(part, frame), frame, cast, memory) for part in parts)
    reported = (_indirect(each, frame, cast) for each in (reported_in(frame) if english else ()))
    found = [each for each in (*marked, *reported) if each is not None]
    return sorted(found, key=lambda each: each.quotation.start)


def _parts(passage: Passage, dateline: Dateline | None) -> list[_Part]:
    parts = []
    for quoted in quoted_in(passage.text, passage.paragraphs):
        words = passage.text[quoted.start : quoted.end]
        start = quoted.start + len(words) - len(words.lstrip())
        end = quoted.end - len(words) + len(words.rstrip())
        if start < end and any(letter.isalnum() for letter in words):
            outer = passage.tokens_in(quoted.outer_start, quoted.outer_end)
            paragraph = _paragraph_at(passage, start)
            begins = {passage.paragraphs[paragraph].start, dateline.end if dateline else 0}
            parts.append(_Part(quoted, start, end, outer, paragraph, quoted.outer_start in begins))
    return parts


def _paragraph_at(passage: Passage, place: int) -> int:
    return next((n for n, paragraph in enumerate(passage.paragraphs) if paragraph.start <= place <= paragraph.end), 0)


def _frame(passage: Passage, parts: Sequence[_Part], cast: Cast, dateline: Dateline | None) -> Frame:
    hidden = [False] * len(passage.tokens)
    new_sentences = set()
    for part in parts:
        for index in range(*part.outer):
            hidden[index] = True
        following = passage.tokens[part.outer.end].words if part.outer.end < len(passage.tokens) else ""
        if passage.text[part.end - 1] in STOPS and following[:1].isupper():
            new_sentences.add(part.outer.end)
    opening = passage.tokens_in(dateline.end, dateline.end).start if dateline else 0
    return Frame(passage, hidden, cast.named, frozenset(new_sentences), opening)


def _quotation(
    part: _Part, attribution: Attribution | None, frame: Frame, cast: Cast, memory: _Memory
) -> Attributed | None:
    passage = frame.passage
    speaker = None
    if attribution is not None:
        speaker = speaker_of(attribution.subject, cast, frame.hidden, memory.speaker)
    kind = _kind(passage, part, goes_on=memory.broken_in == part.paragraph)
    memory.broken_in = part.paragraph if kind == "direct" and passage.text[part.end - 1] == "," else -1
    if attribution is None and kind == "direct":
        speaker = _unsaid(part, frame, cast, memory)
    if not _is_speech(passage, part, kind, attribution, speaker):
        return None
    if speaker is not None:
        memory.speaker, memory.paragraph = speaker, part.paragraph
    found = _record(passage, Stretch(passage.where, part.start, part.end), kind, speaker, attribution)
    return Attributed(found, attribution)


def _indirect(reported: Reported, frame: Frame, cast: Cast) -> Attributed | None:
    """A reported clause; one whose speaker cannot be told is left out."""
    speaker = speaker_of(reported.attribution.subject, cast, frame.hidden, None)
    if speaker is None:
        return None
    stretch = frame.passage.stretch(reported.tokens)
    found = _record(frame.passage, stretch, "indirect", speaker, reported.attribution)
    return Attributed(found, reported.attribution)


def _record(
    passage: Passage, stretch: Stretch, kind: QuotationKind, speaker: Speaker | None, attribution: Attribution | None
) -> Quotation:
    return Quotation(
        in_=stretch.where,
        start=stretch.start,
        end=stretch.end,
        words=passage.text[stretch.start : stretch.end],
        kind=kind,
        speaker=speaker.name if speaker else None,
        speaker_id=speaker.id if speaker else None,
        addressee=attribution.addressee if attribution else None,
        verb=attribution.verb if attribution else None,
        found_by=FOUND_BY,
        confidence=None,
    )


def _attribution_elsewhere(part: _Part, frame: Frame, language: str) -> Attribution | None:
    floor, ceiling = _paragraph_tokens(frame.passage, part)
    ahead = frame.before(part.outer.start, floor)
    after = frame.after(part.outer.end, part.outer.end if part.outer.end in frame.ends_sentence else ceiling)
    return attribution_elsewhere(ahead, after, language)


def _attribution(part: _Part, frame: Frame) -> Attribution | None:
    """What attributes a quotation: words behind it where it ends with a comma; else words before, else behind."""
    passage = frame.passage
    floor, ceiling = _paragraph_tokens(passage, part)
    ahead = frame.before(part.outer.start, floor)
    after = frame.after(part.outer.end, ceiling)
    last = passage.text[part.end - 1]
    opens = not ahead.indices
    if opens or last in ",!?" or ahead.word(len(ahead.indices) - 1) == ",":
        found = behind(after, ended=last in ".…")
        if found is not None and (opens or last != "," or found.verb is None or _speaks_plainly(found)):
            return found
    found = before_it(ahead)
    if found is not None:
        return found
    if opens:
        return _in_line_before(part, frame) or _in_line_behind(part, frame)
    return behind(after, ended=last in ".…")


def _speaks_plainly(attribution: Attribution) -> bool:
    verb = verb_of_saying(attribution.verb or "")
    return attribution.verb == "according to" or (verb is not None and verb.parenthetical)


def _paragraph_tokens(passage: Passage, part: _Part) -> tuple[int, int]:
    """The first token of the paragraph that a quotation begins in, and the one after the paragraph that it ends in."""
    begins = passage.paragraphs[part.paragraph]
    ends = passage.paragraphs[_paragraph_at(passage, part.end)]
    return passage.tokens_in(begins.start, begins.start).start, passage.tokens_in(ends.end, ends.end).start


def _in_line_before(part: _Part, frame: Frame) -> Attribution | None:
    """The speaker in a line of its own that ends with a colon, for a quotation that begins the next paragraph."""
    passage = frame.passage
    if (
        part.paragraph == 0
        or part.outer.start > passage.tokens_in(passage.paragraphs[part.paragraph].start, part.start).start
    ):
        return None
    line = passage.paragraphs[part.paragraph - 1]
    if not passage.text[line.start : line.end].endswith(":"):
        return None
    tokens = passage.tokens_in(line.start, line.end)
    return before_it(frame.before(tokens.end, tokens.start))


def _in_line_behind(part: _Part, frame: Frame) -> Attribution | None:
    """The speaker behind a dash in the next paragraph, for a quotation that fills its own."""
    passage = frame.passage
    number = _paragraph_at(passage, part.end)
    if passage.paragraphs[number].end > part.quoted.outer_end or number + 1 >= len(passage.paragraphs):
        return None
    line = passage.paragraphs[number + 1]
    tokens = passage.tokens_in(line.start, line.end)
    return behind_dash(frame.after(tokens.start, tokens.end))


def _unsaid(part: _Part, frame: Frame, cast: Cast, memory: _Memory) -> Speaker | None:
    """Who goes on speaking where nothing says so.

    Who spoke last in the paragraph or the one before it, else who is first named in the last sentence before.
    """
    if memory.speaker is not None and part.paragraph - memory.paragraph <= 1:
        return memory.speaker
    passage = frame.passage
    if part.paragraph == 0:
        return None
    line = passage.paragraphs[part.paragraph - 1]
    tokens = passage.tokens_in(line.start, line.end)
    end = tokens.end - (passage.tokens[tokens.end - 1].words in STOPS)
    clause = frame.before(end, tokens.start)
    subject = first_named(clause)
    return speaker_of(subject, cast, frame.hidden, memory.speaker) if subject and subject.actor else None


def _kind(passage: Passage, part: _Part, *, goes_on: bool) -> QuotationKind:
    """Direct: a whole sentence, or what begins and ends like one; mixed: a piece inside of the reporter's sentence."""
    words = passage.text[part.start : part.end]
    if len(words.split()) == 1 and words[-1] not in ".!?,":
        return "mixed"
    begins = not words[0].islower()
    before = passage.text[: part.quoted.outer_start].rstrip()
    ends = words[-1] in ".!?,…。！？，" or passage.text[part.quoted.outer_end : part.quoted.outer_end + 1] in {
        ",",
        ".",
        "",
    }
    alone = not before or before[-1] in ":,.!?：，。" or before[-1] in '”"»' or part.opens
    resumes = goes_on and before.endswith(",")
    return "direct" if (begins or resumes) and ends and alone else "mixed"


def _is_speech(
    passage: Passage, part: _Part, kind: QuotationKind, attribution: Attribution | None, speaker: Speaker | None
) -> bool:
    """Whether words between marks are what somebody said: no title, no name, no word held at a distance."""
    words = passage.text[part.start : part.end]
    count = len(words.split())
    if kind == "direct":
        return attribution is not None or speaker is not None or _stands_alone(passage, part)
    if attribution is None:
        return False
    before = passage.text[max(0, part.quoted.outer_start - 60) : part.quoted.outer_start]
    if NAMING.search(before) and not _says_so(attribution, before):
        return False
    if _is_title(words) and not before.rstrip().endswith((",", ":")):
        return False
    after = passage.text[part.quoted.outer_end : part.quoted.outer_end + 2]
    return not (count == 1 and POINTED_AT.search(before) and after[:1].isspace() and after[1:].islower())


def _stands_alone(passage: Passage, part: _Part) -> bool:
    """Whether words are long enough, and set off enough, to be speech though nothing says whose."""
    words = passage.text[part.start : part.end]
    long = len(words.split()) >= SHORTEST_UNATTRIBUTED or sum(map(_is_ideograph, words)) >= 2 * SHORTEST_UNATTRIBUTED
    return long and (words[-1] in ".!?。！？" or passage.text[: part.quoted.outer_start].rstrip()[-1:] in set(":："))


def _is_ideograph(letter: str) -> bool:
    return "\u3040" <= letter <= "\u9fff"


def _says_so(attribution: Attribution, before: str) -> bool:
    """Whether the naming itself is what the speaker does: "he dubbed the plan a “…”" with the verb far before."""
    verb = verb_of_saying(attribution.verb or "")
    return (
        verb is not None
        and attribution.verb is not None
        and attribution.verb in before.split()[-2:]
        and not before.rstrip().endswith(" as")
    )


def _is_title(words: str) -> bool:
    """Whether all words but small ones are capitalised and no stop ends them, as in titles and names."""
    content = [word for word in words.split() if word.lower() not in FUNCTION_WORDS]
    return bool(content) and all(word[0].isupper() for word in content) and words[-1] not in ".!?," and "," not in words
