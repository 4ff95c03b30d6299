"""The JSON document of a result, in the keys of the contract, and its flat table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from typing import TypeAlias

from verite.words.asked import About
from verite.words.errors import WrongUse
from verite.words.estimate import Estimate

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Row: TypeAlias = Mapping[str, Json]


@singledispatch
def document(result: object) -> dict[str, Json]:
    """The result as one JSON object: the keys of its command, then those of every answer."""
    raise WrongUse("no_document", fields={"type": type(result).__name__})


@singledispatch
def table(result: object) -> list[Row]:
    """The result as flat rows, one dictionary per line of its table."""
    raise WrongUse("no_table", fields={"type": type(result).__name__})


def about_keys(about: About) -> dict[str, Json]:
    """What every answer says about itself."""
    keys: dict[str, Json] = {
        "asked": about.asked,
        "as_of": about.as_of.isoformat() if about.as_of else None,
        "ledger_version": about.ledger_version,
        "people_version": about.people_version,
        "notes": list(about.notes),
    }
    if about.window is not None:
        keys["window"] = {
            "since": about.window.start.isoformat(),
            "until": about.window.end.isoformat(),
        }
    return keys


def estimate_keys(estimate: Estimate) -> dict[str, Json]:
    """An estimate as the contract prints it; a withheld number is null.

    >>> from verite.words.estimate import Status, Unit
    >>> few = Estimate(value=None, low=1.0, high=2.0, n=9, unit=Unit.SECONDS,
    ...                method="median", status=Status.FEW)
    >>> estimate_keys(few)["value"], estimate_keys(few)["status"]
    (None, 'few')
    """
    return {
        "value": _plain(estimate.value),
        "low": _plain(estimate.low),
        "high": _plain(estimate.high),
        "level": estimate.level,
        "n": estimate.n,
        "people": estimate.people,
        "unit": estimate.unit.value,
        "better": estimate.better.value if estimate.better else None,
        "status": estimate.status.value,
        "method": estimate.method,
    }


def _plain(number: float | None) -> float | None:
    """Rounded to ten significant digits, so that JSON carries no binary dust."""
    return None if number is None else float(f"{number:.10g}")
