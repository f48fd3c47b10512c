"""Every metric, once, with its meaning. A label takes its values from a short list of ours or the operator's, never from outside."""

from prometheus_client import Counter, Gauge, Histogram

READY = Gauge("watchfloor_ready", "1 while a service says that it is at work, as /readyz", ("stage",))
LAG_RECORDS = Gauge(
    "watchfloor_lag_records", "Records before a stage, of the partitions that this worker has", ("stage",)
)
LAG_SECONDS = Gauge(
    "watchfloor_lag_seconds", "Age of the oldest of them, since it was written; 0 where there is none", ("stage",)
)
EVENTS_HANDLED = Counter("watchfloor_events_handled", "Events handled, by how they ended", ("stage", "outcome"))
EVENTS_PUBLISHED = Counter("watchfloor_events_published", "Events that the broker acknowledged", ("stage", "type"))
HANDLING_SECONDS = Histogram("watchfloor_handling_seconds", "From taking an event to its acknowledgement", ("stage",))
RETRIES = Counter("watchfloor_retries", "Attempts beyond the first", ("stage",))
BREAKER_OPEN = Gauge("watchfloor_breaker_open", "1 while a stage is paused by its breaker", ("stage",))
DEAD_LETTERS = Counter(
    "watchfloor_dead_letters",
    "Records sent to the dead letters: unreadable, rejected by the stage, or by an unforeseen error",
    ("stage", "reason"),
)
DEAD_LETTER_REASONS = ("unreadable", "rejected", "unforeseen")
PAGES_ENDED = Counter("watchfloor_pages_ended", "Pages that hold no article, by article_type", ("article_type",))
HTTP_REQUESTS = Counter("watchfloor_http_requests", "Requests answered by the gateway", ("method", "route", "status"))
HTTP_SECONDS = Histogram("watchfloor_http_seconds", "From request to answer", ("route",))
SOURCES = Gauge("watchfloor_sources", "Configured sources, by how they are", ("state",))
SOURCE_ILL_SINCE = Gauge(
    "watchfloor_source_ill_since_seconds",
    "Since when a source is down, silent or late, since the epoch; of the others there is none, and never of over 100",
    ("source", "state"),
)
VISITS = Counter(
    "watchfloor_visits", "Visits of the crawl, by kind of address and what was decided", ("kind", "verdict")
)
VISIT_SECONDS = Histogram("watchfloor_visit_seconds", "From the request to what follows from its answer", ("kind",))
KNOWN_ADDRESSES = Gauge("watchfloor_known_addresses", "Addresses that the crawl knows", ("kind",))
STREAM_CLIENTS = Gauge("watchfloor_stream_clients", "Clients that listen, by the form of their events", ("form",))
STREAM_EVENTS = Counter("watchfloor_stream_events", "Events sent to all clients, by their name", ("event",))
STREAM_GAPS = Counter("watchfloor_stream_gaps", "Times that a client was told of a gap")
STREAM_RING = Gauge(
    "watchfloor_stream_ring", "What is kept for clients that are behind, in records and in bytes", ("unit",)
)
STORE_BYTES = Gauge("watchfloor_store_bytes", "Size of the store's files: the database, and its log", ("file",))
DISK_FREE_BYTES = Gauge("watchfloor_disk_free_bytes", "Free on the disk of the data folder")
MEMORY_BYTES = Gauge(
    "watchfloor_memory_bytes", "Of the service and the processes that it started, what they share counted once"
)
CLOCK_SECONDS = Gauge("watchfloor_clock_seconds", "The service's clock when it was asked, since the epoch")
