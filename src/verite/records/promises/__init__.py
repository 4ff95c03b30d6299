"""Promises as people wrote them, every version kept."""
