"""When the page says it was published and changed."""

from watchfloor_parser.dates.reading import Dates, read_dates

__all__ = ["Dates", "read_dates"]
