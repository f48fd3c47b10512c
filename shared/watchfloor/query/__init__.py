"""The query language: text to a tree that each store, and `tail` in memory, reads."""
