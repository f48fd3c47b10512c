"""A pool of worker processes that can be killed: no page and no text may hang, or fill the memory of, a service.

`await pool.run(function, argument)` runs a pure, picklable function. A worker gets a budget of CPU time (`ITIMER_PROF`,
whose signal kills) and of memory (`RLIMIT_DATA` above what the worker already holds) for each task, and a limit on the
clock's time behind both. Workers are forked by multiprocessing's fork server, which has imported the function's modules
once; a process has only one fork server, so a worker of a second pool imports what is missing before its first task, and
no task's budget pays for it. Workers are deaf to SIGINT and SIGTERM, end with their parent, and are renewed after a
number of tasks.

What a task may end in:
- its result, or the error that the function raised, as itself;
- Rejected: it spent its budget of CPU time or memory, or took three workers with it;
- TryLater: its worker was killed from outside, or sat still past the clock's limit.
"""

import asyncio
import hashlib
import importlib
import os
import pickle
import queue
import resource
import signal
import threading
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, Self, TypeVar, cast

from watchfloor.errors import Rejected, TryLater, WatchfloorError
from watchfloor.settings import Settings

Argument = TypeVar("Argument")
Result = TypeVar("Result")

START_SECONDS = 120.0
"""The first worker waits for the fork server to import everything; a machine under load is slow at it."""
CLOCK_SECONDS_FOR_ONE_OF_CPU = 30.0
"""The clock's limit: only a task that waits for something it should not reaches it, or a starved machine."""
WORKERS_ONE_TASK_MAY_TAKE = 3
TASKS_REMEMBERED = 1000
STATM = Path("/proc/self/statm")
REMEDY = "the input is hostile or broken; raise the limit only if it is neither"


@dataclass(frozen=True)
class Limits:
    """What one task may spend: seconds of CPU time, megabytes above what its worker holds when it begins."""

    cpu_seconds: float
    memory_mb: int

    @property
    def clock_seconds(self) -> float:
        """The limit behind the others, in seconds of the clock."""
        return self.cpu_seconds * CLOCK_SECONDS_FOR_ONE_OF_CPU


class KillablePool:
    """Runs functions in worker processes. See the module for what a task may end in."""

    def __init__(
        self, limits: Limits, *, processes: int = 0, preload: Iterable[str] = (), tasks_each: int = 500
    ) -> None:
        """Prepare a pool; its workers start when they are first needed.

        `processes`: how many, 0 for one a core. `preload`: modules that the fork server imports once for all workers.
        `tasks_each`: after how many tasks a worker is renewed.
        """
        self._count = processes or os.cpu_count() or 1
        self._workers = [_Worker(limits, tasks_each, tuple(preload)) for _ in range(self._count)]
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(self._count, thread_name_prefix="pool")
        self._strikes = _Strikes()
        self._at_exit = Finalize(self, _kill_all, args=(self._workers,), exitpriority=10)

    @classmethod
    def of(cls, settings: Settings, *, preload: Iterable[str] = ()) -> Self:
        """The pool that the settings ask for."""
        limits = Limits(settings.page_cpu_seconds, settings.page_memory_mb)
        return cls(limits, processes=settings.pool_processes, preload=preload)

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers that are alive."""
        return [worker.pid for worker in self._workers if worker.pid is not None]

    async def run(
        self, function: Callable[[Argument], Result], argument: Argument, *, subject: str | None = None
    ) -> Result:
        """Run `function(argument)` in a worker; raises what the function raises, Rejected or TryLater.

        `subject` names the task in errors; without it the argument's `url` does, else its short form.
        """
        name = subject or str(getattr(argument, "url", None) or repr(argument)[:80])
        loop = asyncio.get_running_loop()
        return cast("Result", await loop.run_in_executor(self._threads, self._exchange, function, argument, name))

    async def close(self) -> None:
        """Kill every worker, also one at work; its task ends in TryLater."""
        for worker in self._workers:
            worker.retire()
        await asyncio.get_running_loop().run_in_executor(None, self._threads.shutdown)
        self._at_exit()

    def _exchange(self, function: Callable[[Any], object], argument: object, subject: str) -> object:
        worker = self._idle.get()
        try:
            task = pickle.dumps((function, argument), protocol=pickle.HIGHEST_PROTOCOL)
            strike = hashlib.sha256(task).hexdigest()
            try:
                result = worker.work(task, subject)
            except _NotStarted as trouble:
                raise TryLater(f"no worker process could be started: {trouble}", subject=subject) from trouble
            except _WorkerLost as loss:
                raise self._strikes.count(strike, subject, loss) from None
            self._strikes.forget(strike)
            return result
        finally:
            self._idle.put(worker)


class _WorkerLost(Exception):
    """The worker of a task is gone; the sentence says how."""


class _NotStarted(Exception):
    """No worker could be had for a task, by no fault of the task: what starts them was killed, or the machine is full."""


class _Strikes:
    """How many workers each task has taken with it; of the tasks of late alone."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def count(self, task: str, subject: str, loss: _WorkerLost) -> WatchfloorError:
        """Note one more lost worker; the error that the task ends in."""
        with self._lock:
            taken = self._counts.pop(task, 0) + 1
            self._counts[task] = taken
            if len(self._counts) > TASKS_REMEMBERED:
                self._counts.popitem(last=False)
        if taken >= WORKERS_ONE_TASK_MAY_TAKE:
            self.forget(task)
            return Rejected(
                f"took {taken} worker processes with it; the last one {loss}", subject=subject, remedy=REMEDY
            )
        return TryLater(f"its worker process {loss}", subject=subject)

    def forget(self, task: str) -> None:
        """The task has ended well, or for good."""
        with self._lock:
            self._counts.pop(task, None)


@dataclass(frozen=True)
class _Process:
    """A running worker process and our end of its pipe."""

    process: BaseProcess
    pipe: Connection


class _Worker:
    """The place of one worker process, which is started, killed and renewed; one thread at a time uses it."""

    _lifecycle = threading.Lock()
    """multiprocessing keeps its children in one set and reads each exit code once: not from two threads at a time."""

    def __init__(self, limits: Limits, tasks_each: int, preload: tuple[str, ...]) -> None:
        self._limits = limits
        self._tasks_each = tasks_each
        self._preload = preload
        self._running: _Process | None = None
        self._tasks = 0
        self._retired = False

    @property
    def pid(self) -> int | None:
        running = self._running
        return running.process.pid if running and not self._ended(running) else None

    def work(self, task: bytes, subject: str) -> object:
        """Have a task done; raises what it raised, Rejected where a limit was hit, _WorkerLost."""
        running = self._ready()
        self._tasks += 1
        answer = self._ask(running, task)
        if answer is None:
            raise self._end_of(running, subject)
        kind, value, trace = pickle.loads(answer)  # noqa: S301 - from our own worker
        if self._tasks >= self._tasks_each or kind == "memory":
            self.kill()
        if kind == "memory":
            raise Rejected(f"needs more than {self._limits.memory_mb} MB of memory", subject=subject, remedy=REMEDY)
        if kind == "error":
            raise _with_trace(value, trace)
        return value

    def retire(self) -> None:
        """Kill the process and start no other."""
        self._retired = True
        self.kill()

    def kill(self) -> None:
        """End the process, if there is one."""
        running, self._running = self._running, None
        if running is None:
            return
        with self._lifecycle:
            running.process.kill()
        connection.wait([running.process.sentinel])
        running.pipe.close()

    def _ask(self, running: _Process, task: bytes) -> bytes | None:
        """The worker's answer; None where it is gone, or was killed for sitting still."""
        try:
            running.pipe.send_bytes(task)
            if running.pipe.poll(self._limits.clock_seconds):
                return running.pipe.recv_bytes()
        except (EOFError, OSError):
            connection.wait([running.process.sentinel], timeout=START_SECONDS)
        return None

    def _end_of(self, running: _Process, subject: str) -> Exception:
        with self._lifecycle:
            code = running.process.exitcode
        self.kill()
        if code == -signal.SIGPROF:
            spent = f"needs more than {self._limits.cpu_seconds:g} s of CPU time"
            return Rejected(spent, subject=subject, remedy=REMEDY)
        if code is None:
            return _WorkerLost(f"gave no answer within {self._limits.clock_seconds:g} s and was killed")
        by = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        return _WorkerLost(f"was ended by {by}")

    def _ready(self) -> _Process:
        if self._retired:
            raise _NotStarted("the pool is closed")
        if self._running is not None and self._ended(self._running):
            self.kill()
        if self._running is None:
            self._running = self._start()
            self._tasks = 0
        return self._running

    def _start(self) -> _Process:
        context = get_context("forkserver")
        ours, theirs = context.Pipe()
        with self._lifecycle:
            if self._preload:
                context.set_forkserver_preload(list(self._preload))
            process = context.Process(target=_serve, args=(theirs, self._limits, self._preload), daemon=True)
            try:
                process.start()
            except (EOFError, OSError) as error:
                ours.close()
                raise _NotStarted(repr(error)) from error
            finally:
                theirs.close()
        started = _Process(process, ours)
        if not _says_hello(ours):
            self._running = started
            self.kill()
            raise _NotStarted("it ended before its first word")
        return started

    def _ended(self, running: _Process) -> bool:
        return bool(connection.wait([running.process.sentinel], timeout=0))


def _says_hello(pipe: Connection) -> bool:
    try:
        return pipe.poll(START_SECONDS) and pipe.recv_bytes() == b"ready"
    except (EOFError, OSError):
        return False


def _kill_all(workers: list[_Worker]) -> None:
    for worker in workers:
        worker.retire()


def _with_trace(error: BaseException, trace: str) -> BaseException:
    """The worker's error as itself; an unforeseen one with the worker's traceback in its notes."""
    if not isinstance(error, WatchfloorError):
        error.add_note(trace)
    return error


# ---- in the worker process


def _serve(pipe: Connection, limits: Limits, preload: tuple[str, ...]) -> None:
    """Do one task after the other until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    for module in preload:
        importlib.import_module(module)
    pipe.send_bytes(b"ready")
    while True:
        try:
            task = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        pipe.send_bytes(_do(task, limits))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(0)


def _do(task: bytes, limits: Limits) -> bytes:
    """A task's end, pickled: how, the result or the error, the traceback."""
    _limit_memory(limits.memory_mb)
    signal.setitimer(signal.ITIMER_PROF, limits.cpu_seconds)
    try:
        function, argument = pickle.loads(task)  # noqa: S301 - from our own parent
        end = pickle.dumps(("result", function(argument), ""), protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        end = pickle.dumps(("memory", None, ""))
    except Exception as error:  # noqa: BLE001 - carried to the parent, which raises it
        end = _pickled(error)
    signal.setitimer(signal.ITIMER_PROF, 0)
    return end


def _pickled(error: Exception) -> bytes:
    trace = "".join(traceback.format_exception(error))
    try:
        carried = pickle.dumps(("error", error, trace))
        pickle.loads(carried)  # noqa: S301 - made one line above
    except Exception:  # noqa: BLE001 - whatever the error's own pickling raises, its text must arrive
        return pickle.dumps(("error", RuntimeError(f"{type(error).__name__}: {error}"), trace))
    return carried


def _limit_memory(megabytes: int) -> None:
    """Allow so much above what the process holds now. Where /proc is absent (not Linux) there is no such limit."""
    if not STATM.exists():
        return
    held = int(STATM.read_text(encoding="ascii").split()[5]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (held + megabytes * 1024 * 1024, hard))
