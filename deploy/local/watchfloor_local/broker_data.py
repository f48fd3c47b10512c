"""The broker's data folder before a start: whether it is one, and whether it is whole enough to be trusted.

Kafka itself recovers logs that were cut short by a kill. What it does not notice is a metadata log that is no longer
one: it starts with no topics, and the records that lie in the folder are unreachable without a word.
"""

from pathlib import Path

from watchfloor.errors import Stop

CLUSTER_ID = "d2F0Y2hmbG9vci1sb2NhbA"
METADATA = "__cluster_metadata-0"
BATCH_OVERHEAD = 12
"""A record batch (https://kafka.apache.org/documentation/#recordbatch) begins with its offset and its length."""
MAGIC_AT = 16
MAGIC = 2


def is_formatted(data: Path) -> bool:
    """Whether this folder is a broker's. Raises Stop where it was one and is damaged."""
    meta = data / "meta.properties"
    named = meta.exists() and f"cluster.id={CLUSTER_ID}" in meta.read_text(encoding="utf-8", errors="replace").split()
    if not named and (meta.exists() or any(data.glob(f"{METADATA}/*.log"))):
        raise _damaged(data, f"{meta.name} is missing, or is not one of ours")
    if any(data.glob("watchfloor.*-*/")) and not any(data.glob(f"{METADATA}/*")):
        raise _damaged(data, f"it holds topics, but {METADATA} is missing")
    for log in sorted(data.glob(f"{METADATA}/*.log")):
        if not holds_batches(log.read_bytes()):
            raise _damaged(data, f"{METADATA}/{log.name} is not a log of records")
    return named


def holds_batches(log: bytes) -> bool:
    r"""Whether these bytes are record batches, one after the other; the last may be cut short, or zeros.

    >>> holds_batches(bytes(8) + (10).to_bytes(4) + bytes(4) + b"\x02" + bytes(5)), holds_batches(b"garbage" * 10)
    (True, False)
    """
    at = 0
    while len(log) - at > MAGIC_AT:
        length = int.from_bytes(log[at + 8 : at + BATCH_OVERHEAD], signed=True)
        if not any(log[at : at + MAGIC_AT + 1]):
            return not any(log[at:])
        if length <= 0 or log[at + MAGIC_AT] != MAGIC:
            return False
        at += BATCH_OVERHEAD + length
    return True


def _damaged(data: Path, why: str) -> Stop:
    return Stop(f"is damaged: {why}", subject=str(data), remedy=f"restore it, or {move_away(data)}")


def move_away(data: Path) -> str:
    """What helps where the data cannot be read any more, and what that costs."""
    return f"move {data} away: articles that are in the store stay, pages still on their way must be handed in again"
