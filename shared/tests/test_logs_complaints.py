"""A library that repeats itself is heard once a minute; nobody else is silenced by it."""

import logging

from watchfloor.logs.complaints import PAUSE_SECONDS, Seldom


def entry(logger: str) -> logging.LogRecord:
    return logging.LogRecord(logger, logging.ERROR, "", 0, "is away", (), None)


def test_of_one_library_an_entry_a_minute_is_written() -> None:
    now = 100.0
    seldom = Seldom("aiokafka", lambda: now)
    assert [seldom.filter(entry(name)) for name in ("aiokafka", "aiokafka.conn", "watchfloor.gateway")] == [
        True,
        False,
        True,
    ]
    now += PAUSE_SECONDS
    assert seldom.filter(entry("aiokafka.consumer.fetcher"))
    assert seldom.filter(entry("aiokafkaesque"))
