"""How each source is: what was seen of it lately, and what that means."""
