"""Items: questions ready to be copied into any survey, and the wording of a company's values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verite.words.asked import About
from verite.words.interaction import Scale

VALUE_PREFIX = "value_"  # of the column and the metric that ask whether a value is known


class Topic(StrEnum):
    """What an item asks about."""

    STAFF = "staff"  # the person who looked after the customer
    PRODUCT = "product"  # the product or service in use
    VALUES = "values"  # whether staff know what the company stands for


class Audience(StrEnum):
    """Who answers."""

    CUSTOMERS = "customers"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """An item in one language: the sentence, and the words at both ends of the scale."""

    language: str
    text: str
    low: str
    high: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question. `key` is the column to name it by, so that an import knows it by itself."""

    key: str
    topic: Topic
    audience: Audience
    wordings: tuple[Wording, ...]
    source: str  # of the idea; the words are our own
    scale: Scale = Scale(low=1, high=5)  # noqa: RUF009

    def wording(self, lang: str) -> Wording:
        """The item in a language; the first one there is when it lacks it."""
        return next((one for one in self.wordings if one.language == lang), self.wordings[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """Every item: those that ship, then the values that this company declared."""

    about: About
    items: tuple[Item, ...]
