"""The screen: sources."""
