"""Listening: files of other systems become interactions."""
