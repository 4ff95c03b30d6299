"""The page of identical experience: the index and all that must stand beside it."""
