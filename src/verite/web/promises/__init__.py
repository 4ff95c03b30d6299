"""Promises: how they are kept, by hour and day; written, changed and withdrawn by people."""
