"""Items that ship: questions about staff and product, and whether a value is known."""

from __future__ import annotations

from verite.measure.items.catalogue import is_item, items_of, shipped_items
from verite.measure.items.refusing import refuse_by_agent

__all__ = ["is_item", "items_of", "refuse_by_agent", "shipped_items"]
