"""Expressions of time in an article, and the moments and durations that they mean."""

from watchfloor_enricher.times.finder import find_times

__all__ = ["find_times"]
