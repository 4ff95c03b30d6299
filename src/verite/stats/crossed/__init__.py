"""Crossed random effects by REML, from sums that one pass over the rows makes."""
