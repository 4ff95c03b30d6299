"""Designed maps with their versions, and the owner of each touchpoint."""
