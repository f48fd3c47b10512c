"""Where on earth a name lies: one compiled file of names, shared read-only by all processes."""

from watchfloor.gazetteer.lookup import Candidate, Gazetteer, open_gazetteer

__all__ = ["Candidate", "Gazetteer", "open_gazetteer"]
