"""The project file that `mvn` is given."""

from xml.etree import ElementTree as ET

from watchfloor_local import jars, maven

NAMESPACE = {"m": "http://maven.apache.org/POM/4.0.0"}


def test_the_project_file_asks_for_every_locked_jar_and_for_nothing_behind_it() -> None:
    paths = [jar.path for jar in jars.locked()]
    dependencies = ET.fromstring(maven.project_file(paths)).findall(".//m:dependency", NAMESPACE)  # noqa: S314 - our own text
    asked = {
        tuple(dependency.findtext(f"m:{part}", "", NAMESPACE) for part in ("groupId", "artifactId", "version"))
        for dependency in dependencies
    }
    assert asked == {maven.coordinates(path) for path in paths}
    assert all(
        dependency.findtext("m:exclusions/m:exclusion/m:artifactId", "", NAMESPACE) == "*"
        for dependency in dependencies
    )
