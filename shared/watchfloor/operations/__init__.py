"""The port for whoever operates a service: `/healthz`, `/readyz` and `/metrics` of scraper, parser, enricher and indexer.

The gateway answers the same on its own port.
"""
