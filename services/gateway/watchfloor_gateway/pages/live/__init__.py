"""The screen: live."""
