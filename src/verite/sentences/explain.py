"""The sentence of an error: what, where, remedy; made from its code and fields."""

from __future__ import annotations

import re
from typing import Final

from verite.sentences.catalogue import filled, text
from verite.sentences.moments_drawn import outcome_name
from verite.sentences.names import channel_name, touchpoint_name
from verite.sentences.numbers import duration, number
from verite.sentences.of_effort import money
from verite.sentences.of_identical import note_fields
from verite.words.errors import VeriteError
from verite.words.heard import Refused

_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_FIELD: Final = re.compile(r"(\w+)=(.*?)(?=, \w+=|$)")


def explain(error: VeriteError, lang: str) -> str:
    """One sentence for a person. A code without a sentence prints as the code and its fields.

    >>> from verite.words.errors import BadInput
    >>> explain(BadInput("unknown_dimension", fields={"dimension": "colour"}), "en")[:40]
    '“colour” is not something to group by: u'
    >>> explain(BadInput("never_heard_of", fields={"file": "a.csv"}), "en")
    'never_heard_of: file=a.csv'
    """
    template = text("errors", error.code, lang)
    return str(error) if template is None else filled(template, _fields(error, lang))


def _fields(error: VeriteError, lang: str) -> dict[str, str]:
    """The fields of an error; what moments could not explain goes by its name, with its count.

    >>> from verite.words.errors import BadInput
    >>> fields = {"outcome": "nps_relational", "n": 36029}
    >>> _fields(BadInput("moments_same_answers", fields=fields), "en")
    {'outcome': 'Relational NPS', 'n': '36,029'}
    """
    if not error.code.startswith("moments_") or error.code == "moments_outcome":
        return error.fields
    return {name: _told_moment(name, value, lang) for name, value in error.fields.items()}


def _told_moment(name: str, value: str, lang: str) -> str:
    if name in {"outcome", "metric"}:
        return outcome_name(value, lang)
    return number(int(value), lang) if value.isdecimal() else value


def reason(refused: Refused, lang: str) -> str:
    """Why a line was refused, without its file and line number (those have their own columns)."""
    template = text("errors", f"reason.{refused.reason}", lang) or text(
        "errors", refused.reason, lang
    )
    fields = {"file": refused.file, "detail": refused.detail or ""}
    if refused.line is not None:
        fields["line"] = str(refused.line)
    if template is None:
        return f"{refused.reason}: {refused.detail}" if refused.detail else refused.reason
    return filled(template, fields).strip()


def explain_note(note: str, lang: str) -> str:
    """The sentence of a note of an answer, `code: field=value, …`; unknown notes print as they are.

    >>> explain_note("note_definition_fcr: days=7", "en")[:45]
    'First-contact resolution: answered contacts w'
    >>> explain_note("note_effort_cost: cost=0.75, currency=EUR", "fr")[:37]
    'Une minute de conseiller coûte 0,75\\xa0€'
    """
    code, _, tail = note.partition(": ")
    key = code.replace(".", "_")
    template = text("errors", key, lang) or text("errors", f"note_{key}", lang)
    if template is None:
        return note
    return filled(template, _told(key, dict(_FIELD.findall(tail)), lang))


def _told(key: str, fields: dict[str, str], lang: str) -> dict[str, str]:
    """The fields of a note of effort in the reader's figures: amounts, thousands."""
    if key.startswith("note_moments"):
        return {name: _figures(x, lang) for name, x in fields.items()}
    if key.startswith("note_identical"):
        return note_fields(fields, lang)
    if key.endswith("definition_service_level"):
        return {**fields, "limits": _limits(fields.get("limits", ""), lang)}
    if not key.startswith("note_effort"):
        return fields
    told = {name: number(int(x), lang) if x.isdecimal() else x for name, x in fields.items()}
    if "cost" in fields and "currency" in fields:
        told["cost"] = money(float(fields["cost"]), fields["currency"], lang)
    return told


def _limits(limits: str, lang: str) -> str:
    """`phone:20 email:86400` as people read it.

    >>> _limits("phone:20 email:86400", "en")
    'Phone 20\\xa0s, E-mail 1.0\\xa0days'
    """
    told = (one.partition(":") for one in limits.split())
    return ", ".join(
        f"{channel_name(channel, lang)} {duration(float(within), lang)}"
        for channel, _, within in told
    )


def _figures(x: str, lang: str) -> str:
    """A number of a note as printed; a word as it is, a touchpoint by its readable name."""
    if not _NUMBER.fullmatch(x):
        return touchpoint_name(x) if x else x
    return number(float(x), lang, len(x.partition(".")[2]))
