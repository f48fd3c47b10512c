"""Growing delays, and the switch that wakes all that wait."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.kafka.retry import Delays, Halt, Halted


@given(st.integers(1, 10_000), st.floats(0.01, 10), st.floats(10, 600))
def test_delays_grow_and_never_exceed_the_longest(attempt: int, first: float, longest: float) -> None:
    delays = Delays(first, longest)
    assert first <= delays.after(attempt) <= delays.after(attempt + 1) <= longest


async def test_a_wait_ends_at_once_when_the_switch_is_set() -> None:
    halt = Halt()
    sleeping = [asyncio.create_task(halt.sleep(3600)), asyncio.create_task(halt.wait_for(asyncio.Event()))]
    await asyncio.sleep(0)
    halt.set()
    for task in sleeping:
        with pytest.raises(Halted):
            await asyncio.wait_for(task, 10)


async def test_a_wait_after_the_switch_is_set_does_not_begin() -> None:
    halt = Halt()
    halt.set()
    with pytest.raises(Halted):
        await halt.sleep(3600)


async def test_waiting_is_possible_again_after_a_reset() -> None:
    halt = Halt()
    halt.set()
    halt.reset()
    await halt.sleep(0)
    done = asyncio.Event()
    done.set()
    await halt.wait_for(done)
