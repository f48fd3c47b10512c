"""Names of ships, by the noun before them: "the frigate Halland". They are no people's and no places' names there."""

from collections.abc import Iterator

from watchfloor_enricher.text import ArticleText, Passage
from watchfloor_enricher.text.names import name_runs

VESSELS = frozenset(
    "tanker freighter trawler carrier cruiser destroyer minesweeper minehunter minelayer icebreaker steamer liner tender "
    "frigate corvette submarine ship boat vessel ferry yacht barge tug cutter gunboat warship".split()
)
"""Nouns that stand before the name of a ship."""


def names_of_vessels(text: ArticleText) -> frozenset[str]:
    """The names that an article gives to ships."""
    return frozenset(name for passage in text.passages for name in _in_passage(passage))


def _in_passage(passage: Passage) -> Iterator[str]:
    for run in name_runs(passage):
        if run.start and passage.tokens[run.start - 1].words in VESSELS:
            yield passage.words(run)
