"""Reading one key of a table of a designed map: its type, its bounds, its error."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from verite.loop.map.places import Place

Names = tuple[tuple[str, str], ...]
Table = Mapping[str, object]
Axis = TypeVar("Axis", bound=StrEnum)
VERSIONS_AT_MOST: Final = 1_000_000


def check_keys(place: Place, table: Table, known: tuple[str, ...]) -> None:
    """Refuses a key that no map has: most often a slip of the pen."""
    for key in table:
        if key not in known:
            raise place.error("design_unknown_key", key, {"known": ", ".join(known)})


def read_text(place: Place, table: Table, key: str) -> str:
    """A text that must be there."""
    value = read_optional_text(place, table, key)
    if value is None:
        raise place.error("design_missing", key)
    return value


def read_optional_text(place: Place, table: Table, key: str) -> str | None:
    """A text that is not empty, None when absent."""
    if key not in table:
        return None
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise place.error("design_type", key, {"expected": '"…"'})
    return value


def read_texts(place: Place, table: Table, key: str) -> tuple[str, ...]:
    """A list of texts, empty when absent."""
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
        raise place.error("design_type", key, {"expected": '["…", "…"]'})
    return tuple(values)


def read_names(place: Place, table: Table, language: str, key: str) -> Names:
    """A name per language; the key itself where no name is given."""
    names = table.get("names", {language: key})
    if isinstance(names, str):
        names = {language: names}
    good = isinstance(names, dict) and all(isinstance(n, str) and n.strip() for n in names.values())
    if not isinstance(names, dict) or not good or not names:
        raise place.error("design_type", "names", {"expected": '{ fr = "…", en = "…" }'})
    return tuple(names.items())


def read_axis(place: Place, table: Table, key: str, axis: type[Axis]) -> Axis | None:
    """One of the two ends of an axis, None when absent."""
    value = read_optional_text(place, table, key)
    if value is None:
        return None
    allowed = tuple(member.value for member in axis)
    if value not in allowed:
        raise place.error("design_value", key, {"value": value, "allowed": ", ".join(allowed)})
    return axis(value)


def read_feeling(place: Place, table: Table, key: str) -> float | None:
    """A number in [-1, 1], None when absent."""
    value = table.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1 <= value <= 1:
        raise place.error("design_feeling", key, {"value": _shown(value)})
    return float(value)


def read_version(place: Place, table: Table, key: str) -> int:
    """A whole number from 1; 1 when absent."""
    value = table.get(key, 1)
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not isinstance(value, int) or not whole or not 1 <= value <= VERSIONS_AT_MOST:
        raise place.error("design_type", key, {"expected": "1, 2, 3…"})
    return value


def _shown(value: object) -> str:
    """Short text of a wrong value; Python refuses to print whole numbers of thousands of digits."""
    if isinstance(value, int) and abs(value) > VERSIONS_AT_MOST:
        return "…"
    return str(value)[:40]
