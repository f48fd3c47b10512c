"""Sources to fetched pages: what feeds, sitemaps and robots.txt say, and pages read from files."""
