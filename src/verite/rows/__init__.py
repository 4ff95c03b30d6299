"""A result as plain rows: the one source of text, JSON, CSV, Excel and HTML tables."""
