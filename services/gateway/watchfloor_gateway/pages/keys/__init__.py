"""The screen: keys."""
