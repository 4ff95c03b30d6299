"""Contacts under way that should become a call."""
