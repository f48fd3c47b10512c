"""What a consumer's script may rely on when it asks what a version changed."""

from typing import Any

import httpx
import pytest
from fixtures.two_versions import URL, article

from watchfloor.identity import article_id
from watchfloor.store.memory import MemoryStore
from watchfloor.store.protocol import Change

ASKED = f"/v1/articles/{article_id(URL)}/versions"


@pytest.fixture(autouse=True)
def three_versions(store: MemoryStore) -> None:
    counts: Any = [("6 people", 6, "people")], [("7 people", 7, "people")]
    events = [
        article("The blast wounded 6 people in all.", counts=counts[0]),
        article("The blast wounded 7 people in all.", counts=counts[1], hours=1),
        article("The blast wounded 7 people altogether.", counts=counts[1], hours=2),
    ]
    store.apply([Change(event) for event in events])


async def test_a_version_is_compared_with_the_one_before(client: httpx.AsyncClient) -> None:
    answer = (await client.get(f"{ASKED}/2/changes")).json()
    assert (answer["since"], answer["version"], answer["silent"], answer["coarse"]) == (1, 2, True, False)
    assert answer["steps"] == [{"what": "injured", "old": "6", "new": "7"}]
    assert answer["changes"] == [
        {
            "kind": "number", "weight": 60, "heavy": True, "where": {"field": "paragraph", "old": 1, "new": 1},
            "old": "6", "new": "7", "before": "The blast wounded ", "after": " people in all.",
        }
    ]  # fmt: skip


async def test_or_with_any_that_is_older(client: httpx.AsyncClient) -> None:
    answer = (await client.get(f"{ASKED}/3/changes", params={"since": 1})).json()
    assert [change["kind"] for change in answer["changes"]] == ["number", "wording"]


async def test_the_first_version_changed_nothing(client: httpx.AsyncClient) -> None:
    answer = (await client.get(f"{ASKED}/1/changes")).json()
    assert (answer["since"], answer["changes"], answer["silent"]) == (1, [], False)


@pytest.mark.parametrize(
    ("asked", "status"),
    [("/9/changes", 404), ("/2/changes?since=3", 400), ("/2/changes?since=0", 422), ("/2/changes?from=1", 422)],
)
async def test_what_cannot_be_compared_is_a_problem(client: httpx.AsyncClient, asked: str, status: int) -> None:
    answer = await client.get(ASKED + asked)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_asking_again_is_cheap(client: httpx.AsyncClient) -> None:
    first = await client.get(f"{ASKED}/2/changes")
    again = await client.get(f"{ASKED}/2/changes", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
