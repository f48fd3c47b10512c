"""The screen: search."""
