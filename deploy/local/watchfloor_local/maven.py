"""Jars by `mvn`, where it is installed: it knows the mirrors, proxies and certificates of its user."""

import logging
import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from watchfloor import logs

log = logging.getLogger(__name__)

PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
LONGEST_SECONDS = 300


def fetch(paths: list[str], folder: Path) -> bool:
    """Let `mvn` bring these jars (paths in a Maven repository) into a folder, laid out as a Maven repository.

    Returns whether it did; False also where no `mvn` is installed. What it brought is for the caller to check.
    """
    program = shutil.which("mvn")
    if program is None:
        return False
    pom = folder / "pom.xml"
    pom.write_text(project_file(paths), encoding="utf-8")
    command = [program, "-B", "-q", "-f", str(pom), PLUGIN, f"-DoutputDirectory={folder}"]
    command += ["-Dmdep.useRepositoryLayout=true"]
    try:
        done = subprocess.run(  # noqa: S603 - the program that the user installed, our own arguments
            command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LONGEST_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning(
            "mvn did not bring the jars, so they are fetched without it: %s", error, extra=logs.event("maven_failed")
        )
        return False
    if done.returncode:
        log.warning(
            "mvn did not bring the jars, so they are fetched without it: %s",
            done.stdout.strip()[:300],
            extra=logs.event("maven_failed"),
        )
    return done.returncode == 0


def project_file(paths: list[str]) -> str:
    """A pom.xml that depends on exactly these jars and on nothing that they depend on themselves."""
    dependencies = "\n".join(map(_dependency, paths))
    return f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion>
<groupId>watchfloor</groupId><artifactId>jars</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>
{dependencies}
</dependencies>
</project>
"""


def _dependency(path: str) -> str:
    group, artifact, version = coordinates(path)
    return (
        f"<dependency><groupId>{escape(group)}</groupId><artifactId>{escape(artifact)}</artifactId>"
        f"<version>{escape(version)}</version><exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId>"
        "</exclusion></exclusions></dependency>"
    )


def coordinates(path: str) -> tuple[str, str, str]:
    """Group, artifact and version of a jar by its path in a Maven repository.

    >>> coordinates("org/apache/kafka/kafka-raft/4.1.1/kafka-raft-4.1.1.jar")
    ('org.apache.kafka', 'kafka-raft', '4.1.1')
    """
    *group, artifact, version, _ = path.split("/")
    return ".".join(group), artifact, version
