"""The rows of a list of articles, as search and the live list show them."""
