"""What else there is: links of pages and sections, and what becomes of what a list names. Pure."""
