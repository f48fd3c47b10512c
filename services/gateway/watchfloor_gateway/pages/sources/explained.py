"""What the screen that explains an address shows. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from watchfloor.explanation.model import Explanation, Outcome, SourceStanding
from watchfloor.store.protocol import VersionSummary
from watchfloor_gateway.pages.sources.states import DRAWN
from watchfloor_gateway.pages.wording import day, seconds

VERDICTS: dict[Outcome, str] = {
    "here": "It is here", "withdrawn": "It was withdrawn", "missing": "It is not here", "under_way": "It is on its way",
    "unknown": "Nothing has named it",
}  # fmt: skip
WRONG = frozenset({"withdrawn", "missing", "unknown"})


@dataclass(frozen=True)
class Step:
    """One step of the page's way; `here` where it answers the question, `flagged` where the answer is a bad one."""

    name: str
    at: datetime | None
    at_said: str
    what: str
    here: bool
    flagged: bool


@dataclass(frozen=True)
class Answer:
    """Why the article of an address is here or not."""

    heading: str
    wrong: bool
    sentence: str
    remedy: str | None
    steps: tuple[Step, ...]
    article_id: str | None
    versions: tuple[VersionSummary, ...]
    also_at: tuple[str, ...]
    source: SourceStanding | None
    source_drawn: str


@dataclass(frozen=True)
class View:
    """The form with what was asked, what is wrong with that, and the answer; without a question only the form."""

    url: str
    fault: str | None = None
    answer: Answer | None = None


def answer(found: Explanation, now: datetime) -> Answer:
    """An explanation as it is shown at the moment `now`."""
    return Answer(
        heading=VERDICTS[found.verdict],
        wrong=found.verdict in WRONG,
        sentence=found.sentence,
        remedy=found.remedy,
        steps=tuple(_steps(found, now)),
        article_id=found.article_id,
        versions=found.versions,
        also_at=found.also_at,
        source=found.source,
        source_drawn=DRAWN[found.source.state] if found.source else "",
    )


def _steps(found: Explanation, now: datetime) -> Iterator[Step]:
    for step in found.steps:
        flagged = step.decisive and found.verdict in WRONG
        said = _at(step.at, now) if step.at else ""
        yield Step(step.name.capitalize(), step.at, said, step.what, step.decisive, flagged)


def _at(at: datetime, now: datetime) -> str:
    return seconds(at) if at.date() == now.date() else f"{day(at)}, {seconds(at)}"
