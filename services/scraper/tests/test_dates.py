"""Dates as feeds write them."""

import pytest

from watchfloor_scraper.feed.dates import read_date
from watchfloor_scraper.feed.month_names import LANGUAGES

MOMENTS = {
    "Thu, 30 Apr 2026 08:57:00 +0200": "2026-04-30T06:57:00Z",
    "Thu, 30 Apr 2026 08:57:00 GMT": "2026-04-30T08:57:00Z",
    "30 Apr 26 08:57 EST": "2026-04-30T13:57:00Z",
    "Thu, 30 Apr 2026 08:57:00 UTC-05:00": "2026-04-30T13:57:00Z",
    "Thu, 30 Apr 2026 08:57:00 +0200 (CEST)": "2026-04-30T06:57:00Z",
    "Sat, 18 Mar 2023 20:21:00 America/Los_Angeles": "2023-03-19T03:21:00Z",
    "Do, 30 Apr 2026 08:57:00 +0200": "2026-04-30T06:57:00Z",
    "mer., 30 avr. 2026 08h57": "2026-04-30T08:57:00Z",
    "mar. 5 mai 2026 08:00 CEST": "2026-05-05T06:00:00Z",
    "jue, 30 abr 2026 08:57:00 -0500": "2026-04-30T13:57:00Z",
    "21 de julio de 2018 12:34:33": "2018-07-21T12:34:33Z",
    "gio, 30 apr 2026 08:57:00 +0200": "2026-04-30T06:57:00Z",
    "ter, 05 mai 2026 10:00:00 -0300": "2026-05-05T13:00:00Z",
    "ma 2 mrt 2026 10:00": "2026-03-02T10:00:00Z",
    "30 kwietnia 2026, 14:20 CET": "2026-04-30T13:20:00Z",
    "30 квітня 2026 р. о 14:20": "2026-04-30T14:20:00Z",
    "Чт, 05 бер 2026 14:20:00 EET": "2026-03-05T12:20:00Z",
    "чт, 30 апр 2026 08:57:00 +0300": "2026-04-30T05:57:00Z",
    "30 أبريل 2026 14:20": "2026-04-30T14:20:00Z",
    "٣٠ أبريل ٢٠٢٦ ١٤:٢٠": "2026-04-30T14:20:00Z",
    "2026年4月30日 08:57": "2026-04-30T08:57:00Z",
    "2026年4月30日下午3時05分": "2026-04-30T15:05:00Z",
    "Sat, Oct 28 2023 08:28:28 PM": "2023-10-28T20:28:28Z",
    "April 30, 2026 at 8:57 am EDT": "2026-04-30T12:57:00Z",
    "2026-07-21 04:17:09 PM": "2026-07-21T16:17:09Z",
    "2026-07-21 12:06:40 AM": "2026-07-21T00:06:40Z",
    "Thu Apr 30 08:57:00 +0200 2026": "2026-04-30T06:57:00Z",
    "2026-04-30T08:57:00.123456+02:00": "2026-04-30T06:57:00Z",
    "2026-04-30T08:57Z": "2026-04-30T08:57:00Z",
    "2026-04-30T24:00:00Z": "2026-05-01T00:00:00Z",
    "20260430T085700Z": "2026-04-30T08:57:00Z",
    "2019/11/15 10:00:00": "2019-11-15T10:00:00Z",
    "30.04.2026 08:57": "2026-04-30T08:57:00Z",
    "4/5/2026 8:57 PM": "2026-04-05T20:57:00Z",
    "4/5/2026 20:57": "2026-05-04T20:57:00Z",
    "30/Apr/2026:08:57:00 +0200": "2026-04-30T06:57:00Z",
    "2026. április 30. 08:57": "2026-04-30T08:57:00Z",
    "2026. 4. 30. 오후 3:05": "2026-04-30T15:05:00Z",
    "30. 4. 2026 08:57": "2026-04-30T08:57:00Z",
    "1777539420": "2026-04-30T08:57:00Z",
    "1777539420000": "2026-04-30T08:57:00Z",
}
DAYS = {
    "2026-04-30": "2026-04-30",
    "Thu, 30 Apr 2026": "2026-04-30",
    "Sunday, April 18th, 2021": "2021-04-18",
    "20260430": "2026-04-30",
}
NONSENSE = [
    "",
    "soon",
    "Tue,",
    "9999-12-31T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "2026-02-31",
    "Wed, 31 Feb 2026 10:00:00 GMT",
    "Thu, 30 Apr 2026 08:57:00 +9999",
    "30 Apr 2026 99:99",
    "10:00",
    "{{ date }}",
    "1" * 10_000,
]


@pytest.mark.parametrize(("written", "right"), [*MOMENTS.items(), *DAYS.items()])
def test_a_date_is_read_in_the_form_and_language_it_comes_in(written: str, right: str) -> None:
    assert read_date(written) == right


@pytest.mark.parametrize("written", NONSENSE)
def test_nonsense_is_no_date(written: str) -> None:
    assert read_date(written) is None


@pytest.mark.parametrize("line", LANGUAGES.strip().splitlines())
def test_every_month_name_of_every_language_is_its_month(line: str) -> None:
    names = [name.replace("_", " ") for name in line.split()[1:]]
    found = [read_date(f"15 {name} 2026 10:00") for name in names]
    assert found == [f"2026-{number:02}-15T10:00:00Z" for number in range(1, 13)]


def test_a_year_of_two_digits_is_of_the_nearer_century() -> None:
    assert read_date("Thu, 03 Sep 15 00:01:01 +0200") == "2015-09-02T22:01:01Z"
    assert read_date("Thu, 03 Sep 98 00:01:01 GMT") == "1998-09-03T00:01:01Z"
