"""Targets: the figure that each KPI should reach."""
