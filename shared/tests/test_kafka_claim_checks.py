"""Large values wait in a folder, whole or not at all."""

import os
import time
from pathlib import Path

import pytest

from watchfloor.errors import Rejected, TryLater
from watchfloor.kafka.claim_checks import CLAIM, PATIENT_ATTEMPTS, ClaimChecks, retention_seconds
from watchfloor.kafka.records import Outgoing, Received
from watchfloor.topics import ARTICLES_LATEST, MAX_RECORD_BYTES, PAGES_FETCHED

LARGE = b"x" * 101


@pytest.fixture
def claims(tmp_path: Path) -> ClaimChecks:
    return ClaimChecks(tmp_path / "claims", over_bytes=100)


def record(value: bytes | None) -> Outgoing:
    return Outgoing("topic", b"key", value, (("ce_id", b"1"),))


def arrived(outgoing: Outgoing) -> Received:
    return Received("topic", 1, 2, outgoing.key, outgoing.value, outgoing.headers)


def test_a_large_value_comes_back_as_it_was(claims: ClaimChecks) -> None:
    checked = claims.check_in(record(LARGE), PAGES_FETCHED)
    assert checked.value is not None
    assert LARGE not in checked.value
    restored = claims.check_out(arrived(checked), attempt=1)
    assert restored.value == LARGE
    assert restored.key == b"key"


@pytest.mark.parametrize("value", [b"x" * 100, b"", None])
def test_a_small_value_travels_in_the_record(claims: ClaimChecks, value: bytes | None) -> None:
    assert claims.check_in(record(value), PAGES_FETCHED) == record(value)
    assert claims.check_out(arrived(record(value)), attempt=1) == arrived(record(value))


def test_the_same_value_is_kept_once_and_leaves_no_fragments(claims: ClaimChecks, tmp_path: Path) -> None:
    assert claims.check_in(record(LARGE), PAGES_FETCHED) == claims.check_in(record(LARGE), PAGES_FETCHED)
    assert len(list((tmp_path / "claims").iterdir())) == 1


def test_a_missing_file_is_waited_for_and_then_named(claims: ClaimChecks, tmp_path: Path) -> None:
    checked = arrived(claims.check_in(record(LARGE), PAGES_FETCHED))
    (file,) = (tmp_path / "claims").iterdir()
    file.unlink()
    with pytest.raises(TryLater, match=file.name):
        claims.check_out(checked, attempt=PATIENT_ATTEMPTS - 1)
    with pytest.raises(Rejected, match=file.name):
        claims.check_out(checked, attempt=PATIENT_ATTEMPTS)


def test_a_damaged_file_is_rejected(claims: ClaimChecks, tmp_path: Path) -> None:
    checked = arrived(claims.check_in(record(LARGE), PAGES_FETCHED))
    (file,) = (tmp_path / "claims").iterdir()
    file.write_bytes(b"y" * 101)
    with pytest.raises(Rejected, match="damaged"):
        claims.check_out(checked, attempt=1)


def test_a_claim_cannot_name_a_file_elsewhere(claims: ClaimChecks) -> None:
    with pytest.raises(Rejected, match="no sha256"):
        claims.check_out(Received("topic", 1, 2, None, b"", ((CLAIM, b"../../secret"),)), attempt=1)


def test_a_public_topic_carries_values_whole_up_to_the_limit(claims: ClaimChecks) -> None:
    assert claims.check_in(record(LARGE), ARTICLES_LATEST) == record(LARGE)
    with pytest.raises(Rejected, match=str(MAX_RECORD_BYTES)):
        claims.check_in(record(b"x" * MAX_RECORD_BYTES), ARTICLES_LATEST)


def test_a_folder_that_cannot_be_written_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "claims").write_text("a file where the folder should be")
    with pytest.raises(TryLater):
        ClaimChecks(tmp_path / "claims", over_bytes=100).check_in(record(LARGE), PAGES_FETCHED)


def test_claims_that_no_topic_can_refer_to_are_swept(claims: ClaimChecks, tmp_path: Path) -> None:
    assert claims.sweep() == 0
    claims.check_in(record(LARGE), PAGES_FETCHED)
    old = arrived(claims.check_in(record(LARGE * 2), PAGES_FETCHED))
    kept = arrived(claims.check_in(record(LARGE * 3), PAGES_FETCHED))
    long_ago = time.time() - retention_seconds() - 60
    for claim in (old, kept):
        os.utime(tmp_path / "claims" / claim.header[CLAIM], (long_ago, long_ago))
    claims.keep(kept)
    assert claims.sweep() == 1
    assert len(list((tmp_path / "claims").iterdir())) == 2
