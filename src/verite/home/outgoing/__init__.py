"""Calls to the outside: one client, which checks where it connects."""
