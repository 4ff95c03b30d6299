"""The plan: a mapping laid on the columns that a file has; what is missing is said at once."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from verite.loop.listen.mapping import FIELDS, Branch, Filling, Mapping
from verite.loop.listen.times import check_format
from verite.words.columns import SEGMENT_PREFIX, SEGMENTS_AT_MOST
from verite.words.errors import BadInput

SYNONYMS = {"journey_id": "case_id", "ts": "at", "timestamp": "at"}
KEY_AT_MOST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A filling whose column is found: its place in the sheet, or the constant."""

    filling: Filling
    place: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidBranch:
    """A branch laid on the columns of a sheet."""

    branch: Branch
    when: int | None
    fields: tuple[tuple[str, Laid], ...]

    @property
    def name(self) -> str:
        """What tells its interactions from those of other branches."""
        return self.branch.name

    def get(self, field: str) -> Laid | None:
        """The filling of a field, if any."""
        return dict(self.fields).get(field)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to make of each row, and the columns that nothing takes."""

    columns: tuple[str, ...]
    branches: tuple[LaidBranch, ...]
    unmapped: tuple[str, ...]
    given: bool  # by a mapping: its constants may name a known scale

    @property
    def segments(self) -> tuple[str, ...]:
        """Keys of segments over all branches."""
        return self._keys("segment.")

    def _keys(self, prefix: str) -> tuple[str, ...]:
        names = {n for branch in self.branches for n, _ in branch.fields if n.startswith(prefix)}
        return tuple(sorted(name.removeprefix(prefix) for name in names))


def own_mapping(columns: tuple[str, ...]) -> Mapping:
    """The mapping of a file that bears our own column names."""
    fillings: dict[str, Filling] = {}
    for column in columns:
        field = own_field(column)
        if field is not None and field not in fillings:
            fillings[field] = Filling(field=field, column=column)
    return Mapping(branches=(Branch(fillings=tuple(fillings.values())),))


def own_field(column: str) -> str | None:
    """The field that a column name of our own table means.

    >>> own_field("Journey_ID"), own_field("segment.Région"), own_field("Colour")
    ('case_id', 'segment.region', None)
    """
    name = column.strip().lower().replace(" ", "_")
    name = SYNONYMS.get(name, name)
    if name in FIELDS:
        return name
    for prefix in ("segment.", SEGMENT_PREFIX):
        if name.startswith(prefix) and len(name) > len(prefix):
            return "segment." + segment_key(name.removeprefix(prefix))
    if name.startswith("properties.") and len(name) > len("properties."):
        return "properties." + column.strip()[len("properties.") :]
    return None


def segment_key(text: str) -> str:
    """A key the ledger can bear, made from a name.

    >>> segment_key("Type d'offre")
    'type_d_offre'
    """
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    key = "_".join("".join(c if c.isalnum() else " " for c in plain).split())[:KEY_AT_MOST]
    if not key or not key[0].isalpha():
        key = f"s_{key}"[:KEY_AT_MOST]
    return key


def lay(mapping: Mapping, columns: tuple[str, ...], *, file: str, given: bool) -> Plan:
    """The mapping on these columns. Refuses one that names a column the file does not have."""
    places = {name: index for index, name in enumerate(columns)}
    taken: set[str] = set()
    branches = []
    for branch in mapping.branches:
        fields = []
        for filling in branch.fillings:
            place = _place(filling.column, places, file)
            check_format(filling.format)
            if filling.column is not None:
                taken.add(filling.column)
            fields.append((filling.field, Laid(filling=filling, place=place)))
        when = _place(branch.when, places, file)
        if branch.when is not None:
            taken.add(branch.when)
        branches.append(LaidBranch(branch=branch, when=when, fields=tuple(fields)))
    for branch_laid in branches:
        if branch_laid.get("at") is None:
            raise BadInput(
                "missing_column",
                fields={"column": "at", "file": file, "found": ", ".join(columns[:40])},
            )
    unmapped = tuple(name for name in columns if name not in taken)
    plan = Plan(columns=columns, branches=tuple(branches), unmapped=unmapped, given=given)
    if len(plan.segments) > SEGMENTS_AT_MOST:
        raise BadInput("too_many_segments", fields={
            "file": file, "found": len(plan.segments), "most": SEGMENTS_AT_MOST})  # fmt: skip
    return plan


def _place(column: str | None, places: dict[str, int], file: str) -> int | None:
    if column is None:
        return None
    if column not in places:
        found = ", ".join(list(places)[:40])
        raise BadInput("missing_column", fields={"column": column, "file": file, "found": found})
    return places[column]
