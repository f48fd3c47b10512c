"""Why an article is here or not: the list of reasons, and what the store's answers say of an address."""
