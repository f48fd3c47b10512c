"""WARC files (ISO 28500) to records and pages: in a stream, bounded, from any place on."""
