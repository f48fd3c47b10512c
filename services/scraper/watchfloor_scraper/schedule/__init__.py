"""When to come again: to lists, to articles, after failures. Pure; seconds and seconds since 1970."""
