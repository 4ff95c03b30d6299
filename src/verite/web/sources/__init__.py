"""The page of live sources: made, shown once, closed."""
