"""The scraper's own memory: what is known, what is due when, how often each host may be asked. One SQLite file."""

from watchfloor_scraper.frontier.frontier import Frontier
from watchfloor_scraper.frontier.hosts import host_key
from watchfloor_scraper.frontier.records import CONFIGURED, Finding, HostState, Kind, Outcome, Tallies, Target

__all__ = ["CONFIGURED", "Finding", "Frontier", "HostState", "Kind", "Outcome", "Tallies", "Target", "host_key"]
