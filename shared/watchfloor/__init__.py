"""What the services of Watchfloor must agree on, and nothing else: contract, delivery, store, query language."""
