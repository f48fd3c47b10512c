"""How words are kept and sought: what counts as one word, and which forms of it meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.query import Words
from watchfloor.query.analysis import kept, patterns
from watchfloor.query.country_domains import country_of
from watchfloor.query.distance import box_around, distance_km
from watchfloor.query.folding import fold
from watchfloor.query.stemming import BY_SCRIPT, SNOWBALL, stem, stemmers_for
from watchfloor.query.ukrainian import stem as ukrainian
from watchfloor.query.words import words

UKRAINIAN = """
безпека безпеки безпеці безпеку безпекою
харків харкова харкові харковом харкову
київ києва києві києвом києву
ракета ракети ракеті ракету ракетою ракет ракетами ракетах
миротворець миротворця миротворці миротворців миротворцям миротворцями
українець українця українці українців українцями
рік року роки років роком році
кордон кордону кордоні кордони кордонів кордоном
президент президента президенту президентові президентом
переговори переговорів переговорам переговорами переговорах
війна війни війні війну війною
військо війська військом військам військ
допомога допомоги допомозі допомогу допомогою
атака атаки атаці атаку атакою атак
будинок будинку будинки будинків будинком
село села селі селом сіл селами
міністр міністра міністри міністрів міністром
загін загону загони загонів загоном
новий нова нового новому новою нових новими нові
український українська українського українській українською українських
озброєння озброєнню озброєнням
станція станції станцію станцією станцій станціями
область області областю областей областях
ніч ночі ніччю ночей
режим режиму режимі режимом
програма програми програм програмою
музей музею музеї музеєм
обстріл обстрілу обстріли обстрілів обстрілом
атакувати атакував атакували атакує атакують атакувала
""".split("\n")[1:-1]
RUSSIAN = """
миротворец миротворца миротворцы миротворцев миротворцами
ракета ракеты ракет ракетами ракете
киев киева киеве киевом
харьков харькова харькове
граница границы границе границ границами
городок городка городки городков
россия россии россией россию
переговоры переговоров переговорам
солдат солдата солдаты солдатов солдатами
""".split("\n")[1:-1]
ARABIC = ["حكومة الحكومة والحكومة للحكومة بالحكومة", "قوات القوات والقوات للقوات", "صاروخ الصاروخ بالصاروخ وصاروخ"]


@pytest.mark.parametrize("paradigm", UKRAINIAN)
def test_the_forms_of_a_ukrainian_word_meet(paradigm: str) -> None:
    assert len({ukrainian(form) for form in paradigm.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("війна", "війт"),
        ("ракета", "раковина"),
        ("кордон", "корда"),
        ("посол", "посилка"),
        ("танк", "танго"),
        ("село", "солдат"),
    ],
)
def test_different_ukrainian_words_stay_apart(one: str, other: str) -> None:
    assert ukrainian(one) != ukrainian(other)


@pytest.mark.parametrize(
    ("code", "paradigm"), [*(("ru", each) for each in RUSSIAN), *(("ar", each) for each in ARABIC)]
)
def test_the_forms_of_a_russian_and_an_arabic_noun_meet(code: str, paradigm: str) -> None:
    assert len({stem(code, form) for form in paradigm.split()}) == 1


@pytest.mark.parametrize("code", [*SNOWBALL, "uk", "ar"])
def test_every_language_has_a_stemmer_that_answers(code: str) -> None:
    assert stem(code, "abc")


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("The U.S. and the U.S.A., e.g. J. Orlova", ["the", "us", "and", "the", "usa", "eg", "j", "orlova"]),
        ("Orlova's F-16", ["orlova", "s", "f", "16"]),
        ("об'єкт п’ять обʼєкт", ["обєкт", "пять", "обєкт"]),
        ("cafe\u0301 CAFÉ ﬁre Straße Łódź", ["cafe", "cafe", "fire", "strasse", "lodz"]),
        ("Ки\u0301ев ёлка йод їжак", ["киев", "елка", "йод", "їжак"]),
        ("إسرائيل أحمد القُدْس مـــصر", ["اسراييل", "احمد", "القدس", "مصر"]),
        ("co\u00adop", ["coop"]),
        ("中国F-16", ["中国", "国", "f", "16"]),
        ("ﾊﾞｽ", ["バス", "ス"]),
        ("…— \u0000", []),
        ("n.example/a?b=1", ["n", "example", "a", "b", "1"]),
    ],
)
def test_text_is_cut_into_words(text: str, forms: list[str]) -> None:
    assert [word.form for word in words(text)] == forms


@given(st.text(max_size=20))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30), st.sampled_from([None, *SNOWBALL, "uk", "ar", "zh", "bg"]))
def test_every_text_is_found_by_itself(text: str, language: str | None) -> None:
    line = kept([text], stemmers_for(language, text))
    for sought in (Words(text), Words(text, phrase=True), Words(text, prefix=True)):
        found = patterns(sought)
        assert not found or any(pattern.found_in(line) for pattern in found)


@given(st.text(max_size=30))
def test_kept_words_hold_nothing_that_a_store_would_read_as_a_sign(text: str) -> None:
    for word in kept([text], BY_SCRIPT).split():
        assert word == "|" or word.removeprefix(":").replace(":", "").isalnum() or not word.isascii()
        assert '"' not in word


def test_a_phrase_does_not_run_from_one_text_into_the_next() -> None:
    line = kept(["alpha", "bravo"], BY_SCRIPT)
    assert not patterns(Words("alpha bravo", phrase=True))[0].found_in(line)


def test_one_kilometre_and_half_the_earth() -> None:
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20015.1, abs=0.1)
    assert distance_km((10, 20), (10, 20)) == 0


@given(
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    st.floats(0, 20_100),
)
def test_a_box_holds_its_circle(centre: tuple[float, float], point: tuple[float, float], kilometres: float) -> None:
    box = box_around(centre, kilometres)
    if distance_km(centre, point) <= kilometres:
        assert box.south <= point[0] <= box.north
        west, east = point[1] >= box.west, point[1] <= box.east
        assert (west or east) if box.west > box.east else (west and east)


@pytest.mark.parametrize(
    ("host", "country"),
    [("a.pl", "PL"), ("a.co.uk", "GB"), ("a.com", None), ("a.tv", None), ("пример.рф", "RU"), ("127.0.0.1", None)],
)
def test_the_country_of_a_source_is_that_of_its_domain(host: str, country: str | None) -> None:
    assert country_of(f"https://{host}/x") == country
