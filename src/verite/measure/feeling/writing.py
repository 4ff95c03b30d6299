"""A model as JSON text, and back: what a home keeps of a fit."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import get_args, get_origin, get_type_hints

from verite.words.errors import BadInput
from verite.words.feeling import FeelingModel


def write_model(model: FeelingModel) -> str:
    """The model as JSON text; numbers keep every digit."""
    return json.dumps(_plain(model), separators=(",", ":"))


def read_model(text: str) -> FeelingModel:
    """The model that was written; refused when anything of it is missing."""
    try:
        model = _typed(json.loads(text), FeelingModel)
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput("bad_feeling_model", fields={"detail": error}) from error
    if not isinstance(model, FeelingModel):
        raise BadInput("bad_feeling_model", fields={"detail": type(model).__name__})
    return model


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {spec.name: _plain(getattr(value, spec.name)) for spec in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _typed(value: object, wanted: object) -> object:
    """A value of JSON as the type that a field declares."""
    if get_origin(wanted) is UnionType:
        inner = next(part for part in get_args(wanted) if part is not NoneType)
        return None if value is None else _typed(value, inner)
    if get_origin(wanted) is tuple:
        parts = get_args(wanted)
        if not isinstance(value, list):
            raise TypeError("a list is wanted")
        if parts[-1] is Ellipsis:
            return tuple(_typed(part, parts[0]) for part in value)
        return tuple(_typed(part, kind) for part, kind in zip(value, parts, strict=True))
    if not isinstance(wanted, type):
        raise TypeError("a type is wanted")
    if is_dataclass(wanted):
        if not isinstance(value, dict):
            raise TypeError("an object is wanted")
        hints = get_type_hints(wanted)
        return wanted(**{spec.name: _typed(value[spec.name], hints[spec.name])
                         for spec in fields(wanted)})  # fmt: skip
    if wanted is datetime:
        return datetime.fromisoformat(str(value))
    if issubclass(wanted, Enum):
        return wanted(value)
    return float(value) if wanted is float and isinstance(value, int) else value
