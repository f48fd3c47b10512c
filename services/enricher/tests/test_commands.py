"""`watchfloor enrich`."""

import json

from click.testing import CliRunner

from watchfloor_enricher.commands import enrich


def test_good_lines_are_printed_and_bad_ones_named() -> None:
    lines = [
        '{"text": "General Odo Venck left.", "language": "en"}',
        "nonsense",
        '{"text": 5}',
        '{"text": "x \\ud800"}',
    ]
    done = CliRunner().invoke(enrich, input="\n".join(lines) + "\n")
    printed = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert [entity["name"] for entity in printed[0]["entities"]] == ["Odo Venck"]
    assert printed[1]["text"] == "x \ufffd"
    assert "line 2" in done.stderr
    assert "line 3" in done.stderr


def test_exit_status_is_0_where_all_lines_are_good() -> None:
    assert CliRunner().invoke(enrich, input='{"text": "One."}\n').exit_code == 0
