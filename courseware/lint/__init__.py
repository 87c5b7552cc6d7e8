"""What an author must get right, told all at once: a course held against a table of rules."""
