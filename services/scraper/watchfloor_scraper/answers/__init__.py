"""What follows from an answer, or from none: what is said of a page, what is kept of it, what becomes known. Pure."""
