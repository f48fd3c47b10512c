"""The tests that need a broker pass on the one that operators run, as they do on the embedded one."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from fixtures import container_broker

pytestmark = pytest.mark.integration
ROOT = Path(__file__).parents[2]
SUITE = ("tests/integration", "tests/end_to_end/test_consumers.py")
MOST_SECONDS = 900


@pytest.mark.timeout(MOST_SECONDS + 60)
def test_the_integration_tests_and_the_consumer_of_the_docs_pass_on_kafka_in_a_container() -> None:
    reason = container_broker.trouble()
    if reason is not None:
        pytest.skip(reason)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--broker=container", *SUITE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=MOST_SECONDS)
    print(done.stdout[-6000:])
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert re.search(r"^\d+ passed in", done.stdout, re.MULTILINE), "none may be skipped"


def test_a_broker_whose_tests_have_ended_is_swept_and_that_of_a_running_test_is_not() -> None:
    with container_broker.container_broker():
        assert container_broker.sweep() == []
        (mine,) = container_broker.left_behind()
        (theirs,) = orphans()
        assert theirs in container_broker.sweep()
        assert container_broker.left_behind() == [mine]
    assert container_broker.left_behind() == []


def orphans() -> list[str]:
    """A container that a run of tests left behind: its process is no more."""
    code = (
        "import docker; from fixtures import container_broker as broker; "
        "print(docker.from_env().containers.create(broker.IMAGE, labels={broker.OWNER: broker.owner()}).short_id)"
    )
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "tests", capture_output=True, text=True, check=True)
    return made.stdout.split()
