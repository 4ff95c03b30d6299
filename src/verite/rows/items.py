"""Rows of the items: what to copy into a survey, one line per question."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, table
from verite.words.items import Item, Items


@document.register
def _items(result: Items) -> dict[str, Json]:
    return {"items": [_item(one) for one in result.items], **about_keys(result.about)}


@table.register
def _table(result: Items) -> list[Row]:
    """One line per question, both languages side by side."""
    return [_item(one) for one in result.items]


def _item(one: Item) -> dict[str, Json]:
    told: dict[str, Json] = {
        "column": one.key,
        "topic": one.topic.value,
        "audience": one.audience.value,
        "scale_min": one.scale.low,
        "scale_max": one.scale.high,
        "polarity": one.scale.polarity.value,
    }
    for words in one.wordings:
        told[f"text_{words.language}"] = words.text
        told[f"low_{words.language}"] = words.low
        told[f"high_{words.language}"] = words.high
    return {**told, "source": one.source}
