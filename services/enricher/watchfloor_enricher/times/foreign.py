"""Dates in German, French, Spanish, Ukrainian, Russian, Arabic, Chinese: months, weekdays, yesterday and tomorrow."""

import re
from functools import lru_cache

from watchfloor_enricher.times import days
from watchfloor_enricher.times.found import Found, Read
from watchfloor_enricher.times.rules import NUMERIC, RULES
from watchfloor_enricher.times.words import alternatives

Rule = tuple[re.Pattern[str], Read]
MONTHS = {
    "de": "januar|jänner februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre",
    "ru": "января|январе|январь февраля|феврале|февраль марта|марте|март апреля|апреле|апрель мая|мае|май июня|июне|июнь "
    "июля|июле|июль августа|августе|август сентября|сентябре|сентябрь октября|октябре|октябрь ноября|ноябре|ноябрь "
    "декабря|декабре|декабрь",
    "uk": "січня|січні|січень лютого|лютому|лютий березня|березні|березень квітня|квітні|квітень травня|травні|травень "
    "червня|червні|червень липня|липні|липень серпня|серпні|серпень вересня|вересні|вересень жовтня|жовтні|жовтень "
    "листопада|листопаді|листопад грудня|грудні|грудень",
    "ar": "يناير فبراير مارس أبريل|ابريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
WEEKDAYS = {
    "de": "montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "ru": "понедельник вторник среду|среда четверг пятницу|пятница субботу|суббота воскресенье",
    "uk": "понеділок вівторок середу|середа четвер п'ятницю|п’ятницю|п'ятниця|п’ятниця суботу|субота неділю|неділя",
    "ar": "الاثنين|الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "zh": "星期一|周一 星期二|周二 星期三|周三 星期四|周四 星期五|周五 星期六|周六 星期日|周日|星期天",
}
NAMED_DAYS = {
    "de": "gestern heute",
    "fr": "hier aujourd'hui|aujourd’hui demain",
    "es": "ayer hoy mañana",
    "ru": "вчера сегодня завтра",
    "uk": "вчора сьогодні завтра",
    "ar": "أمس اليوم غدا|غداً",
    "zh": "昨天|昨日 今天|今日 明天|明日",
}
"""Yesterday, today, tomorrow. German "morgen" is the morning, too, and left out."""
SPACE = r"\s+"
BEHIND_THE_DAY = {"de": r"\.?\s+", "es": r"\s+de\s+", "fr": r"(?:er)?\s+"}
BEFORE_THE_YEAR = {"es": r"\s+(?:de\s+|del\s+)?"}
CHINESE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<number>1[0-2]|0?[1-9])月(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号])?"
)


@lru_cache(maxsize=64)
def rules_of(language: str | None) -> tuple[Rule, ...]:
    """The rules of a language; those of English where it is not told, and dates in digits alone where it has none."""
    if language in (None, "en"):
        return RULES
    rules: list[Rule] = list(NUMERIC)
    if language in WEEKDAYS:
        rules += [_weekdays(language), _named_days(language)]
    if language in MONTHS:
        rules += _dates(language)
    if language in ("zh", "ja"):
        rules.append((CHINESE, days.read_by_number))
    return tuple(rules)


def _table(words: str) -> dict[str, int]:
    return {form: number for number, forms in enumerate(words.split()) for form in forms.split("|")}


def _dates(language: str) -> tuple[Rule, Rule]:
    months = _table(MONTHS[language])
    month = rf"(?P<name>{alternatives(months)})"
    year = rf"{BEFORE_THE_YEAR.get(language, SPACE)}(?P<year>(?:19|20)\d\d)"
    day = rf"(?P<day>3[01]|[12]\d|0?[1-9]){BEHIND_THE_DAY.get(language, SPACE)}"

    def read(found: Found) -> str | None:
        return days.read_month_number(found, months[found["name"]] + 1)

    return _rule(rf"{day}{month}(?:{year})?", read, language), _rule(f"{month}{year}", read, language)


def _weekdays(language: str) -> Rule:
    names = _table(WEEKDAYS[language])

    def read(found: Found) -> str | None:
        return days.read_past_weekday(found, names[found["name"]])

    return _rule(rf"(?P<name>{alternatives(names)})", read, language)


def _named_days(language: str) -> Rule:
    names = _table(NAMED_DAYS[language])

    def read(found: Found) -> str | None:
        return days.read_day_offset(found, names[found["name"]] - 1)

    return _rule(rf"(?P<name>{alternatives(names)})", read, language)


def _rule(pattern: str, read: Read, language: str) -> Rule:
    bordered = pattern if language == "zh" else rf"(?<!\w)(?:{pattern})(?!\w)"
    return re.compile(bordered, re.IGNORECASE), read
