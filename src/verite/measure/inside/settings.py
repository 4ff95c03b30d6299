"""What is fixed in advance: tables `[values]` and `[answers]` of verite.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from verite.words.errors import BadInput
from verite.words.inside import Value

_KEY: Final = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
_LANGUAGES: Final = ("fr", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuesSettings:
    """The values declared. Shares are from 0 to 1; `staff` is how many people were asked."""

    values: tuple[Value, ...] = ()
    threshold: float = 0.8  # known by all: at least this share
    margin: float = 0.1  # two teams are alike within this
    staff: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersSettings:
    """From which probability two channels are said to give the same answer."""

    same_from: float = 0.9


def read_values_settings(table: Mapping[str, object]) -> ValuesSettings:
    """The settings written in `[values]`; one clear refusal for what cannot be.

    >>> read_values_settings({"names": {"listening": "Écoute"}}).values[0].name("en")
    'Écoute'
    """
    known = {"names", "threshold", "margin", "staff"}
    for key in table:
        if key not in known:
            raise _refused("values", key, table[key])
    plain = ValuesSettings()
    staff = table.get("staff")
    if staff is not None and (isinstance(staff, bool) or not isinstance(staff, int) or staff < 1):
        raise _refused("values", "staff", staff)
    return ValuesSettings(
        values=_values(table.get("names", {})),
        threshold=_share("values", "threshold", table.get("threshold", plain.threshold)),
        margin=_share("values", "margin", table.get("margin", plain.margin)),
        staff=staff,
    )


def read_answers_settings(table: Mapping[str, object]) -> AnswersSettings:
    """The settings written in `[answers]`.

    >>> read_answers_settings({"same_from": 0.8}).same_from
    0.8
    """
    for key in table:
        if key != "same_from":
            raise _refused("answers", key, table[key])
    given = table.get("same_from", AnswersSettings().same_from)
    return AnswersSettings(same_from=_share("answers", "same_from", given))


def _values(given: object) -> tuple[Value, ...]:
    if not isinstance(given, Mapping):
        raise _refused("values", "names", given)
    return tuple(_value(str(key), name) for key, name in given.items())


def _value(key: str, given: object) -> Value:
    """A name for both languages, or one by language."""
    names = dict.fromkeys(_LANGUAGES, given) if isinstance(given, str) else given
    if not _KEY.match(key) or not isinstance(names, Mapping) or not names:
        raise _refused("values", f"names.{key}", given)
    told = [(str(lang), str(name).strip()) for lang, name in names.items()]
    if any(lang not in _LANGUAGES or not name for lang, name in told):
        raise _refused("values", f"names.{key}", given)
    return Value(key=key, names=tuple(told))


def _share(table: str, key: str, given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given < 1:
        raise _refused(table, key, given)
    return float(given)


def _refused(table: str, key: str, given: object) -> BadInput:
    return BadInput("bad_settings", fields={"detail": f"[{table}] {key} = {given}"})
