"""The pool: what a task may spend, and what happens to its neighbours when it spends more."""

import asyncio
import importlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psutil
import pytest

from watchfloor.errors import Rejected, TryLater
from watchfloor.pool import KillablePool, Limits

sys.path.append(str(Path(__file__).parent))  # workers import what they run by its name
tasks = importlib.import_module("pool_tasks")
HOLD = Path(__file__).with_name("hold_a_pool.py")


@pytest.fixture
async def pool() -> AsyncIterator[KillablePool]:
    made = KillablePool(Limits(cpu_seconds=0.5, memory_mb=100), processes=2, preload=["pool_tasks"])
    yield made
    await made.close()


async def until(holds: Callable[[], bool]) -> None:
    """Look again and again until it holds."""
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 - a process's life gives no asyncio event
            await asyncio.sleep(0.02)


async def test_results_come_back_in_any_number(pool: KillablePool) -> None:
    """More tasks than workers wait for their turn; each gets its own result."""
    assert await asyncio.gather(*(pool.run(tasks.double, n) for n in range(50))) == [2 * n for n in range(50)]


async def test_a_task_that_spends_its_cpu_time_is_rejected_and_its_neighbour_unaffected(pool: KillablePool) -> None:
    """The error names the subject and the limit."""
    waiting = asyncio.create_task(pool.run(tasks.wait, 0.2))
    with pytest.raises(Rejected, match=r"page 7.*0\.5 s of CPU time"):
        await pool.run(tasks.spin, None, subject="page 7")
    assert await waiting == "done"
    assert await pool.run(tasks.double, 4) == 8


async def test_a_task_that_needs_too_much_memory_is_rejected(pool: KillablePool) -> None:
    """What fits is done, what does not is refused by name; the budget is fresh for the next task."""
    assert await pool.run(tasks.fill, 50) == 50 * 1024 * 1024
    with pytest.raises(Rejected, match="page 8: needs more than 100 MB"):
        await pool.run(tasks.fill, 200, subject="page 8")
    assert await pool.run(tasks.fill, 50) == 50 * 1024 * 1024


async def test_a_worker_killed_from_outside_means_later_for_its_task_alone(pool: KillablePool) -> None:
    """Killed by kill -9 in the middle of a task: TryLater, and the same task done again gives its result."""
    await asyncio.gather(pool.run(tasks.wait, 0.1), pool.run(tasks.wait, 0.1))
    victim, neighbour = (
        asyncio.create_task(pool.run(tasks.wait, 0.8)),
        asyncio.create_task(pool.run(tasks.own_pid, None)),
    )
    survivor = await neighbour
    await asyncio.sleep(0.2)
    for pid in set(pool.pids) - {survivor}:
        os.kill(pid, signal.SIGKILL)
    with pytest.raises(TryLater, match="SIGKILL"):
        await victim
    assert await pool.run(tasks.wait, 0.8) == "done"


async def test_a_worker_killed_while_idle_is_replaced_unseen(pool: KillablePool) -> None:
    await pool.run(tasks.double, 1)
    for pid in pool.pids:
        os.kill(pid, signal.SIGKILL)
    await until(lambda: not pool.pids)
    assert await pool.run(tasks.double, 2) == 4


async def test_a_task_that_takes_three_workers_with_it_is_rejected(pool: KillablePool) -> None:
    for _ in range(2):
        with pytest.raises(TryLater):
            await pool.run(tasks.kill_oneself, "evil")
    with pytest.raises(Rejected, match="took 3 worker processes with it"):
        await pool.run(tasks.kill_oneself, "evil")


async def test_an_error_comes_back_as_itself(pool: KillablePool) -> None:
    """Ours with subject and remedy; an unforeseen one with the worker's traceback; an unpicklable one as its text."""
    with pytest.raises(Rejected, match=r"a.html: holds no text \(give another\)") as ours:
        await pool.run(tasks.reject, "a.html")
    assert ours.value.remedy == "give another"
    with pytest.raises(ZeroDivisionError) as unforeseen:
        await pool.run(tasks.divide, 0)
    assert "in divide" in unforeseen.value.__notes__[0]
    with pytest.raises(RuntimeError, match="Unpicklable: this and that"):
        await pool.run(tasks.raise_unpicklable, None)


async def test_workers_are_renewed_after_their_number_of_tasks() -> None:
    pool = KillablePool(Limits(cpu_seconds=5, memory_mb=100), processes=1, tasks_each=3)
    pids = [await pool.run(tasks.own_pid, None) for _ in range(7)]
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]
    await pool.close()


async def test_workers_are_deaf_to_interrupt_and_termination(pool: KillablePool) -> None:
    """Ctrl-C reaches the whole group of processes; the parent alone decides when its workers end."""
    task = asyncio.create_task(pool.run(tasks.wait, 0.6))
    await until(lambda: bool(pool.pids))
    await asyncio.sleep(0.2)
    for pid in pool.pids:
        os.kill(pid, signal.SIGINT)
        os.kill(pid, signal.SIGTERM)
    assert await task == "done"


async def test_a_task_that_sits_still_is_ended_by_the_clock() -> None:
    pool = KillablePool(Limits(cpu_seconds=0.02, memory_mb=100), processes=1, preload=["pool_tasks"])
    with pytest.raises(TryLater, match=r"gave no answer within 0\.6 s"):
        await pool.run(tasks.wait, 600)
    await pool.close()


async def test_what_a_second_pool_imports_is_not_paid_from_a_budget(pool: KillablePool) -> None:
    """The process's one fork server was started for another pool; the import takes five times what a task may spend."""
    await pool.run(tasks.double, 1)
    second = KillablePool(Limits(cpu_seconds=0.2, memory_mb=100), processes=1, preload=["slow_to_import"])
    slow = importlib.import_module("slow_to_import")
    assert await second.run(slow.double, 4) == 8
    await second.close()


async def test_close_ends_a_task_at_work(pool: KillablePool) -> None:
    task = asyncio.create_task(pool.run(tasks.wait, 60))
    await until(lambda: bool(pool.pids))
    pids = pool.pids
    await pool.close()
    with pytest.raises(TryLater):
        await task
    assert not any(psutil.pid_exists(pid) for pid in pids)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_their_parent(how: signal.Signals) -> None:
    """Also where the parent has no time to say goodbye, and its workers are in the middle of a task."""
    with subprocess.Popen([sys.executable, str(HOLD)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
        assert len(workers) == 2
        parent.send_signal(how)
        gone, alive = psutil.wait_procs(workers, timeout=20)
    assert (len(gone), alive) == (2, [])


async def test_what_starts_the_workers_may_be_killed_and_no_task_is_blamed(pool: KillablePool) -> None:
    """The process that forks the workers is a process like any other: its death means later, never a dead letter."""
    await pool.run(tasks.double, 1)
    for _ in range(5):
        worker = psutil.Process(pool.pids[0])
        forks = worker.parent()
        assert forks is not None
        assert forks.pid != os.getpid()
        forks.kill()
        worker.kill()
        answers = await asyncio.gather(*(pool.run(tasks.double, n) for n in range(8)), return_exceptions=True)
        assert all(isinstance(answer, (int, TryLater)) for answer in answers), answers
        await _insist(pool, 1)
    assert await _insist(pool, 21) == 42


async def _insist(pool: KillablePool, number: int) -> int:
    """As the worker does: again, as long as the pool says later."""
    while True:
        try:
            return await pool.run(tasks.double, number)
        except TryLater:
            await asyncio.sleep(0.05)
