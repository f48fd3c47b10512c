"""`sources.yaml`: what it says, that it is right, watching it, and changing it. A site in it is an outlet."""

from watchfloor_scraper.configuration.configuration import Configuration
from watchfloor_scraper.configuration.coverage import Coverage, CoverageCode
from watchfloor_scraper.configuration.editor import add_outlet, merge, set_paused
from watchfloor_scraper.configuration.faults import Fault, InvalidConfiguration
from watchfloor_scraper.configuration.identification import user_agent
from watchfloor_scraper.configuration.merging import Merged
from watchfloor_scraper.configuration.opml import ReadingList, export_opml, import_opml
from watchfloor_scraper.configuration.outlet import Outlet
from watchfloor_scraper.configuration.reading import read_configuration, read_outlet
from watchfloor_scraper.configuration.rhythm import Cadence, Revisit
from watchfloor_scraper.configuration.watching import Change, ConfigurationFile, load

__all__ = [
    "Cadence",
    "Change",
    "Configuration",
    "ConfigurationFile",
    "Coverage",
    "CoverageCode",
    "Fault",
    "InvalidConfiguration",
    "Merged",
    "Outlet",
    "ReadingList",
    "Revisit",
    "add_outlet",
    "export_opml",
    "import_opml",
    "load",
    "merge",
    "read_configuration",
    "read_outlet",
    "set_paused",
    "user_agent",
]
