"""What we build on may be built on: every locked dependency has a licence that an Apache-2.0 project can rest on."""

import re
import tomllib
from email.message import Message

import pytest
from fixtures import licences
from fixtures.licences import KNOWN, ROOT, is_allowed

ACCEPTED = {name for name, entry in KNOWN["packages"].items() if entry.get("accepted")}
PACKAGES = sorted(licences.locked())


@pytest.mark.parametrize("name", PACKAGES)
def test_a_locked_package_has_a_licence_that_is_allowed(name: str) -> None:
    licence = licences.of_package(name)
    assert licence is not None, f"nobody says the licence of {name}: read it, and add it to licences.toml"
    assert name in ACCEPTED or is_allowed(licence), f"{name} has the licence {licence}"


@pytest.mark.parametrize("path", sorted(licences.jars()))
def test_a_jar_of_the_embedded_broker_has_a_licence_that_is_allowed(path: str) -> None:
    assert is_allowed(licences.jars()[path] or "unknown")


def test_what_the_page_is_made_with_has_a_licence_that_is_allowed() -> None:
    vendored = tomllib.loads((ROOT / "services" / "gateway" / "vendor" / "vendored.toml").read_text("utf-8"))
    assert vendored["package"]
    for package in vendored["package"]:
        assert is_allowed(package["licence"].partition(";")[0]), package["name"]


def test_an_image_that_is_run_has_a_licence_that_is_allowed_or_accepted() -> None:
    assert licences.images() <= set(KNOWN["images"])
    for name, entry in KNOWN["images"].items():
        assert entry.get("accepted") or is_allowed(entry["licence"]), name


def test_every_exception_has_its_reason_and_is_still_needed() -> None:
    for name, entry in KNOWN["packages"].items():
        assert entry["reason"], name
        assert name in PACKAGES, f"{name} is no dependency any more"
        assert bool(entry.get("accepted")) is not is_allowed(entry["licence"]), f"{name} needs no acceptance"


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "AGPL-3.0-or-later", "SSPL-1.0", "BUSL-1.1", "Proprietary", ""])
def test_a_licence_that_would_bind_what_we_ship_is_refused(licence: str) -> None:
    assert not is_allowed(licence)


def test_a_package_is_taken_at_its_word_in_whichever_field_it_says_it() -> None:
    def word(**fields: str) -> str | None:
        about = Message()
        for field, value in fields.items():
            about[re.sub("_", "-", field)] = value
        return licences.said(about)

    assert word(License_Expression="MIT OR GPL-3.0-only") == "MIT OR GPL-3.0-only"
    assert word(License="Apache License, Version 2.0") == "Apache-2.0"
    assert word(License="see the file", Classifier="License :: OSI Approved :: MIT License") == "MIT"
    assert word(License="see the file") is None
