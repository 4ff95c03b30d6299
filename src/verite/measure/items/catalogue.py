"""The items: those that ship as data, and one per value that the company declared."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from verite.sentences.typography import typeset
from verite.words.inside import Value
from verite.words.items import VALUE_PREFIX, Audience, Item, Topic, Wording

LANGUAGES: Final = ("fr", "en")


@lru_cache
def shipped_items() -> tuple[Item, ...]:
    """The questions that customers answer, in the order of the file.

    >>> [one.key for one in shipped_items()][:2]
    ['staff_appearance', 'staff_attitude']
    """
    told = _read()
    return tuple(
        Item(
            key=key,
            topic=Topic(entry["topic"]),
            audience=Audience.CUSTOMERS,
            wordings=_wordings(entry),
            source=entry["source"],
        )
        for key, entry in told.items()
        if not key.startswith("_")
    )


def items_of(values: tuple[Value, ...]) -> tuple[Item, ...]:
    """The questions that ship, then those that ask staff about each value.

    >>> items_of((Value(key="listening", names=(("en", "Listening"),)),))[-1].wording("en").text
    'I know what the value “Listening” asks of me in my work.'
    """
    asked = _read()["_value"]
    return (*shipped_items(), *(_about(one, asked) for one in values))


def is_item(metric: str) -> bool:
    """Whether a metric is a question of ours.

    >>> is_item("staff_skill"), is_item("value_listening"), is_item("csat")
    (True, True, False)
    """
    return metric.startswith(VALUE_PREFIX) or any(one.key == metric for one in shipped_items())


def _about(value: Value, asked: Mapping[str, str]) -> Item:
    return Item(
        key=VALUE_PREFIX + value.key,
        topic=Topic.VALUES,
        audience=Audience.STAFF,
        wordings=_wordings({lang: asked[lang].format(name=value.name(lang)) for lang in LANGUAGES}),
        source=asked["source"],
    )


def _wordings(texts: Mapping[str, str]) -> tuple[Wording, ...]:
    ends = _read()["_ends"]
    return tuple(
        Wording(
            language=lang,
            text=typeset(texts[lang], lang),
            low=typeset(ends[lang]["low"], lang),
            high=typeset(ends[lang]["high"], lang),
        )
        for lang in LANGUAGES
    )


@lru_cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads((files("verite.measure.items") / "items.toml").read_text("utf-8"))
