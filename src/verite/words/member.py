"""The people who use a home, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What a member is in the house, from the widest to the narrowest."""

    OWNER = "owner"
    ANALYST = "analyst"
    AGENT = "agent"


class Right(StrEnum):
    """Something that not everybody may do. Reading pages needs no right beyond membership."""

    IMPORT = "import"
    SET_TARGETS = "set_targets"
    DRAW_MAPS = "draw_maps"
    EXPORT = "export"
    MANAGE_MEMBERS = "manage_members"
    MANAGE_SOURCES = "manage_sources"
    MERGE_PEOPLE = "merge_people"
    ERASE_PEOPLE = "erase_people"
    FIT_FEELING = "fit_feeling"
    RECORD_COUNCIL = "record_council"
    DECLARE_MOMENTS = "declare_moments"
    SET_PROMISES = "set_promises"


class Scope(StrEnum):
    """What a key for programs opens."""

    READ = "read"  # figures, maps, counts
    CUSTOMERS = "customers"  # one customer's story and words


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.ANALYST: frozenset(
        {
            Right.IMPORT,
            Right.SET_TARGETS,
            Right.DRAW_MAPS,
            Right.EXPORT,
            Right.MERGE_PEOPLE,
            Right.FIT_FEELING,
            Right.DECLARE_MOMENTS,
            Right.SET_PROMISES,
        }
    ),
    Role.AGENT: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who signs in to a home, or the person at its console."""

    id: int | None
    email: str
    name: str
    role: Role

    def may(self, right: Right) -> bool:
        """Whether the role carries the right.

        >>> CONSOLE.may(Right.IMPORT)
        True
        """
        return right in RIGHTS[self.role]


# Whoever holds the home's folder and runs a command there.
CONSOLE = Member(id=None, email="console", name="console", role=Role.OWNER)


def console(name: str) -> Member:
    """The person at the console, under the name that the audit keeps: `cli`, `demo`…"""
    return Member(id=None, email=name, name=name, role=Role.OWNER)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key for programs, as listed: never the key itself, only its last four characters."""

    id: int
    name: str
    hint: str
    scopes: frozenset[Scope]
    made_by: str
    made_at: datetime
    used_on: date | None
    is_open: bool
