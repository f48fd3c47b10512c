"""Military equipment by name."""

from collections.abc import Callable

from watchfloor_enricher.equipment import find_equipment
from watchfloor_enricher.text import ArticleText


def test_a_name_before_a_noun_of_equipment_is_found(text_of: Callable[..., ArticleText]) -> None:
    (found,) = find_equipment(text_of("The yard sold its Falke missile system to Kenya."), [])
    assert (found.name, found.subkind) == ("Falke", "missile")


def test_known_names_need_no_noun(text_of: Callable[..., ArticleText]) -> None:
    assert [entity.name for entity in find_equipment(text_of("Two Leopard 2 arrived with HIMARS."), [])] == [
        "Leopard 2",
        "HIMARS",
    ]


def test_a_countrys_adjective_is_no_name(text_of: Callable[..., ArticleText]) -> None:
    assert find_equipment(text_of("Kenyan tanks and a Polish frigate left."), []) == []
