"""Offices, ranks and callings beside a name: before it, behind it in apposition, or after `as`."""

from dataclasses import dataclass
from functools import lru_cache

from watchfloor_enricher.countries import country_of_adjective, country_of_capital, country_of_name
from watchfloor_enricher.text import Passage
from watchfloor_enricher.text.lexicon import FUNCTION_WORDS, common_words, first_names, known_organisations, read_lists
from watchfloor_enricher.text.sentences import Range
from watchfloor_enricher.verbs import looks_like_a_verb
from watchfloor_enricher.vessels import VESSELS

LONGEST_HEAD = 4
MOST_UNKNOWN_MODIFIERS = 2
LONGEST_COMPLEMENT = 6
AGENTS = ("er", "or", "man", "woman", "ist", "ian", "eer", "ant", "smith", "master", "ette")
"""How nouns for people end."""
POSSESSIVE = frozenset({"'s", "’s"})
OF = frozenset({"of", "for", "at", "in", "to", "with", "from", "on"})


@dataclass(frozen=True)
class Title:
    """A title as printed, with the country that stands beside it and the gender that its words tell."""

    tokens: Range
    words: str
    country: str | None
    gender: str | None


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return read_lists("titles.txt")


@lru_cache(maxsize=1)
def _regions() -> dict[str, str]:
    named = ((kind.removeprefix("region "), names) for kind, names in _lists().items() if kind.startswith("region "))
    return {name: code for code, names in named for name in names}


def is_adherent(words: str) -> bool:
    """Whether the word means a follower of a party: "Republican Odo Venck"."""
    return words.lower() in _lists()["adherent"]


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    lists = _lists()
    return lists["head"] | lists["feminine"] | lists["masculine"] | lists["abbreviation"]


def honorific_gender(words: str) -> str | None:
    """The gender that a form of address tells; None where it is none, or tells none."""
    word = words.lower().rstrip(".")
    if word in {"mr", "mister", "sir", "lord", "monsieur", "herr", "señor", "don", "signor"}:
        return "m"
    return (
        "f"
        if word in {"mrs", "ms", "miss", "madam", "madame", "lady", "dame", "frau", "señora", "doña", "signora"}
        else None
    )


def is_honorific(words: str) -> bool:
    """Whether the word is a form of address: Mr, Ms, Dr."""
    return words.lower() in _lists()["honorific"]


def is_head(words: str) -> bool:
    """Whether the words name an office, a rank or a calling, in the singular or the plural."""
    folded = words.lower().replace("’", "'")
    return folded in _heads() or (folded.endswith("s") and folded[:-1] in _heads() and len(folded) > 4)


def is_title_word(words: str) -> bool:
    """Whether the word can stand in a title before its last word."""
    folded = words.lower().replace("’", "'")
    return folded in _lists()["modifier"] or is_former(words) or is_head(words)


def is_former(words: str) -> bool:
    """Whether the word says that an office is over, or not yet held."""
    return words.lower() in _lists()["former"] or words.lower().startswith("ex-")


def head_before(passage: Passage, end: int, start: int) -> Range | None:
    """The longest head that ends before the token `end`, not before `start`."""
    for length in range(min(LONGEST_HEAD, end - start), 0, -1):
        candidate = Range(end - length, end)
        if is_head(passage.words(candidate)):
            return candidate
    return None


def title_before(passage: Passage, name: Range, *, full: bool) -> Title | None:
    """The title right before a name: "Russian Foreign Minister", "harbour master", "Secretary of State".

    `full`: the name has two words or more, so that also a noun for people that is on no list counts.
    """
    limit = passage.sentence_of(name.start).start
    end = name.start
    while end > limit and is_honorific(passage.tokens[end - 1].words):
        end -= 1
    head = head_before(passage, end, limit) or _with_complement(passage, end, limit)
    if head is None and full and _names_a_calling(passage, end, limit):
        head = Range(end - 1, end)
    return _widened(passage, head, limit) if head else None


def title_before_comma(passage: Passage, name: Range) -> Title | None:
    """The title of a name in apposition: "the group's chief envoy, Odo Venck,"."""
    tokens, sentence = passage.tokens, passage.sentence_of(name.start)
    closed = name.end < sentence.end and tokens[name.end].words in {",", "."}
    if name.start - 1 <= sentence.start or tokens[name.start - 1].words != "," or not closed:
        return None
    head = head_before(passage, name.start - 1, sentence.start) or _with_any_complement(
        passage, name.start - 1, sentence.start
    )
    title = _widened(passage, head, sentence.start) if head else None
    if title is None:
        return None
    before = tokens[title.tokens.start - 1].words.lower() if title.tokens.start > sentence.start else "the"
    beside = title.country is not None or before in POSSESSIVE | {"the", "its", "their", "his", "her", "our"}
    return title if beside else None


def _names_a_calling(passage: Passage, end: int, limit: int) -> bool:
    """Whether the word before `end` is a noun for a person by its ending: "said ferrywright Odo Venck"."""
    if end <= limit:
        return False
    word = passage.tokens[end - 1].words
    plain = word.islower() and word.endswith(AGENTS) and len(word) > 4 and word not in FUNCTION_WORDS
    plain = plain and word not in VESSELS
    return plain and not looks_like_a_verb(word) and word not in {"number", "offer", "order", "matter", "never", "war"}


def _with_complement(passage: Passage, end: int, limit: int) -> Range | None:
    """As in "Minister of Defence", "Secretary of State for Energy" and "head of the navy" before a name."""
    tokens = passage.tokens
    index = end - 1
    while index > max(limit, end - LONGEST_COMPLEMENT) and _in_complement(passage, index):
        if tokens[index].words.lower() in {"of", "for"}:
            head = head_before(passage, index, limit)
            if head is not None and tokens[end - 1].words.lower() not in FUNCTION_WORDS:
                return Range(head.start, end)
        index -= 1
    return None


def _with_any_complement(passage: Passage, end: int, limit: int) -> Range | None:
    """As in "the head of harbour works" before a comma: the complement may stand in small letters."""
    for index in range(end - 2, max(limit, end - LONGEST_COMPLEMENT), -1):
        word = passage.tokens[index].words.lower()
        if word in {"of", "for"}:
            head = head_before(passage, index, limit)
            return Range(head.start, end) if head else None
        if not passage.tokens[index].is_word or looks_like_a_verb(word):
            return None
    return None


def _in_complement(passage: Passage, index: int) -> bool:
    token = passage.tokens[index]
    return (
        token.capitalised or token.words in {"of", "for", "and", "the"} or token.words.lower() in _lists()["modifier"]
    )


def _widened(passage: Passage, head: Range, limit: int) -> Title:
    """A head with all that belongs to it on its left; a country's adjective at the edge is told apart."""
    tokens = passage.tokens
    start, country, former = head.start, None, False
    unknown = 0
    while start > limit:
        found = _country_ending(passage, start, limit)
        word = tokens[start - 1].words
        if found is not None:
            country = country or found[1]
            if not _former_stands_before(passage, found[0], limit):
                break
            start = found[0]
        elif is_former(word) or _belongs(passage, start - 1, head):
            former = former or is_former(word)
            start -= 1
        elif unknown < MOST_UNKNOWN_MODIFIERS and _may_belong(passage, start - 1, head, limit):
            unknown += 1
            start -= 1
        else:
            break
    title = Range(_without_small_words(passage, start, head), head.end)
    words = passage.words(title)
    country = country or _country_inside(passage, title) or _country_of_owner(passage, title.start, limit)
    return Title(title, words, country, _gender(passage.words(head)))


def _without_small_words(passage: Passage, start: int, head: Range) -> int:
    while start < head.start and passage.tokens[start].words in {"and", "-", "’", "'", "&"}:
        start += 1
    return start


def _belongs(passage: Passage, index: int, head: Range) -> bool:
    """Whether a word belongs to the title on its right by what it is: a modifier, or a name before an office."""
    token = passage.tokens[index]
    if token.words.lower().replace("’", "'") in _lists()["modifier"] or is_head(token.words):
        return token.words.lower() not in FUNCTION_WORDS or token.capitalised
    sentence_initial = index == passage.sentence_of(index).start
    known = token.words in first_names() and passage.tokens[head.start].capitalised
    if sentence_initial and token.words.lower() in common_words():
        return False
    return token.capitalised and token.is_word and token.words.lower() not in FUNCTION_WORDS and not known


def _may_belong(passage: Passage, index: int, head: Range, limit: int) -> bool:
    """Whether a noun in small letters may belong to the title: "dike" in "dike warden"."""
    word = passage.tokens[index].words
    small_head = passage.tokens[head.start].words.islower()
    plain = word.isalpha() and word.islower() and word not in FUNCTION_WORDS and not word.endswith(("ly", "ing"))
    if not (small_head and plain and len(word) > 2) or looks_like_a_verb(word):
        return False
    before = passage.tokens[index - 1].words.lower() if index > limit else "the"
    return before in FUNCTION_WORDS or looks_like_a_verb(before) or not before[-1].isalpha() or before in POSSESSIVE


def _country_ending(passage: Passage, end: int, limit: int) -> tuple[int, str] | None:
    """A country's adjective or name that ends before a token: where it begins, and its code."""
    for length in (3, 2, 1):
        if end - length >= limit:
            words = passage.words(Range(end - length, end))
            code = country_of_adjective(words) or country_of_name(words)
            if code and words[0].isupper():
                return end - length, code
    return None


def _former_stands_before(passage: Passage, start: int, limit: int) -> bool:
    return start > limit and is_former(passage.tokens[start - 1].words)


def _country_inside(passage: Passage, title: Range) -> str | None:
    """The country of a seat or a place inside of the title: "Kremlin spokesman", "President of Georgia"."""
    for length in (3, 2, 1):
        for start in range(title.start, title.end - length + 1):
            words = passage.words(Range(start, start + length))
            known = known_organisations().get(words)
            region = _regions().get(words) or (country_of_capital(words) if start + length == title.end else None)
            code = (
                known.country
                if known
                else words[0].isupper() and (country_of_name(words) or country_of_adjective(words))
            )
            if code or region:
                return code or region
    return None


def _country_of_owner(passage: Passage, start: int, limit: int) -> str | None:
    """The country in "Russia's foreign minister"."""
    if start - 1 <= limit or passage.tokens[start - 1].words not in POSSESSIVE:
        return None
    found = _country_ending(passage, start - 1, limit)
    return found[1] if found else country_of_capital(passage.tokens[start - 2].words)


def _gender(head: str) -> str | None:
    folded = head.lower()
    lists = _lists()
    if folded in lists["feminine"]:
        return "f"
    return "m" if folded in lists["masculine"] else None


def title_after(passage: Passage, name: Range) -> Title | None:
    """The title behind a name: ", Russia's foreign minister,", "(the chancellor)", "as its chief engineer"."""
    sentence = passage.sentence_of(name.start)
    start = _after_opening(passage, name.end, sentence.end)
    return _title_from(passage, start, sentence) if start is not None else None


OPENINGS = (
    (",",), ("(",), ("–",), ("—",), ("as",), ("became",), (",", "who", "is"), (",", "who", "was"), ("to", "be"),
    ("is",),
    (",", "then"), ("was", "named"), ("was", "appointed"), ("was", "elected"), ("who", "is"), (",", "who", "became"),
)  # fmt: skip
BEFORE_TITLE = frozenset(
    {"the", "a", "an", "its", "their", "his", "her", "our", "currently", "now", "also", "new", "newly", "appointed"}
)


def _after_opening(passage: Passage, index: int, limit: int) -> int | None:
    """The first token of what may be a title, behind the words that lead to it; None where nothing leads to one."""
    for opening in sorted(OPENINGS, key=len, reverse=True):
        end = index + len(opening)
        if end < limit and all(passage.tokens[index + i].words == word for i, word in enumerate(opening)):
            return end
    return None


def _title_from(passage: Passage, start: int, sentence: Range) -> Title | None:
    """The title that begins here, articles and owners aside, if the group of words ends with it."""
    tokens = passage.tokens
    first = start
    country = None
    while first < sentence.end and (tokens[first].words.lower() in BEFORE_TITLE or tokens[first].words in POSSESSIVE):
        first += 1
    if first + 2 < sentence.end and tokens[first + 1].words in POSSESSIVE and not country_of_name(tokens[first].words):
        first += 2
    owner = _country_starting(passage, first, sentence.end)
    if owner is not None:
        country = owner[1]
        first = owner[0] + (owner[0] < sentence.end and tokens[owner[0]].words in POSSESSIVE)
    end = first
    while end < min(sentence.end, first + 7) and _in_title(passage, end):
        end += 1
    head = next((found for stop in range(end, first, -1) if (found := head_before(passage, stop, first))), None)
    if head is None or (head.end < end and not _is_border(passage, head.end)):
        return None
    return _completed(passage, Range(first, head.end), head, country, sentence)


def _in_title(passage: Passage, index: int) -> bool:
    token = passage.tokens[index]
    return token.is_word and (
        token.words.lower() not in FUNCTION_WORDS or token.words.lower() in {"of", "then", "late"}
    )


def _is_border(passage: Passage, index: int) -> bool:
    words = passage.tokens[index].words.lower()
    return not passage.tokens[index].is_word or words in FUNCTION_WORDS or looks_like_a_verb(words)


def _country_starting(passage: Passage, start: int, limit: int) -> tuple[int, str] | None:
    """A country's name or adjective that begins here: the token behind it, and its code."""
    for length in (3, 2, 1):
        if start + length <= limit:
            words = passage.words(Range(start, start + length))
            code = country_of_adjective(words) or country_of_name(words)
            if code and words[0].isupper():
                return start + length, code
    return None


def _completed(passage: Passage, title: Range, head: Range, country: str | None, sentence: Range) -> Title | None:
    """A title with its complement: "leader of the Reform Party"; a country as complement is told apart."""
    tokens = passage.tokens
    end = title.end
    if end < sentence.end and tokens[end].words in OF:
        after = end + 1 + (end + 1 < sentence.end and tokens[end + 1].words.lower() in {"the", "a", "an"})
        found = _country_starting(passage, after, sentence.end)
        if found is not None:
            country = country or found[1]
        elif tokens[end].words in {"of", "for"}:
            stop = after
            while stop < min(sentence.end, after + LONGEST_COMPLEMENT) and _in_complement(passage, stop):
                stop += 1
            while stop > after and tokens[stop - 1].words in {"of", "for", "and", "the"}:
                stop -= 1
            inner = _country_ending(passage, stop, after + 1)
            if inner is not None and tokens[inner[0] - 1].words in OF:
                stop, country = inner[0] - 1, country or inner[1]
            end = stop if stop > after else end
    whole = Range(title.start, end)
    return Title(whole, passage.words(whole), country or _country_inside(passage, whole), _gender(passage.words(head)))
