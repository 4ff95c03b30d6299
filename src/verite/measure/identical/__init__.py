"""The law of identical experience: the index, where the gaps come from, the cells."""

from verite.measure.identical.judging import identical

__all__ = ["identical"]
