"""The first reason, as it was found: what an explanation is made of."""

from dataclasses import dataclass

from watchfloor.events import PageDecided
from watchfloor.explanation.facts import Facts
from watchfloor.explanation.model import Outcome, StepName
from watchfloor.explanation.reasons import Reason, reason_of
from watchfloor.explanation.wording import when


@dataclass(frozen=True)
class Finding:
    """What became of a page and the first reason why; `decisive` is the decision, or the step, that it rests on."""

    verdict: Outcome
    reason: Reason
    sentence: str
    decisive: PageDecided | StepName
    stage: str = ""
    target: str = ""

    def remedy(self, facts: Facts) -> str | None:
        """What an operator can do, in terms of this page."""
        if self.reason.remedy is None:
            return None
        source = facts.source.source_id if facts.source else "its source"
        return self.reason.remedy.format(source=source, stage=self.stage, url=facts.url, target=self.target)


def because(step: PageDecided) -> str:
    """A decision as a reason: what it means, when it was made, and its own words."""
    meaning = reason_of(step.verdict, step.reason).meaning.format(stage=step.by)
    return f"{meaning} ({when(step.at)}: {step.detail})" if step.detail else f"{meaning} ({when(step.at)})"
