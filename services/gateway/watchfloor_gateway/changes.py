"""What changed between two versions of an article, for a machine: the same that the page shows."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from watchfloor.store.protocol import Store
from watchfloor_gateway import answers
from watchfloor_gateway.articles import ArticleId, Number
from watchfloor_gateway.differences import model
from watchfloor_gateway.differences.comparison import compare
from watchfloor_gateway.errors import Refusal, problem
from watchfloor_gateway.parts import Shared

router = APIRouter(prefix="/v1", tags=["articles"])


class Since(BaseModel):
    """Which version it is compared with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: int | None = Field(
        None, ge=1, le=2**31 - 1, description="the number of an older version; without it, the one before"
    )


class Where(BaseModel):
    """Where a change stands. Paragraphs, captions and credits are counted from 1."""

    field: model.Field
    old: int | None = Field(description="its number in the older version; null where it is not in it")
    new: int | None = Field(description="its number in the newer version; null where it is not in it")


class Change(BaseModel):
    """Words that were replaced, added or taken away."""

    kind: model.Kind = Field(
        description="the heaviest of what it changes; `added`, `removed` and `moved` are whole passages"
    )
    weight: int = Field(description="the heaviest first: numbers, names, times, negation, attribution, wording")
    heavy: bool = Field(description="whether it changes what the article says, as far as rules can tell")
    where: Where
    old: str = Field(description="the words before, as printed; empty where some were added")
    new: str = Field(description="the words after; empty where some were taken away")
    before: str = Field(description="words of the newer version that stand before it")
    after: str = Field(description="words of the newer version that stand behind it")


class NumberStep(BaseModel):
    """A number that is now another, where it is sure that both count the same."""

    what: str | None = Field(description="what is counted; null where only the unit is known", examples=["injured"])
    old: str = Field(examples=["6"])
    new: str = Field(description="with its bound: ≥ > ≤ < or ~", examples=["≥7"])


class Changes(BaseModel):
    """What one version of an article changed."""

    article_id: str
    version: int
    since: int
    silent: bool = Field(description="the text changed; neither the date of change nor a note tells of it")
    coarse: bool = Field(description="too much changed for all of it to be compared word by word")
    steps: tuple[NumberStep, ...]
    changes: tuple[Change, ...] = Field(description="the heaviest first, then in the order of the text")


@router.get(
    "/articles/{article_id}/versions/{number}/changes",
    response_model=Changes,
    operation_id="changes",
    summary="What a version changed",
)
async def changes(
    request: Request, parts: Shared, article_id: ArticleId, number: Number, asked: Annotated[Since, Query()]
) -> Response:
    """The differences from an older version, word by word: headline, subtitle, paragraphs, captions and credits."""
    since = asked.since or max(number - 1, 1)
    if since > number:
        raise Refusal(
            problem(400, f"since: version {since} is newer than {number}; ask for the newer one", kind="invalid-input")
        )
    return answers.send(request, await parts.ask(lambda store: _between(store, article_id, since, number)))


def _between(store: Store, article_id: str, since: int, number: int) -> Changes:
    old, new = store.version(article_id, since), store.version(article_id, number)
    if old is None or new is None:
        missing = number if new is None else since
        raise Refusal(
            problem(404, f"article {article_id!r} has no version {missing}; see /v1/articles/{article_id}/versions")
        )
    found = compare(old.article, new.article)
    return Changes(
        article_id=article_id,
        version=number,
        since=since,
        silent=found.silent,
        coarse=found.coarse,
        steps=tuple(NumberStep(what=step.what, old=step.old, new=step.new) for step in found.steps),
        changes=tuple(map(_change, found.changes)),
    )


def _change(change: model.Change) -> Change:
    return Change(
        kind=change.kind,
        weight=change.weight,
        heavy=change.heavy,
        where=Where(field=change.where.field, old=change.where.old, new=change.where.new),
        old=change.old,
        new=change.new,
        before=change.before,
        after=change.after,
    )
