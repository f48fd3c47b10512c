"""Which key does what, and what a reader has made of that."""
