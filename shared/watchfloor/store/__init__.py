"""The door to the store."""
