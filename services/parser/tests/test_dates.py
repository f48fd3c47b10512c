"""Publication and change."""

import pytest

from watchfloor_parser.dates import read_dates
from watchfloor_parser.dates.printed import read_printed_times


def both(page, language: str = "en") -> tuple[str | None, str | None]:  # type: ignore[no-untyped-def]
    dates = read_dates(page, language)
    return (dates.published.value if dates.published else None, dates.modified.value if dates.modified else None)


def test_metadata_come_before_the_page_and_the_address(page_of, text) -> None:  # type: ignore[no-untyped-def]
    head = '<meta property="article:published_time" content="2026-05-13T06:00:00+02:00">'
    page = page_of(f"<h1>Mines</h1><p>May 22, 2026</p>{text}", head, url="https://news.example/2026/05/22/mines")
    assert both(page)[0] == "2026-05-13T06:00:00+02:00"


def test_one_line_may_hold_both_times(page_of, text) -> None:  # type: ignore[no-untyped-def]
    stamp = '<time itemprop="dateModified" datetime="2026-05-27T21:48:30+01:00">27/05/2026 06:12 | Updated 27/05/2026 21:48</time>'
    assert both(page_of(f"<h1>Mines</h1>{stamp}{text}")) == ("2026-05-27T06:12:00+01:00", "2026-05-27T21:48:30+01:00")


def test_a_day_without_clock_time_stays_a_day(page_of, text) -> None:  # type: ignore[no-untyped-def]
    assert both(page_of(f'<h1>Mines</h1><p class="date">13 May 2026</p>{text}'))[0] == "2026-05-13"


def test_a_clock_time_is_taken_from_the_page_where_metadata_give_the_day(page_of, text) -> None:  # type: ignore[no-untyped-def]
    head = '<meta name="date" content="2026-05-13">'
    page = page_of(f'<h1>Mines</h1><p class="date">13 May 2026, 14:05 GMT</p>{text}', head)
    assert both(page)[0] == "2026-05-13T14:05:00Z"


def test_a_clock_time_without_zone_is_that_of_the_country(page_of, text) -> None:  # type: ignore[no-untyped-def]
    page = page_of(f'<h1>Міни</h1><p class="date">13 травня 2026, 14:05</p>{text}', lang="uk")
    assert both(page, "uk")[0] == "2026-05-13T14:05:00+03:00"


def test_nothing_is_after_the_fetch(page_of, text) -> None:  # type: ignore[no-untyped-def]
    head = (
        '<meta property="article:published_time" content="2027-01-01T00:00:00Z"><meta name="date" content="2026-05-13">'
    )
    assert both(page_of(f"<h1>Mines</h1>{text}", head)) == ("2026-05-13", None)


def test_a_change_before_publication_is_none(page_of, text) -> None:  # type: ignore[no-untyped-def]
    head = (
        '<meta property="article:published_time" content="2026-05-13T06:00:00Z">'
        '<meta property="article:modified_time" content="2026-05-12T06:00:00Z">'
    )
    assert both(page_of(f"<h1>Mines</h1>{text}", head)) == ("2026-05-13T06:00:00Z", None)


def test_the_date_in_a_caption_is_not_the_articles(page_of, text) -> None:  # type: ignore[no-untyped-def]
    assert both(page_of(f'<h1>Mines</h1><div><img src="a.jpg"><br><em>Vesk, May 3, 2026.</em></div>{text}')) == (
        None,
        None,
    )


def test_the_address_gives_the_day_where_nothing_else_does(page_of, text) -> None:  # type: ignore[no-untyped-def]
    assert both(page_of(f"<h1>Mines</h1>{text}", url="https://news.example/2026/05/22/mines"))[0] == "2026-05-22"


@pytest.mark.parametrize(
    ("line", "language", "day", "clock"),
    [
        ("May 3, 2026 at 2:05 p.m.", "en", "2026-05-03", "14:05:00"),
        ("3rd of May 2026", "en", "2026-05-03", "None"),
        ("3. Mai 2026, 14.05 Uhr", "de", "2026-05-03", "14:05:00"),
        ("03.05.2026 14:05", "de", "2026-05-03", "14:05:00"),
        ("3 травня 2026 р.", "uk", "2026-05-03", "None"),
        ("3 мая 2026, 14:05 МСК", "ru", "2026-05-03", "14:05:00"),
        ("3 de mayo de 2026", "es", "2026-05-03", "None"),
        ("le 3 mai 2026 à 14h05", "fr", "2026-05-03", "14:05:00"),
        ("3 maja 2026", "pl", "2026-05-03", "None"),
        ("3 Mayıs 2026", "tr", "2026-05-03", "None"),
        ("2026年5月3日 下午2:05", "zh", "2026-05-03", "14:05:00"),
        ("2026년 5월 3일 오후 2:05", "ko", "2026-05-03", "14:05:00"),
        ("٣ مايو ٢٠٢٦", "ar", "2026-05-03", "None"),
        ("3 أيار 2026", "ar", "2026-05-03", "None"),
        ("3. května 2026", "cs", "2026-05-03", "None"),
        ("3 Μαΐου 2026", "el", "2026-05-03", "None"),
        ("2026-05-03 14:05", "sv", "2026-05-03", "14:05:00"),
    ],
)
def test_dates_are_read_in_many_languages(line: str, language: str, day: str, clock: str) -> None:
    stamp = next(read_printed_times(line, language))
    assert (str(stamp.day), str(stamp.clock)) == (day, clock)


def test_numbers_with_strokes_follow_the_country() -> None:
    british = next(read_printed_times("05/06/2026", "en", month_first=False))
    american = next(read_printed_times("05/06/2026", "en", month_first=True))
    assert (british.day.month, american.day.month) == (6, 5)
    assert next(read_printed_times("05/26/2026", "en", month_first=False)).day.month == 5
