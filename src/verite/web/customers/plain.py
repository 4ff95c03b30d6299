"""The story as plain text, to paste into any other tool."""

from __future__ import annotations

from verite.web.customers.told import CustomerPage
from verite.web.language import language


def plain_story(told: CustomerPage) -> str:
    """Headline, figures, what to know, then what happened, line by line."""
    head = f"{told.headline} ({told.tag})" if told.tag else told.headline
    costs = " · ".join(f"{cost.figure} {cost.told}" for cost in told.costs if cost.is_hot)
    colon = "\u202f: " if language() == "fr" else ": "
    parts = [f"{part.name}{colon}{' '.join(part.lines)}" for col in told.parts for part in col]
    lines = []
    for line in told.lines:
        when = f"{line.day}, {line.hour}" if line.day else line.hour
        lines.append(f"{when} – {line.title}" + (f". {line.detail}" if line.detail else ""))
    blocks = [told.kicker, head, costs, *parts, "", *lines]
    return "\n".join(block for block in blocks if block or block == "").strip()
