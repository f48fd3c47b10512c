"""What sites say to robots, kept with the frontier."""

import sqlite3
from dataclasses import astuple, fields

from watchfloor_scraper.politeness.robots_policy import RobotsRecord
from watchfloor_scraper.politeness.tdmrep import TdmRecord

ROBOTS = ", ".join(field.name for field in fields(RobotsRecord))
TDM = ", ".join(field.name for field in fields(TdmRecord))


def robots(base: sqlite3.Connection, host: str) -> RobotsRecord | None:
    """The robots.txt of a host as it was last read, expired or not."""
    row = base.execute(f"SELECT {ROBOTS} FROM robots WHERE host = ?", (host,)).fetchone()  # noqa: S608 - constant
    return RobotsRecord(*row) if row else None


def keep_robots(base: sqlite3.Connection, host: str, record: RobotsRecord) -> None:
    """Keep a robots.txt in place of the one before."""
    marks = ", ".join("?" * len(fields(record)))
    base.execute(f"INSERT OR REPLACE INTO robots (host, {ROBOTS}) VALUES (?, {marks})", (host, *astuple(record)))  # noqa: S608


def tdm(base: sqlite3.Connection, host: str) -> TdmRecord | None:
    """The tdmrep.json of a host as it was last read, expired or not."""
    row = base.execute(f"SELECT {TDM} FROM tdm WHERE host = ?", (host,)).fetchone()  # noqa: S608 - constant
    return TdmRecord(*row) if row else None


def keep_tdm(base: sqlite3.Connection, host: str, record: TdmRecord) -> None:
    """Keep a tdmrep.json in place of the one before."""
    marks = ", ".join("?" * len(fields(record)))
    base.execute(f"INSERT OR REPLACE INTO tdm (host, {TDM}) VALUES (?, {marks})", (host, *astuple(record)))  # noqa: S608
