"""Erasures: that each was done, when, by whom and how much; what records say of one person."""
