"""A dry run for an outlet: what its site offers and allows, and what would be fetched. It asks for no article."""

from watchfloor_scraper.checking.asker import Asker
from watchfloor_scraper.checking.check import check_outlet
from watchfloor_scraper.checking.detection import outlet_at
from watchfloor_scraper.checking.lines import lines_of
from watchfloor_scraper.checking.report import EntryJudged, HostRules, ListRead, Place, Report
from watchfloor_scraper.checking.settling import with_lists

__all__ = [
    "Asker",
    "EntryJudged",
    "HostRules",
    "ListRead",
    "Place",
    "Report",
    "check_outlet",
    "lines_of",
    "outlet_at",
    "with_lists",
]
