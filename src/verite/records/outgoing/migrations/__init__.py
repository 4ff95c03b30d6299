"""Changes of these tables, in order."""
