"""What is known of a broker's folder before it is started."""

from pathlib import Path

import pytest

from watchfloor.errors import Stop
from watchfloor_local import broker_data, log_files

BATCH = bytes(8) + (40).to_bytes(4) + bytes(4) + b"\x02" + bytes(35)
"""The frame of a record batch: offset, length, epoch, magic 2."""


def lay(data: Path, meta: str | None, *, records: bool) -> None:
    """A broker's data folder, with these words in its meta.properties."""
    (data / "__cluster_metadata-0").mkdir(parents=True)
    if meta is not None:
        (data / "meta.properties").write_text(meta)
    if records:
        (data / "__cluster_metadata-0" / "00000000000000000000.log").write_bytes(BATCH)


def test_a_new_folder_is_to_be_formatted(tmp_path: Path) -> None:
    assert not broker_data.is_formatted(tmp_path / "data")


def test_a_broken_off_formatting_is_done_again(tmp_path: Path) -> None:
    lay(tmp_path, None, records=False)
    assert not broker_data.is_formatted(tmp_path)


def test_a_formatted_folder_is_used_as_it_is(tmp_path: Path) -> None:
    lay(tmp_path, f"node.id=1\nversion=1\ncluster.id={broker_data.CLUSTER_ID}\n", records=True)
    assert broker_data.is_formatted(tmp_path)


@pytest.mark.parametrize("meta", [None, "", "cluster.id=somebody-else"])
def test_a_folder_with_data_that_has_lost_its_name_is_damaged(tmp_path: Path, meta: str | None) -> None:
    """Formatting it anew would make its records unreachable without a word."""
    lay(tmp_path, meta, records=True)
    with pytest.raises(Stop, match=r"is damaged: meta\.properties.*move .* away"):
        broker_data.is_formatted(tmp_path)


def test_a_metadata_log_that_is_none_is_damaged(tmp_path: Path) -> None:
    """Kafka would start from nothing, and the records of every topic would be unreachable."""
    lay(tmp_path, f"cluster.id={broker_data.CLUSTER_ID}", records=True)
    log = tmp_path / "__cluster_metadata-0" / "00000000000000000000.log"
    log.write_bytes(BATCH + b"garbage in the midst of it" * 9)
    with pytest.raises(Stop, match="is not a log of records"):
        broker_data.is_formatted(tmp_path)


@pytest.mark.parametrize("tail", [b"", BATCH[:9], BATCH[:30], bytes(100)])
def test_a_metadata_log_that_a_kill_cut_short_is_not_damaged(tail: bytes) -> None:
    """Kafka recovers it."""
    assert broker_data.holds_batches(BATCH + BATCH + tail)


def test_topics_without_metadata_are_damaged(tmp_path: Path) -> None:
    (tmp_path / "watchfloor.pages.fetched.v1-0").mkdir()
    (tmp_path / "meta.properties").write_text(f"cluster.id={broker_data.CLUSTER_ID}")
    with pytest.raises(Stop, match="holds topics"):
        broker_data.is_formatted(tmp_path)


def test_the_last_complaint_is_found_between_other_lines() -> None:
    lines = [
        "812 [main] WARN org.apache.kafka - a warning",
        "901 [main] ERROR kafka.log.LogManager - There was an error in one of the threads during logs loading",
        "    at java.base/java.lang.Thread.run(Thread.java:840)",
        "Formatting metadata directory",
    ]
    complaint = log_files.last_complaint(lines)
    assert complaint is not None
    assert "LogManager" in complaint


def test_a_complaint_of_an_earlier_run_is_not_taken_for_one_of_this(tmp_path: Path) -> None:
    log = tmp_path / "parser.log"
    log.write_text("ValueError: an old story\n")
    began = log_files.size(log)
    with log.open("a") as writer:
        writer.write("all is well\n")
    assert log_files.tail(log, began) == ["all is well"]


def test_a_log_that_has_grown_long_is_moved_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its writer appends, so what it writes next is at the start of what is left."""
    monkeypatch.setattr(log_files, "LONGEST_BYTES", 10)
    log = tmp_path / "parser.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"a long first line\n")
        log_files.shorten(log)
        writer.write(b"next\n")
    assert log.read_bytes() == b"next\n"
    assert (tmp_path / "parser.log.1").read_bytes() == b"a long first line\n"
