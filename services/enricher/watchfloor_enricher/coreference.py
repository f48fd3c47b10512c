"""Which mentions of people are mentions of one person."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from watchfloor_enricher.text.lexicon import PARTICLES, first_names
from watchfloor_enricher.text.names import SUFFIXES

FAMILY_NAME_FIRST = frozenset(
    "Xi Li Wang Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo Liang Song "
    "Zheng Xie Han Tang Feng Yu Dong Xiao Cheng Cao Yuan Deng Fu Shen Zeng Peng Lu Su Jiang Cai Jia Ding "
    "Wei Xue Ye Yan Pan Du Dai Xia Zhong Tian Ren Fan Fang Shi Yao Tan Liao Zou Xiong Jin Hao Kong Bai "
    "Cui Kang Mao Qiu Qin Gu Hou Shao Meng Long Wan Duan Qian Chiang Kim Lee Park Choi Jung Jeong Kang "
    "Cho Yoon Jang Lim Shin Kwon Hwang Ahn Moon Nguyen Tran Pham Vo Dang Bui Hun To".split()
)
"""Family names that stand first: Chinese, Korean, Vietnamese, Khmer."""
ARTICLES = ("al-", "el-", "as-", "ash-", "at-", "an-", "ar-", "ad-")


@dataclass(frozen=True)
class NameMention:
    """A name as it stands at one place: its words, what its title says, its number in reading order."""

    order: int
    words: tuple[str, ...]
    titles: tuple[str, ...] = ()
    gender: str | None = None
    sure: bool = True

    @property
    def parts(self) -> tuple[str, ...]:
        """The words as they are compared: without accents, Arabic articles, particles and suffixes such as Jr."""
        first = self.words[0] if self.words[0] in first_names() else None
        plain = (
            folded(word)
            for word in self.words
            if word not in SUFFIXES and (word.lower() not in PARTICLES or word == first)
        )
        return tuple(plain) or tuple(folded(word) for word in self.words)


@dataclass
class Cluster:
    """The mentions of one person, while they are gathered."""

    mentions: list[NameMention] = field(default_factory=list)

    @property
    def fullest(self) -> NameMention:
        """The mention with the most words; of equally long ones the first."""
        return max(
            self.mentions, key=lambda mention: (len(mention.parts), sum(map(len, mention.parts)), -mention.order)
        )

    @property
    def gender(self) -> str | None:
        """What the mentions tell: a title or a form of address before a first name."""
        return next((mention.gender for mention in self.mentions if mention.gender), None)

    @property
    def titles(self) -> frozenset[str]:
        """The last words of all titles, in small letters."""
        return frozenset(title.lower().split()[-1] for mention in self.mentions for title in mention.titles)


def folded(word: str) -> str:
    """A word of a name as it is compared.

    >>> folded("al-Sísí"), folded("O’Hara")
    ('sisi', "o'hara")
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not "\u0300" <= c <= "\u036f")
    plain = plain.replace("’", "'").replace("‑", "-").rstrip(".")
    for article in ARTICLES:
        plain = plain.removeprefix(article)
    return plain


def clusters_of(mentions: Sequence[NameMention]) -> list[Cluster]:
    """Gather mentions in reading order: full names first, then each short one to the person it fits best.

    A short name that fits nobody makes a person of its own where it is sure to be a name, by its title for example;
    else it is dropped.
    """
    clusters: list[Cluster] = []
    for mention in mentions:
        if len(mention.parts) > 1:
            _add_full(clusters, mention)
    for mention in mentions:
        if len(mention.parts) == 1:
            _add_short(clusters, mention)
    for cluster in clusters:
        cluster.mentions.sort(key=lambda mention: mention.order)
    return sorted(clusters, key=lambda cluster: cluster.mentions[0].order)


def _add_full(clusters: list[Cluster], mention: NameMention) -> None:
    for cluster in clusters:
        if any(same_person(other.parts, mention.parts) for other in cluster.mentions):
            cluster.mentions.append(mention)
            return
    if mention.sure:
        clusters.append(Cluster([mention]))


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names can be one person's: equal last names and first names that do not contradict each other.

    >>> same_person(("j", "venck"), ("jarla", "venck")), same_person(("odo", "venck"), ("jarla", "venck"))
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    if len(short) < 2:
        return False
    if short[-1] != long[-1]:
        return short[0] == long[0] and set(short) <= set(long) and len(short) >= 2
    first, second = short[0], long[0]
    initials = (len(first) == 1 or len(second) == 1) and first[0] == second[0]
    return first == second or initials or set(short) <= set(long)


def _add_short(clusters: list[Cluster], mention: NameMention) -> None:
    fitting = [cluster for cluster in clusters if _fits(cluster, mention)]
    best = _best(fitting, mention) if fitting else None
    if best is not None:
        best.mentions.append(mention)
    elif mention.sure:
        clusters.append(Cluster([mention]))


def _fits(cluster: Cluster, mention: NameMention) -> bool:
    """Whether a short name can mean the person: the last name, part of it, or the family name that stands first."""
    if mention.gender and cluster.gender and mention.gender != cluster.gender:
        return False
    part = mention.parts[0]
    for other in cluster.mentions:
        names = other.parts
        whole = names[-1] == part or part in names[1:]
        hyphenated = part in names[-1].split("-") and len(part) > 2
        family_first = names[0] == part and (len(names) == 1 or other.words[0] in FAMILY_NAME_FIRST)
        if whole or hyphenated or family_first or (names[0] == part and not mention.titles):
            return True
    return False


def _best(fitting: Sequence[Cluster], mention: NameMention) -> Cluster:
    """Of those that fit: by last name before other parts, by the same title, then the one that was mentioned last."""

    def rank(cluster: Cluster) -> tuple[bool, bool, int, int]:
        last = any(other.parts[-1] == mention.parts[0] for other in cluster.mentions)
        own = {title.lower().split()[-1] for title in mention.titles}
        before = [other.order for other in cluster.mentions if other.order < mention.order]
        return last, bool(own & cluster.titles), max(before, default=-1), -cluster.mentions[0].order

    return max(fitting, key=rank)
