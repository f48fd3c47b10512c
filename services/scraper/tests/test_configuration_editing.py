"""The file of sources is edited by program: what is not edited stays as its author wrote it."""

import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.errors import Rejected, Stop
from watchfloor_scraper.configuration import (
    InvalidConfiguration,
    Outlet,
    add_outlet,
    merge,
    read_configuration,
    set_paused,
)
from watchfloor_scraper.configuration import editor as editor_module
from watchfloor_scraper.configuration.edits import with_outlets, with_paused

AUTHORED = """\
# Our sources.   Ask the desk before you change them!
contact:   "desk@news.example"

sources:
  # --- wires ---
  -   id: "a"          # the old one
      home: https://a.example/
      tags: [ navy,defence ]   # keep in this order

  - {id: b, home: 'https://b.example/'}   # short

  - home: https://c.example/
    paused:   yes    # until they mend their feed
    id: c
    exclude:
    - "*/video/*"
# the end
"""
NEW = Outlet.model_validate(
    {
        "id": "new",
        "home": "https://new.example/",
        "tags": ["on", "#1", "a: b"],
        "country": "NO",
        "revisit": "off",
        "delay": "1s",
    }
)


def outlets(text: str) -> dict[str, Outlet]:
    return read_configuration(text, "sources.yaml").by_id


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def test_pausing_and_resuming_touch_one_line_each() -> None:
    paused = with_paused(AUTHORED, ["a", "b"], paused=True)
    assert paused == AUTHORED.replace("# the old one\n", "# the old one\n      paused: true\n").replace(
        "{id: b,", "{id: b, paused: true,"
    )
    resumed = with_paused(AUTHORED, ["c"], paused=False)
    assert resumed == AUTHORED.replace("paused:   yes", "paused:   false")


def test_an_outlet_is_added_at_the_end_of_the_list_and_reads_back_as_it_was() -> None:
    text = with_outlets(AUTHORED, [NEW])
    assert text.replace(
        "  - id: new\n    name: new.example\n    home: https://new.example/\n    country: 'NO'\n"
        "    tags: ['on', '#1', 'a: b']\n    revisit: 'off'\n    delay: 1s\n", "",
    ) == AUTHORED  # fmt: skip
    assert outlets(text)["new"] == NEW


@pytest.mark.parametrize(
    "text",
    [
        "sources: []",
        "sources: []  # none\ncontact: a@desk.example\n",
        "sources:\n- id: a\n  home: https://a.example/",
        "sources:\r\n  - id: a\r\n    home: https://a.example/\r\n",
        "sources: [{id: a, home: 'https://a.example/'},]\n",
        "sources:\n  [\n    {id: a, home: 'https://a.example/'}, # the first\n  ]\n",
        '{"sources": [], "contact": "a@desk.example"}',
        '{"sources": [{"id": "a", "home": "https://a.example/"}]}',
        "sources:\n  - id: a\n    home: >-\n      https://a.example/\n\n# end\n",
        "--- # begins\nsources:\n  - id: a\n    home: https://a.example/\n...\n",
        "sources:\n  - id: a\n    home: https://a.example/\n    headers:\n      X-A: b # c\n\n\ncontact: a@desk.example\n",
    ],
)
def test_every_way_to_write_a_list_can_be_added_to_and_paused(text: str) -> None:
    before = outlets(text)
    added = with_outlets(text, [NEW])
    assert outlets(added) == {**before, "new": NEW}
    paused = with_paused(added, outlets(added), paused=True)
    assert all(outlet.paused for outlet in outlets(paused).values())
    assert outlets(with_paused(paused, outlets(added), paused=False)) == {**before, "new": NEW}


WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12).filter(
    lambda word: word.strip() and "," not in word and not set(word) & set("\ufffe\uffff")
)


@given(
    name=WORDS,
    tags=st.lists(WORDS.map(lambda word: " ".join(word.split())), unique=True, max_size=3),
    paused=st.booleans(),
)
def test_whatever_an_outlet_is_called_it_reads_back_as_it_was(name: str, tags: list[str], *, paused: bool) -> None:
    data: dict[str, Any] = {"id": "x", "home": "https://x.example/", "name": name, "tags": tags, "paused": paused}
    outlet = Outlet.model_validate(data)
    for text in (AUTHORED, "sources: []", '{"sources": []}'):
        assert outlets(with_outlets(text, [outlet]))["x"] == outlet


def test_a_new_file_is_begun(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    add_outlet(path, NEW)
    assert outlets(path.read_text(encoding="utf-8")) == {"new": NEW}
    assert path.stat().st_mode & 0o777 == 0o644


def test_an_edit_keeps_mode_byte_order_mark_and_link_and_leaves_nothing_beside(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = write(tmp_path / "real" / "sources.yaml", "\ufeff" + AUTHORED)
    target.chmod(0o640)
    link = tmp_path / "sources.yaml"
    link.symlink_to(target)
    set_paused(link, ["a"], paused=True)
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert target.read_bytes() == ("\ufeff" + with_paused(AUTHORED, ["a"], paused=True)).encode()
    assert [beside.name for beside in target.parent.iterdir()] == ["sources.yaml"]


def test_an_unknown_id_changes_nothing_and_the_nearest_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "sources.yaml", AUTHORED.replace("id: b", "id: northwatch"))
    with pytest.raises(Rejected, match=r"northwach: is no source of .* \(is it northwatch\?\)"):
        set_paused(path, ["a", "northwach"], paused=True)
    assert "paused: true" not in path.read_text(encoding="utf-8")


def test_an_id_that_is_taken_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "sources.yaml", AUTHORED)
    with pytest.raises(Rejected, match="a: is the id of another"):
        add_outlet(path, NEW.model_copy(update={"id": "a"}))


def test_a_bad_file_is_not_edited(tmp_path: Path) -> None:
    path = write(tmp_path / "sources.yaml", AUTHORED.replace("id: b", "id: a"))
    before = path.read_bytes()
    with pytest.raises(InvalidConfiguration):
        add_outlet(path, NEW)
    assert path.read_bytes() == before


def test_what_another_wrote_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "sources.yaml", AUTHORED)

    def edited_by_hand(text: str, added: list[Outlet]) -> str:
        write(path, AUTHORED + "# by hand\n")
        return with_outlets(text, added)

    monkeypatch.setattr(editor_module, "with_outlets", edited_by_hand)
    with pytest.raises(Stop, match="was changed by another meanwhile"):
        add_outlet(path, NEW)
    assert path.read_text(encoding="utf-8") == AUTHORED + "# by hand\n"
    assert [beside.name for beside in tmp_path.iterdir()] == ["sources.yaml"]


def test_two_editors_at_a_time_lose_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "sources.yaml", AUTHORED)

    def add(first: int) -> None:
        for number in range(first, first + 10):
            add_outlet(path, NEW.model_copy(update={"id": f"n{number}", "home": f"https://n{number}.example/"}))

    editors = [threading.Thread(target=add, args=(first,)) for first in (0, 10, 20)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert set(outlets(path.read_text(encoding="utf-8"))) == {"a", "b", "c"} | {f"n{number}" for number in range(30)}


def test_merging_adds_what_is_new_and_names_it_apart(tmp_path: Path) -> None:
    feed = {"feeds": ["https://d.example/feed"]}
    path = write(tmp_path / "sources.yaml", AUTHORED)
    first = Outlet.model_validate({"id": "a", "home": "https://d.example/", **feed})
    again = Outlet.model_validate({"id": "d", "home": "https://d.example/", **feed})
    same_home = Outlet.model_validate({"id": "e", "home": "https://b.example"})
    merged = merge(path, [first, again, same_home])
    assert [outlet.id for outlet in merged.added] == ["a-2"]
    assert [outlet.id for outlet in merged.known] == ["d", "e"]
    assert set(outlets(path.read_text(encoding="utf-8"))) == {"a", "b", "c", "a-2"}
    assert merge(path, [first]).added == ()
