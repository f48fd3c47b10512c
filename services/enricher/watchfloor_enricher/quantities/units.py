"""Units of measure and currencies: how they are printed, and the one symbol that each has here."""

import re

UNITS = {
    "km": "km|kms|kilometres?|kilometers?",
    "m": "m|metres?|meters?",
    "cm": "cm|centimetres?|centimeters?",
    "mm": "mm|millimetres?|millimeters?",
    "mi": "mi|miles?",
    "nmi": "nm|nautical[-\\s]miles?",
    "ft": "ft|feet|foot",
    "in": "inch|inches",
    "yd": "yards?",
    "km²": "sq\\.?\\s?km|km2|km²|square[-\\s]kilomet(?:re|er)s?",
    "mi²": "square[-\\s]miles?|sq\\.?\\s?mi",
    "m²": "square[-\\s]met(?:re|er)s?|m2|m²",
    "ha": "ha|hectares?",
    "acre": "acres?",
    "kg": "kg|kgs|kilos?|kilograms?|kilogrammes?",
    "g": "grams?|grammes?",
    "t": "t|tonnes?|tons?|metric[-\\s]tons?",
    "lb": "lbs?|pounds?",
    "kt": "kilotons?|kilotonnes?",
    "Mt": "megatons?|megatonnes?",
    "l": "litres?|liters?",
    "gal": "gallons?",
    "bbl": "barrels?",
    "m³": "cubic[-\\s]met(?:re|er)s?|m3|m³",
    "km/h": "km/h|kph|kmh|kilomet(?:re|er)s?\\s(?:an|per)\\shour",
    "mph": "mph|miles?\\s(?:an|per)\\shour",
    "kn": "knots?",
    "kW": "kW|kilowatts?",
    "MW": "MW|megawatts?",
    "GW": "GW|gigawatts?",
    "kWh": "kWh|kilowatt[-\\s]hours?",
    "MWh": "MWh|megawatt[-\\s]hours?",
    "GB": "GB|gigabytes?",
    "TB": "TB|terabytes?",
    "MB": "MB|megabytes?",
    "GHz": "GHz|gigahertz",
    "MHz": "MHz|megahertz",
    "°C": "°\\s?C|degrees\\sCelsius",
    "°F": "°\\s?F|degrees\\sFahrenheit",
    "%": "%|percent|per\\scent|pct",
    "pp": "percentage[-\\s]points?",
    "bp": "basis\\spoints?",
}
CURRENCIES = {
    "USD": "(?:US\\s)?dollars?|USD|American\\sdollars?",
    "EUR": "euros?|EUR",
    "GBP": "pounds?\\ssterling|GBP|British\\spounds?",
    "RUB": "ro?ubles?|RUB",
    "UAH": "hryvnias?|hryvnya|UAH",
    "CNY": "yuan|renminbi|CNY|RMB",
    "JPY": "yen|JPY",
    "INR": "rupees?|INR",
    "ILS": "shekels?|ILS",
    "TRY": "liras?|TRY",
    "PLN": "zlotys?|złoty|PLN",
    "CHF": "Swiss\\sfrancs?|CHF",
    "SEK": "Swedish\\skron(?:a|or)|SEK",
    "NOK": "Norwegian\\skron(?:e|er)|NOK",
    "KRW": "won|KRW",
    "SAR": "riyals?|SAR",
    "AED": "dirhams?|AED",
    "IRR": "rials?|IRR",
    "IQD": "dinars?",
    "MXN": "pesos?",
    "ZAR": "rand",
    "AUD": "Australian\\sdollars?|AUD",
    "CAD": "Canadian\\sdollars?|CAD",
}
SYMBOLS = {
    "US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "R$": "BRL", "$": "USD", "€": "EUR",
    "£": "GBP", "¥": "JPY", "₴": "UAH", "₽": "RUB", "₹": "INR", "₪": "ILS", "₺": "TRY", "₩": "KRW",
}  # fmt: skip
SYMBOL = "|".join(sorted(map(re.escape, SYMBOLS), key=len, reverse=True))
ANY_UNIT = "|".join(
    sorted([*UNITS.values(), *CURRENCIES.values()], key=lambda each: "/h" not in each and "hour" not in each)
)
UNIT = re.compile(rf"(?P<gap>[\s\u00a0-]?)(?P<unit>(?:{ANY_UNIT}))(?![\w/])", re.IGNORECASE)
FULL = {symbol: re.compile(pattern, re.IGNORECASE) for symbol, pattern in (CURRENCIES | UNITS).items()}


def unit_of(printed: str) -> str | None:
    """The symbol of a unit or the ISO 4217 code of a currency, as printed; None where it is none.

    >>> unit_of("kilometres"), unit_of("per cent"), unit_of("euros"), unit_of("$"), unit_of("horses")
    ('km', '%', 'EUR', 'USD', None)
    """
    if printed in SYMBOLS:
        return SYMBOLS[printed]
    return next((symbol for symbol, pattern in FULL.items() if pattern.fullmatch(printed)), None)
