"""Stretches of text that may name a place: capitalised words that the gazetteer knows, the longest at each spot."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from watchfloor.gazetteer import Candidate, Gazetteer
from watchfloor.gazetteer.lookup import divisions_of
from watchfloor.gazetteer.names import key_of
from watchfloor_enricher.text import ArticleText, Passage, Stretch, Token

LONGEST = 6
INNER = frozenset(
    "of the and de del la las los le les du des el al da do dos das di en sur aan am an der den bei upon on in".split()
)
JOINERS = frozenset("'’-‐‑.")
HYPHEN = re.compile(r"[-‐‑–]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
CYRILLIC_ENDINGS = (
    ("е", ("", "а", "я")), ("у", ("", "а")), ("і", ("", "а", "я", "ь")), ("ы", ("а", "")), ("и", ("а", "я", "ь", "")),
    ("а", ("",)), ("ом", ("",)), ("ой", ("а",)), ("ою", ("а",)), ("ем", ("",)), ("ии", ("ия",)), ("ию", ("ия",)),
    ("ої", ("а",)), ("єві", ("їв",)), ("єва", ("їв",)), ("єву", ("їв",)), ("ові", ("ів",)), ("ова", ("ів",)),
    ("ову", ("ів",)), ("ією", ("ія",)), ("ію", ("ія",)), ("ії", ("ія",)), ("ю", ("я",)), ("я", ("ь", "й")),
)  # fmt: skip
ELISION = re.compile(r"[LDld]['’](?=[A-ZÀ-Þ])")
WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LONGEST_UNSPACED = 8
ARABIC = re.compile(r"[\u0600-\u06ff]")
ARABIC_PREFIXES = ("و", "ب", "ل", "وب", "ول")


@dataclass(frozen=True)
class Word:
    """A word of a passage; a hyphenated one is cut where its parts are names: "Kyiv-based"."""

    words: str
    start: int
    end: int
    first_of_sentence: bool


@dataclass(frozen=True)
class Mention:
    """Words that may name a place, and every place of that name."""

    passage: Passage
    first: int
    last: int
    words: tuple[Word, ...]
    key: str
    candidates: tuple[Candidate, ...]

    @property
    def start(self) -> int:
        """Code point where it begins."""
        return self.words[self.first].start

    @property
    def end(self) -> int:
        """Code point after its last."""
        return self.words[self.last - 1].end

    @property
    def printed(self) -> str:
        """The words as printed."""
        return self.passage.text[self.start : self.end]

    @property
    def stretch(self) -> Stretch:
        """Where it stands."""
        return Stretch(self.passage.where, self.start, self.end)

    @property
    def opens_sentence(self) -> bool:
        """Whether it begins a sentence, where every word has a capital."""
        return self.words[self.first].first_of_sentence

    def before(self, distance: int = 1) -> str:
        """The word that many words before it, "" at the passage's beginning."""
        index = self.first - distance
        return self.words[index].words if index >= 0 else ""

    def after(self, distance: int = 1) -> str:
        """The word that many words after it, "" at the passage's end."""
        index = self.last - 1 + distance
        return self.words[index].words if index < len(self.words) else ""


def words_of(passage: Passage, gazetteer: Gazetteer) -> tuple[Word, ...]:
    """The words and marks of a passage, hyphenated words cut where the whole is no name."""
    starts = {passage.tokens[sentence.start].start for sentence in passage.sentences}
    return tuple(word for token in passage.tokens for word in _parts(token, gazetteer, first=token.start in starts))


def _parts(token: Token, gazetteer: Gazetteer, *, first: bool) -> Iterator[Word]:
    if WITHOUT_SPACES.match(token.words):
        yield from _names_within(token, gazetteer)
        return
    if ELISION.match(token.words):
        yield Word(token.words[2:], token.start + 2, token.end, first)
        return
    if not HYPHEN.search(token.words) or len(token.words) == 1 or gazetteer.candidates(key_of(token.words)):
        yield Word(token.words, token.start, token.end, first)
        return
    start = token.start
    for part in HYPHEN.split(token.words):
        if part:
            yield Word(part, start, start + len(part), first and start == token.start)
        start += len(part) + 1


def _names_within(token: Token, gazetteer: Gazetteer) -> Iterator[Word]:
    """The large places in a run of Chinese, Japanese or Korean letters, the longest name at each spot."""
    index = 0
    while index < len(token.words):
        for length in range(min(LONGEST_UNSPACED, len(token.words) - index), 1, -1):
            words = token.words[index : index + length]
            if any(_is_large(each) for each in gazetteer.candidates(key_of(words))):
                yield Word(words, token.start + index, token.start + index + length, first_of_sentence=False)
                index += length - 1
                break
        index += 1


def _is_large(candidate: Candidate) -> bool:
    return candidate.kind != "city" or candidate.population > 1_000_000


def mentions_of(passage: Passage, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Every longest run of words in the passage that the gazetteer has, from left to right."""
    words = words_of(passage, gazetteer)
    index = 0
    while index < len(words):
        found = _abbreviation(passage, words, index, gazetteer) or _longest(passage, words, index, gazetteer)
        if found:
            yield found
        index = found.last if found else index + 1


def _may_begin(word: Word) -> bool:
    letter = word.words[0]
    return letter.isalpha() and (letter.isupper() or letter.lower() == letter.upper())


def _abbreviation(passage: Passage, words: tuple[Word, ...], index: int, gazetteer: Gazetteer) -> Mention | None:
    """A state behind a city and a comma: "Newport, R.I."."""
    if index < 2 or words[index - 1].words != "," or not words[index - 2].words[0].isupper():
        return None
    codes = divisions_of(words[index].words) or divisions_of(f"{words[index].words}.")
    found = tuple(place for code in sorted(codes) if (place := gazetteer.division(code)))
    return Mention(passage, index, index + 1, words, words[index].words, found) if found else None


def _longest(passage: Passage, words: tuple[Word, ...], first: int, gazetteer: Gazetteer) -> Mention | None:
    if not _may_begin(words[first]):
        return None
    for last in range(_furthest(words, first), first, -1):
        if not _may_begin(words[last - 1]) and words[last - 1].words not in "'s’s":
            continue
        key = key_of(passage.text[words[first].start : words[last - 1].end])
        found = gazetteer.candidates(key)
        if not found and last == first + 1:
            key, found = _inflected(key, words[first].words, gazetteer)
        if found and _case_fits(passage.text[words[first].start : words[last - 1].end]):
            return Mention(passage, first, last, words, key, found)
    return None


def _case_fits(printed: str) -> bool:
    """Short names are abbreviations, which stand in capitals: "US", not "Us"."""
    letters = printed.replace(".", "")
    return len(letters) > 3 or not letters.isascii() or letters.isupper() or len(letters) == 3


def _furthest(words: tuple[Word, ...], first: int) -> int:
    """The word after the last that may belong to one name: no mark but hyphen, apostrophe or stop lies within."""
    last = first + 1
    while last < min(len(words), first + LONGEST):
        word, gap = words[last], words[last].start - words[last - 1].end
        if gap > 1 or not (_may_begin(word) or word.words in INNER or word.words in JOINERS) or word.words == ".":
            break
        last += 1
    return last


def _inflected(key: str, printed: str, gazetteer: Gazetteer) -> tuple[str, tuple[Candidate, ...]]:
    """A larger place whose name stands here with a case ending or a prefixed particle."""
    for form in _base_forms(key, printed):
        found = tuple(each for each in gazetteer.candidates(form) if each.kind != "city" or each.population > 50_000)
        if found:
            return form, found
    return key, ()


def _base_forms(key: str, printed: str) -> Iterator[str]:
    if CYRILLIC.match(printed) and len(key) > 4:
        for ending, bases in CYRILLIC_ENDINGS:
            if key.endswith(ending):
                yield from (key[: -len(ending)] + base for base in bases)
    elif ARABIC.match(printed) and len(key) > 4:
        yield from (key[len(prefix) :] for prefix in ARABIC_PREFIXES if key.startswith(prefix))


def mention_at(article: ArticleText, gazetteer: Gazetteer, stretch: Stretch) -> Mention | None:
    """The mention that stands at a stretch; None where the gazetteer does not have its name."""
    passage = article.by_place[stretch.where]
    words = words_of(passage, gazetteer)
    inside = [index for index, word in enumerate(words) if stretch.start <= word.start and word.end <= stretch.end]
    if not inside:
        return None
    printed = passage.text[stretch.start : stretch.end]
    codes = divisions_of(printed) or divisions_of(f"{printed}.")
    found = gazetteer.candidates(key_of(printed)) or tuple(
        place for code in sorted(codes) if (place := gazetteer.division(code))
    )
    return Mention(passage, inside[0], inside[-1] + 1, words, key_of(printed), found) if found else None
