"""Moments of truth: the page of all of them, one page each, what people declare."""
