"""Settings: one table of all, true to the code; what cannot be read is told with its variable."""

import re
from pathlib import Path

import pytest

from watchfloor import cli, settings_table
from watchfloor.settings import Settings, misread

ROOT = Path(__file__).parents[2]
SERVICES = ("scraper", "parser", "enricher", "indexer", "gateway")
PROPERTIES = {
    "bootstrap": "broker",
    "data": "data_folder",
    "cache": "cache_folder",
    "sources_path": "sources",
    "store_path": "data_folder",
    "claims_folder": "data_folder",
    "status_folder": "data_folder",
}
READ = re.compile(r"(?:\b|_)settings\.([a-z_]+)\b(?!\()")


def read_in(*patterns: str) -> set[str]:
    """The settings that these files read."""
    texts = [path.read_text(encoding="utf-8") for pattern in patterns for path in ROOT.glob(pattern)]
    found = {name for text in texts for name in READ.findall(text)}
    return {PROPERTIES.get(name, name) for name in found} & set(Settings.model_fields)


def test_every_setting_says_what_it_means_and_who_reads_it_and_nothing_else_is_listed() -> None:
    listed = [name for names in settings_table.READERS.values() for name in names.split()]
    assert sorted(listed) == sorted(Settings.model_fields)
    assert all(field.description for field in Settings.model_fields.values())


def test_every_setting_is_read_somewhere() -> None:
    everywhere = read_in(
        "shared/watchfloor/**/*.py", "services/*/watchfloor_*/**/*.py", "deploy/*/watchfloor_*/**/*.py"
    )
    assert set(Settings.model_fields) - everywhere == set()


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_service_reads_is_listed_as_read_by_it(service: str) -> None:
    for name in read_in(f"services/{service}/watchfloor_{service}/**/*.py"):
        assert {service, settings_table.ALL} & set(settings_table.readers(name)), name


def test_a_setting_without_a_reader_is_a_fault_of_the_list() -> None:
    with pytest.raises(LookupError, match="quay"):
        settings_table.readers("quay")


def test_a_value_that_cannot_be_read_is_told_with_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHFLOOR_HTTP_PORT", "quay")
    monkeypatch.setenv("WATCHFLOOR_CURSOR_SECRET", "do not tell")
    with pytest.raises(ValueError, match="http_port") as caught:
        Settings()
    assert re.fullmatch(r"WATCHFLOOR_HTTP_PORT: .*integer.* \(docs/settings\.md\)", misread(caught.value))
    assert misread(ValueError("another")) == ""


def test_the_command_line_says_it_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WATCHFLOOR_LOG_FORMAT", "quay")
    monkeypatch.setattr("sys.argv", ["watchfloor", "serve", "parser"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith("error: WATCHFLOOR_LOG_FORMAT: Input should be 'text' or 'json'")
