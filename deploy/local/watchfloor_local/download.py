"""Downloads with a progress bar, several at once, each tried again before it is given up."""

import ssl
import threading
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from watchfloor.errors import Stop

AT_ONCE = 8
ATTEMPTS = 4
PAUSE_SECONDS = 1.0
SILENCE_SECONDS = 8.0
SCHEMES = ("https://", "http://", "file://")


@dataclass(frozen=True)
class Item:
    """What is to be fetched: from where, its name in messages, its size in bytes."""

    address: str
    name: str
    size: int


def download(items: Sequence[Item], *, remedy: str) -> Iterator[tuple[Item, bytes]]:
    """Fetch these items and give each as it comes, unchecked, and never more than one byte over its size.

    Raises Stop, with this remedy, where one cannot be had.
    """
    if not items:
        return
    context, given_up = ssl.create_default_context(), threading.Event()
    with _progress() as bar, ThreadPoolExecutor(AT_ONCE) as pool:
        task = bar.add_task("broker", total=sum(item.size for item in items))
        waiting = {pool.submit(partial(_fetch, item, context, given_up, remedy)): item for item in items}
        try:
            for done in as_completed(waiting):
                yield waiting[done], done.result()
                bar.advance(task, waiting[done].size)
        finally:  # after an error or Ctrl-C, nobody waits for the others
            given_up.set()
            pool.shutdown(wait=False, cancel_futures=True)


def _progress() -> Progress:
    columns = (TextColumn("fetching the {task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    return Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True))


def _fetch(item: Item, context: ssl.SSLContext, given_up: threading.Event, remedy: str) -> bytes:
    if not item.address.startswith(SCHEMES):
        raise Stop(f"{item.address} is no address to fetch from", subject=item.name, remedy=remedy)
    failure: OSError | None = None
    for attempt in range(ATTEMPTS):
        if given_up.wait(attempt * PAUSE_SECONDS):
            break
        try:
            with urllib.request.urlopen(item.address, timeout=SILENCE_SECONDS, context=context) as answer:  # noqa: S310 - the scheme is checked above
                return bytes(answer.read(item.size + 1))
        except OSError as error:
            failure = error
    raise Stop(f"cannot be fetched from {item.address}: {failure}", subject=item.name, remedy=remedy) from failure
