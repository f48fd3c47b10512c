"""Drawings by the server: SVG as numbers and words, which the templates print as attributes."""
