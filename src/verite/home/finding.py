"""Finding a person: by any of their identities, or by the id that people see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verite.text.contacts import FRANCE, country_of, tidy
from verite.words.customer import read_person
from verite.words.errors import BadInput

if TYPE_CHECKING:
    from verite.home.desk import Desk

_PHONE = re.compile(r"^(\+|00|0)[0-9][0-9 .\-()]{5,20}$")
_BARE_PHONE = re.compile(r"^[1-9][0-9]{7,14}$")  # with its country, without its plus
_GUESSED = ("user:", "account:", "card:")


def find_person(desk: Desk, asked: str) -> int:
    """The key of the person behind an identity or a shown id; one clear refusal for nobody."""
    ledger, settings = desk.ledger, desk.settings
    country = settings.country or country_of(settings.zone)
    for identity in spellings(asked.strip(), country):
        key = ledger.key_of(identity)
        if key is not None:
            return ledger.person_of(key)
    key = read_person(asked.strip().lower())
    if key is not None and ledger.names_of((key,)):
        return ledger.person_of(key)
    raise BadInput("unknown_customer", fields={"customer": asked})


def place_of(desk: Desk, person: int) -> int | None:
    """The place of a person in the timeline; nothing for one without any interaction."""
    persons = desk.timeline.persons
    place = int(persons.searchsorted(person))
    return place if place < len(persons) and int(persons[place]) == person else None


def spellings(asked: str, country: str = FRANCE) -> tuple[str, ...]:
    """The identities that a text may stand for, the likeliest first.

    >>> spellings("Nora@Example.org")[:2], spellings("01 99 00 99 99")[1]
    (('Nora@Example.org', 'email:nora@example.org'), 'phone:+33199009999')
    >>> spellings("33199009999")[1], spellings("tel:+33199009999")[1]
    ('phone:+33199009999', 'phone:+33199009999')
    """
    prefix, colon, key = asked.partition(":")
    found = [asked]
    if colon:
        kind = "phone" if prefix.lower() == "tel" else prefix.lower()
        found.append(tidy(f"{kind}:{key}", country))
        return tuple(dict.fromkeys(found))
    if "@" in asked:
        found.append(tidy(f"email:{asked}", country))
    if _PHONE.match(asked):
        found.append(tidy(f"phone:{asked}", country))
    if _BARE_PHONE.match(asked):
        found.append(tidy(f"phone:+{asked}", country))
    found += [tidy(guess + asked, country) for guess in _GUESSED]
    return tuple(dict.fromkeys(found))
