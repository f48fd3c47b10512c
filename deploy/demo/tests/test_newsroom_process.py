"""`watchfloor newsroom` as a process: it tells how it is, and goes when it is told to."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from watchfloor import status
from watchfloor.settings import Settings
from watchfloor_demo.serving import listen

COMMAND = [str(Path(sys.executable).with_name("watchfloor")), "newsroom"]
PATIENCE_SECONDS = 60


def environment(settings: Settings) -> dict[str, str]:
    own = {"DATA_FOLDER": str(settings.data), "NEWSROOM_PORT": str(settings.newsroom_port)}
    return {**os.environ, **{f"WATCHFLOOR_{name}": value for name, value in own.items()}}


def wait_until_ready(settings: Settings, process: subprocess.Popen[bytes]) -> status.Status:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        said = status.read(settings.status_folder, "newsroom")
        if said is not None and said.state == "ready":
            return said
        time.sleep(0.05)
    pytest.fail(f"the newsroom did not become ready; exit status {process.poll()}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_that_it_is_ready_and_ends_well_on_a_signal(settings: Settings, number: signal.Signals) -> None:
    with subprocess.Popen(COMMAND, env=environment(settings)) as process:
        said = wait_until_ready(settings, process)
        with httpx.Client() as visitor:  # whose open connection must not hold it
            assert visitor.get(f"http://127.0.0.1:{settings.newsroom_port}/").status_code == 200
            process.send_signal(number)
            assert process.wait(PATIENCE_SECONDS) == 0
    assert said.pid == process.pid
    last = status.read(settings.status_folder, "newsroom")
    assert last is not None
    assert last.state == "stopping"


def test_a_taken_port_is_an_error_of_one_line(settings: Settings) -> None:
    with listen("127.0.0.1", settings.newsroom_port + 2):
        ended = subprocess.run(
            COMMAND, check=False, env=environment(settings), capture_output=True, text=True, timeout=PATIENCE_SECONDS
        )
    assert ended.returncode == 1
    assert f"port {settings.newsroom_port + 2} is in use" in ended.stderr
    assert ended.stderr.count("\n") == 1
