"""Readers, one folder per kind of source."""
