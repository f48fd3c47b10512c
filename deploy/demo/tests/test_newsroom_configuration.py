"""The demonstration's sources.yaml, on its own ports and on others."""

from pathlib import Path

from watchfloor.settings import Settings
from watchfloor_demo.configuration import SOURCES, WRITTEN_FOR, configuration, sources_file
from watchfloor_demo.outlets import OUTLETS, addresses, ports
from watchfloor_scraper.configuration import read_configuration


def test_it_configures_every_outlet_at_its_address() -> None:
    found = read_configuration(SOURCES.read_text(encoding="utf-8"), str(SOURCES))
    assert [source.id for source in found.outlets] == [outlet.id for outlet in OUTLETS]
    assert [source.home.rstrip("/") for source in found.outlets] == list(addresses(Settings()))
    assert [source.name for source in found.outlets] == [outlet.name for outlet in OUTLETS]
    assert [source.language for source in found.outlets] == [outlet.language[:2] for outlet in OUTLETS]


def test_its_lists_are_those_that_the_outlets_keep() -> None:
    found = read_configuration(SOURCES.read_text(encoding="utf-8"), str(SOURCES))
    for source, outlet, address in zip(found.outlets, OUTLETS, addresses(Settings()), strict=True):
        assert source.lists
        assert {url.removeprefix(address) for url in source.lists} <= {*outlet.lists, *outlet.sections}


def test_with_the_default_port_it_is_the_file_that_lies_there(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path)
    assert settings.newsroom_port == WRITTEN_FOR
    assert sources_file(settings) == SOURCES
    assert configuration(settings) == SOURCES.read_text(encoding="utf-8")
    assert not list(tmp_path.iterdir())


def test_with_another_port_it_is_moved_and_written_to_the_data_folder(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "new", newsroom_port=WRITTEN_FOR + 3)
    written = sources_file(settings)
    assert written == tmp_path / "new" / "newsroom-sources.yaml"
    found = read_configuration(written.read_text(encoding="utf-8"), str(written))
    assert [source.home for source in found.outlets] == [f"http://127.0.0.1:{port}/" for port in ports(settings)]
    assert written.read_text(encoding="utf-8").count("127.0.0.1") == SOURCES.read_text(encoding="utf-8").count(
        "127.0.0.1"
    )
