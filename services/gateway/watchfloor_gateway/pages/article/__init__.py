"""The screen: article."""
