"""Vérité: one cumulative customer experience."""
