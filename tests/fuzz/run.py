"""Runs the fuzz targets, two at a time: `python tests/fuzz/run.py [TARGET...] [--seconds 180]`.

What is found is kept in the folder given by `--findings`, and printed. Exit status 0 where nothing was.
"""

import argparse
import platform
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).parent
TARGETS = tuple(sorted(path.stem.removeprefix("fuzz_") for path in FOLDER.glob("fuzz_*.py")))
IN_THE_GATE = ("feed", "robots", "sitemap", "date")
MEMORY_MB = 1024
SECONDS_AN_INPUT = 60
"""One of a few kilobytes takes milliseconds; what takes this long on a busy machine is a fault."""
MAX_BYTES = {"date": 200, "robots": 2_000, "warc": 6_000}
AT_ONCE = 2
GRACE_SECONDS = 120


@dataclass(frozen=True)
class Outcome:
    """What came of fuzzing one target."""

    target: str
    status: int
    said: str
    findings: tuple[Path, ...]

    @property
    def _end(self) -> str:
        return "\n".join(line[:300] for line in self.said.splitlines() if not line.startswith("#"))[-6000:]

    @property
    def report(self) -> str:
        """Empty where nothing was found; else the end of what the target said, and each input that did it."""
        if self.status == 0 and not self.findings:
            return ""
        inputs = "\n".join(f"{path}: {path.read_bytes()[:2000]!r}" for path in self.findings)
        return f"{self.target}: exit status {self.status}\n{self._end}\n{inputs}"


def why_not() -> str | None:
    """Why no target can run here; None where they can."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        return f"atheris has wheels for Linux on x86-64, not for {sys.platform} on {platform.machine()}"
    return None if find_spec("atheris") else "atheris is not installed"


def fuzz(target: str, *, seconds: int, findings: Path) -> Outcome:
    """Fuzz one target in a process of its own, from its seeds on; they are left as they are."""
    with tempfile.TemporaryDirectory() as corpus:
        options = [
            f"-max_total_time={seconds}",
            f"-rss_limit_mb={MEMORY_MB}",
            f"-timeout={SECONDS_AN_INPUT}",
            f"-max_len={MAX_BYTES.get(target, 4_000)}",
            f"-artifact_prefix={findings}/{target}-",
            f"-dict={FOLDER / 'words' / target}",
            "-print_final_stats=1",
        ]
        command = [sys.executable, str(FOLDER / f"fuzz_{target}.py"), *options, corpus, str(FOLDER / "seeds" / target)]
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=seconds + GRACE_SECONDS, check=False
        )
    return Outcome(target, done.returncode, done.stdout + done.stderr, tuple(sorted(findings.glob(f"{target}-*"))))


def main() -> int:
    """Fuzz what is asked for; 1 where something was found."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("targets", nargs="*", choices=[*TARGETS, []], help="all, if left out")
    options.add_argument("--seconds", type=int, default=180, help="for each target")
    options.add_argument("--findings", type=Path, help="a folder; a new one, if left out")
    chosen = options.parse_args()
    if (reason := why_not()) is not None:
        print(f"skipped: {reason}")
        return 0
    findings = chosen.findings or Path(tempfile.mkdtemp(prefix="watchfloor-fuzz-"))
    findings.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(pool.map(partial(fuzz, seconds=chosen.seconds, findings=findings), chosen.targets or TARGETS))
    for outcome in outcomes:
        counted = [line for line in outcome.said.splitlines() if "number_of_executed_units" in line]
        print(f"{outcome.target}: {counted[0].split()[-1] if counted else '?'} inputs")
        print(outcome.report, end="\n" if outcome.report else "")
    return int(any(outcome.report for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
