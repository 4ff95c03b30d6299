"""An item is about how customers were looked after, never about a named employee."""

from __future__ import annotations

from collections.abc import Sequence

from verite.measure.items.catalogue import is_item
from verite.words.errors import WrongUse


def refuse_by_agent(metrics: Sequence[str], by: Sequence[str]) -> None:
    """Refuses an item by agent, whatever the works council said. Raises `WrongUse`.

    >>> refuse_by_agent(("csat",), ("agent",))
    >>> refuse_by_agent(("staff_skill",), ("team",))
    """
    asked = next((metric for metric in metrics if is_item(metric)), None)
    if asked is not None and "agent" in by:
        raise WrongUse("item_by_agent", fields={"item": asked})
