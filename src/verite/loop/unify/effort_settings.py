"""The tables `[effort]` and `[story]` of verite.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from verite.ledger.efforts import DAY_US, EffortRules
from verite.measure.definitions import Definitions
from verite.words.errors import BadInput

COST_PER_MINUTE: Final = 0.75  # a supposition, not a measure: 45 an hour, all charges in
CURRENCY: Final = "EUR"
PROMISE_STEPS: Final = ("promise", "call_back", "callback", "rappel", "refund", "technician")
_SECONDS: Final = {"retell_s": 120.0, "redo_s": 180.0}
_ANY_MOTIVE: Final = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortSettings:
    """What counts, and what a paid minute costs; `supposed` until the company says its own."""

    rules: EffortRules
    cost_per_minute: float = COST_PER_MINUTE
    currency: str = CURRENCY
    is_supposed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySettings:
    """What may be granted, by motive; the names of steps that are promises of ours."""

    grants: tuple[tuple[str, tuple[str, ...]], ...] = ()
    promise_steps: tuple[str, ...] = PROMISE_STEPS

    def grants_for(self, motive: str | None) -> tuple[str, ...]:
        """What the reader may give without asking: for this motive, else by default.

        >>> StorySettings(grants=(("default", ("10 €",)),)).grants_for("outage")
        ('10 €',)
        """
        known = dict(self.grants)
        return known.get(motive or _ANY_MOTIVE, known.get(_ANY_MOTIVE, ()))


def read_effort(table: Mapping[str, object], definitions: Definitions) -> EffortSettings:
    """The settings of effort; repeats and contacts are those of `[definitions]`.

    >>> read_effort({"cost_per_minute": 1}, Definitions()).cost_per_minute
    1.0
    """
    known = ("cost_per_minute", "currency", *_SECONDS)
    for name in table:
        if name not in known:
            raise _unknown("effort", name, known)
    currency = table.get("currency", CURRENCY)
    if not isinstance(currency, str) or len(currency) != 3 or not currency.isupper():
        raise _wrong("effort", "currency", currency)
    said = {name: _positive(name, table.get(name, usual)) for name, usual in _SECONDS.items()}
    rules = EffortRules(
        contact_kinds=definitions.contact_kinds,
        bot_channels=definitions.bot_channels,
        repeat_us=int(definitions.repeat_days * DAY_US),
        retell_s=said["retell_s"],
        redo_s=said["redo_s"],
    )
    return EffortSettings(
        rules=rules,
        cost_per_minute=_positive("cost_per_minute", table.get("cost_per_minute", COST_PER_MINUTE)),
        currency=currency,
        is_supposed="cost_per_minute" not in table,
    )


def read_story(table: Mapping[str, object]) -> StorySettings:
    """The settings of the story.

    >>> read_story({"grants": {"outage": ["20 €"]}}).grants_for("outage")
    ('20 €',)
    """
    known = ("grants", "promise_steps", "embed_origins", "card_days")  # the last two: cards
    for name in table:
        if name not in known:
            raise _unknown("story", name, known)
    grants = table.get("grants", {})
    if not isinstance(grants, dict):
        raise _wrong("story", "grants", grants)
    steps = table.get("promise_steps", list(PROMISE_STEPS))
    return StorySettings(
        grants=tuple((str(motive), _texts("grants", said)) for motive, said in grants.items()),
        promise_steps=_texts("promise_steps", steps),
    )


def _positive(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e6:
        raise _wrong("effort", name, value)
    return float(value)


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _wrong("story", name, value)
    return tuple(value)


def _unknown(table: str, name: str, known: tuple[str, ...]) -> BadInput:
    fields = {"table": table, "name": name, "known": ", ".join(known)}
    return BadInput("unknown_setting", fields=fields)


def _wrong(table: str, name: str, value: object) -> BadInput:
    return BadInput("bad_setting", fields={"table": table, "name": name, "value": value})
