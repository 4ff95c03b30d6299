"""One customer: the story so far, effort and repetition."""

from __future__ import annotations

from verite.home.door import Door


class Customers(Door):
    """The story of one customer, and what repetition costs."""
