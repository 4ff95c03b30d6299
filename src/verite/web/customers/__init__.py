"""Customers: found by an identity or by what they went through, told in one card."""
