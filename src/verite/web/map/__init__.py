"""Lived journeys, planned against lived."""
