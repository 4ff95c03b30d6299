"""Columns that an import knows by themselves: items, values of staff, questions asked everywhere.

A wide file has one row per answer sheet and one column per item: each becomes an interaction.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from verite.loop.listen.guessing import guess, plain_name
from verite.loop.listen.mapping import Branch, Filling, Mapping
from verite.loop.listen.plan import own_field, own_mapping
from verite.words.errors import BadInput
from verite.words.interaction import Scale

if TYPE_CHECKING:
    from verite.loop.listen.request import Request

SCALE: Final = Scale(low=1, high=5)
# What an answer to an item keeps of its row: never the agent, whatever the council said.
_KEPT: Final = frozenset({
    "at", "ended_at", "identity", "aliases", "channel", "touchpoint", "direction", "case_id",
    "motive", "team", "site", "language",
})  # fmt: skip
_INSIDE: Final = frozenset({"at", "identity", "channel", "touchpoint", "team", "site", "language"})
_QUESTION: Final = ("question", "question posee", "question asked", "segment question")
_ANSWER: Final = ("answer", "reponse", "coded answer", "reponse codee", "segment answer")
_WHO: Final = (
    "employee", "employe", "employee id", "staff id", "salarie", "matricule", "collaborateur",
    "visitor", "visiteur", "check visitor",
)  # fmt: skip


def lay_alone(request: Request, columns: tuple[str, ...], file: str) -> Mapping:
    """The mapping of a file that brings none: by our own names, its items told apart.

    Raises `BadInput` when answers of staff would become customers, or when a file from inside
    holds neither a value nor a question with its answer.
    """
    if request.inside:
        return map_inside(columns, request.values, file)
    refuse_staff(columns, request.values, file)
    return with_items(own_mapping(columns), columns)


def refuse_staff(columns: tuple[str, ...], values: tuple[str, ...], file: str) -> None:
    """Who knows a value is an employee: such a file is heard from inside only."""
    asked = next((column for column in columns if item_key(column) in values), None)
    if asked is not None:
        raise BadInput("staff_answers", fields={"file": file, "column": asked})


def with_items(mapping: Mapping, columns: tuple[str, ...]) -> Mapping:
    """The mapping with one branch for each column that is named as an item that ships.

    >>> found = with_items(own_mapping(("at", "staff_skill")), ("at", "staff_skill"))
    >>> [(one.name, one.when) for one in found.branches]
    [('staff_skill', 'staff_skill')]
    """
    from verite.measure.items import shipped_items

    keys = {item.key for item in shipped_items()}
    taken = {f.column for branch in mapping.branches for f in branch.fillings}
    named = {item_key(c): c for c in columns if item_key(c) in keys and c not in taken}
    if not named or len(mapping.branches) != 1:
        return mapping
    first = mapping.branches[0]
    kept = _some(first.fillings, _KEPT, segments=True)
    asked = tuple(
        Branch(name=key, when=column, fillings=(*kept, *_scored(first, key, column)))
        for key, column in named.items()
    )
    return replace(mapping, branches=(*_rest(first), *asked))


def map_inside(columns: tuple[str, ...], values: tuple[str, ...], file: str) -> Mapping:
    """The mapping of a file from inside: values known by staff, questions and their answers."""
    has_time = any(own_field(column) == "at" for column in columns)
    found = own_mapping(columns) if has_time else guess(columns)
    if found is None:
        raise BadInput("missing_column", fields={
            "column": "at", "file": file, "found": ", ".join(columns[:40])})  # fmt: skip
    first = found.branches[0]
    kept = _with_who(_some(first.fillings, _INSIDE), columns)
    branches = [
        Branch(name=key, when=column, fillings=(*kept, *_scored(first, key, column)))
        for column in columns
        if (key := item_key(column)) in values
    ]
    branches += _asked(first, kept, columns)
    if not branches:
        known = ", ".join((*values, "question + answer"))
        raise BadInput("nothing_inside", fields={"file": file, "known": known})
    return replace(found, branches=tuple(branches))


def item_key(column: str) -> str:
    """The key that a column's name would be.

    >>> item_key(" Staff skill"), item_key("Value-listening")
    ('staff_skill', 'value_listening')
    """
    return plain_name(column).replace(" ", "_")


def _scored(first: Branch, key: str, column: str) -> tuple[Filling, ...]:
    """The answer to an item: its metric and scale are known, its id bears its key."""
    constants = {
        "kind": "feedback", "metric": key, "polarity": SCALE.polarity.value,
        "scale_min": f"{SCALE.low:g}", "scale_max": f"{SCALE.high:g}",
    }  # fmt: skip
    return (
        *_identified(first, key),
        *(Filling(field=field, constant=told) for field, told in constants.items()),
        Filling(field="score", column=column),
    )


def _identified(first: Branch, key: str) -> tuple[Filling, ...]:
    ids = (f for f in first.fillings if f.field == "message_id")
    return tuple(replace(one, prefix=key) for one in ids)


def _some(
    fillings: tuple[Filling, ...], kept: frozenset[str], *, segments: bool = False
) -> tuple[Filling, ...]:
    return tuple(
        f for f in fillings if f.field in kept or (segments and f.field.startswith("segment."))
    )


def _rest(first: Branch) -> tuple[Branch, ...]:
    """What the row says beside its items: itself when it says anything, its words alone too."""
    context = {*_KEPT, "message_id", "agent"}
    told = {
        f.field
        for f in first.fillings
        if f.field not in context
        and f.column is not None
        and not f.field.startswith(("segment.", "properties."))
    }
    if told == {"text"}:
        words = next(f.column for f in first.fillings if f.field == "text")
        return (replace(first, when=words),)
    return (first,) if told else ()


def _asked(first: Branch, kept: tuple[Filling, ...], columns: tuple[str, ...]) -> list[Branch]:
    """The branch of questions, when the file has both a question and a coded answer."""
    question, answer = _named(columns, _QUESTION), _named(columns, _ANSWER)
    if question is None or answer is None:
        return []
    words = tuple(f for f in first.fillings if f.field == "text" and f.column != answer)
    told = (
        Filling(field="kind", constant="contact"),
        Filling(field="segment.question", column=question),
        Filling(field="segment.answer", column=answer),
    )
    named = _identified(first, "question")
    return [Branch(name="question", when=question, fillings=(*kept, *named, *told, *words))]


def _with_who(kept: tuple[Filling, ...], columns: tuple[str, ...]) -> tuple[Filling, ...]:
    """Who answered, by a column of staff or visitors where no identity is told."""
    column = _named(columns, _WHO)
    if column is None or any(f.field == "identity" for f in kept):
        return kept
    return (*kept, Filling(field="identity", column=column, prefix="staff"))


def _named(columns: tuple[str, ...], words: tuple[str, ...]) -> str | None:
    plain = {plain_name(column): column for column in columns}
    return next((plain[word] for word in words if word in plain), None)
