"""Mapping: lived journeys, designed maps, one against the other."""
