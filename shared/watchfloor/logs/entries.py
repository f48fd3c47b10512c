"""The name of every entry, once, with what it says. Names are stable: alarms and habits rest on them."""

import logging

from watchfloor.logs.context import Fact

LIBRARY = "library_said"
EVENTS: dict[str, str] = {
    "service_started": "a service begins; its settings could be read",
    "service_ended": "a service ends because it was asked to, or has done its work",
    "service_failed": "a service ends because it cannot go on; whoever watches it starts it again",
    "stop_forced": "a service did not stop in time and ended itself; what was finished is committed",
    "stop_step_failed": "one step of a stop did not end well; the stop went on",
    "status_unwritable": "the status file cannot be written: mostly a full disk",
    "thread_failed": "a thread of the process ended by an error",
    "broker_awaited": "a service waits for the broker before it can begin",
    "broker_away": "a service at work does not reach the broker any more",
    "broker_back": "the broker answers again",
    "partitions_assigned": "a stage was given partitions, at the start or because another worker came or went",
    "claims_swept": "large records were deleted that no topic refers to any more",
    "record_handled": "a record went through (only with WATCHFLOOR_LOG_LEVEL=debug)",
    "retry_scheduled": "something failed for now and is tried again; its partition waits",
    "record_rejected": "a record goes to the dead letters",
    "rejection_untold": "a rejection could not be noted on its page's trail; the dead letter is safe",
    "breaker_opened": "a burst of failures paused a stage",
    "breaker_trial_failed": "the record that is tried while a stage is paused failed again",
    "breaker_closed": "a paused stage goes on",
    "record_passed_over": "a record of articles.latest could not be read and was left out",
    "store_updating": "the store of an earlier version is being brought up to date; nothing is indexed meanwhile",
    "store_updated": "the store is up to date",
    "checkpoint_postponed": "the store's log could not be brought home in this pause: somebody reads for long",
    "request_failed": "the gateway answered 500; the traceback says why",
    "problem_page_failed": "an error could not be shown as a page and was sent as JSON",
    "stream_waits": "the streams wait for the broker",
    "stream_restarted": "the streams' reading began anew; clients that are behind are told of a gap",
    "withdrawal_unknown": "the store could not say whether an article was withdrawn before; clients may hear of it twice",
    "sources_changed": "a changed sources.yaml was taken over",
    "sources_refused": "a changed sources.yaml is wrong; the sources stay as they were",
    "contact_missing": "sources.yaml names no contact any more; the crawler goes on under the last one",
    "visit_repeated": "a visit could not be kept and is made again",
    "visit_failed": "a visit ended in a fault of ours; the traceback says which",
    "robots_ignored": "somebody asked the demonstration newsroom for what its robots.txt forbids",
    "maven_failed": "mvn did not bring the broker's jars; they are fetched without it",
    LIBRARY: "a library, or Python itself, warns; its name stands in `logger`",
}


def event(name: str, **facts: Fact) -> dict[str, object]:
    """The name of an entry, one of EVENTS, as `extra` of a call to a logger.

    `facts` (FIELDS of context.py) say what this entry is about, where the task's own do not.
    """
    return {"event": name, "facts": facts}


def name_of(record: logging.LogRecord) -> str:
    """The name of an entry; what was not written by us has that of the libraries."""
    name = getattr(record, "event", LIBRARY)
    return name if name in EVENTS else LIBRARY
