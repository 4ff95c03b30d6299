"""Genesys Cloud: the detail events of conversations."""
