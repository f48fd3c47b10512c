"""How tests read short texts of their own: the rooms alone, without the gazetteer."""

from collections.abc import Callable, Mapping

import pytest

from watchfloor.events import Entity, Quotation
from watchfloor_enricher.organisations import find_organisations
from watchfloor_enricher.people import find_people
from watchfloor_enricher.quotations import find_quotations
from watchfloor_enricher.text import ArticleText, Passage
from watchfloor_enricher.text.actors import Actor

PLACES = frozenset({"Oslo", "Tarnmouth", "Port Sarn", "Kyiv"})


def _text(body: str, *captions: str, language: str | None = "en") -> ArticleText:
    pictures = (Passage(number, caption) for number, caption in enumerate(captions))
    return ArticleText((Passage("text", body), *pictures), language)


def _people(body: str, *captions: str, language: str | None = "en") -> Mapping[str, Actor]:
    found = find_people(_text(body, *captions, language=language), PLACES.__contains__)
    return {actor.entity.name: actor for actor in found}


def _organisations(body: str) -> Mapping[str, Entity]:
    text = _text(body)
    people = [stretch for actor in find_people(text, PLACES.__contains__) for stretch in actor.mentions]
    return {actor.entity.name: actor.entity for actor in find_organisations(text, people)}


def _quotations(body: str, *captions: str, language: str | None = "en") -> list[Quotation]:
    text = _text(body, *captions, language=language)
    people = find_people(text, PLACES.__contains__)
    bodies = find_organisations(text, [stretch for actor in people for stretch in actor.mentions])
    return find_quotations(text, [*people, *bodies])


def _said(body: str, language: str | None = "en") -> list[tuple[str, str | None]]:
    """Quoted words with their speakers; reported speech left out."""
    return [(each.words, each.speaker) for each in _quotations(body, language=language) if each.kind != "indirect"]


@pytest.fixture
def text_of() -> Callable[..., ArticleText]:
    """A body and captions as the rooms see them."""
    return _text


@pytest.fixture
def people_in() -> Callable[..., Mapping[str, Actor]]:
    """The people of a text by name."""
    return _people


@pytest.fixture
def organisations_in() -> Callable[..., Mapping[str, Entity]]:
    """The organisations of a text by name."""
    return _organisations


@pytest.fixture
def quotations_in() -> Callable[..., list[Quotation]]:
    """The quotations of a text."""
    return _quotations


@pytest.fixture
def said() -> Callable[..., list[tuple[str, str | None]]]:
    """Quoted words with their speakers; reported speech left out."""
    return _said
