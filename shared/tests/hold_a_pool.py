"""A program that prints the process ids of its pool's two workers and keeps both at work; started by test_pool.py."""

import asyncio
import time

from watchfloor.pool import KillablePool, Limits


async def hold() -> None:
    """Start both workers, say who they are, wait for the end."""
    pool = KillablePool(Limits(cpu_seconds=20, memory_mb=100), processes=2)
    tasks = [asyncio.create_task(pool.run(time.sleep, 300)) for _ in range(2)]
    while len(pool.pids) < len(tasks):  # noqa: ASYNC110 - a process's life gives no asyncio event
        await asyncio.sleep(0.05)
    print(*pool.pids, flush=True)  # noqa: T201 - the test reads it
    await asyncio.gather(*tasks)


if __name__ == "__main__":
    asyncio.run(hold())
