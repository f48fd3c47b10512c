"""The processed articles over HTTP, and the way in for pages that somebody hands over."""
