"""Under which keys each customer is seen, and the rows that say that two keys are one person."""

from __future__ import annotations

import json
from typing import Final

import numpy as np
import numpy.typing as npt

from verite.demo.people import People
from verite.demo.planted import PLANTED
from verite.demo.rows import Rows
from verite.demo.vocabulary import VALUES, code

Words = npt.NDArray[np.object_]
FAMILY: Final = "email:famille.barbier@example.org"  # two customers gave it
NO_REPLY: Final = "email:no-reply@clairvoie.example.org"  # written down for a third
# Ranges that the French regulator keeps for films and examples: they ring nowhere.
_RANGES: Final = ("63998", "19900", "26191", "35301", "46571", "53649")
_FIRST: Final = (
    "alice", "amel", "anna", "bruno", "camille", "claire", "denis", "elsa", "fatou", "gilles",
    "hugo", "ines", "jeanne", "karim", "lea", "louis", "manon", "marc", "nadia", "nora", "oscar",
    "paul", "rose", "samir", "sophie", "theo", "ugo", "vera", "yann", "zoe",
)  # fmt: skip
_LAST: Final = (
    "aubry", "barbier", "benali", "caron", "chevalier", "cohen", "diallo", "dupuis", "faure",
    "garnier", "guerin", "henry", "joly", "kone", "lambert", "leclerc", "marchand", "masson",
    "meunier", "nguyen", "olivier", "perrin", "picard", "renard", "riviere", "roche", "schmitt",
    "tanguy", "vidal", "weber",
)  # fmt: skip


def identities(people: People, lived: Rows) -> Words:
    """The identity of each row, as the source system wrote it."""
    n = len(people)
    seen = max(n, int(lived.whole("anon").max()) + 1)
    known: dict[str, Words] = {
        "user": np.array([user(people, k) for k in range(n)], dtype=object),
        "email": np.array([email(k) for k in range(n)], dtype=object),
        "phone": np.array([phone(k) for k in range(n)], dtype=object),
        "card": np.array([f"card:CV{k:07d}" for k in range(1, n + 1)], dtype=object),
        "social": np.array([handle(k) for k in range(n)], dtype=object),
        "anon": np.array([cookie(k) for k in range(seen)], dtype=object),
    }  # fmt: skip
    kinds = lived.whole("identity")
    names = np.empty(len(lived), dtype=object)
    for place, kind in enumerate(VALUES["identity"]):
        here = kinds == place
        who = lived.whole("anon") if kind == "anon" else lived.person
        names[here] = known[kind][who[here]]
    cardless = (kinds == code("identity", "card")) & ~np.append(people.has_card, False)[
        lived.person
    ]
    names[cardless] = known["user"][lived.person[cardless]]
    return names


def aliases(people: People, lived: Rows) -> Words:
    """The further keys that a row knows, as a JSON list: each order of a newcomer, and the first
    invoice of an old customer, ties the account to the e-mail and, nine times in ten, the phone."""
    also = np.full(len(lived), None, dtype=object)
    for place in _linking_rows(people, lived).tolist():
        who = int(lived.person[place])
        keys = (
            []
            if lived.whole("identity")[place] == code("identity", "user")
            else [user(people, who)]
        )
        keys.append(email(who))
        if people.phone_known[who]:
            keys.append(phone(who))
        if people.has_card[who]:
            keys.append(f"card:CV{who + 1:07d}")
        also[place] = json.dumps(keys)
    _misgive(also, people, lived)
    return also


def _misgive(also: Words, people: People, lived: Rows) -> None:
    """Two customers with one address and one with nobody's: what the review of links is for."""
    told = np.flatnonzero(also != None)  # noqa: E711 - by element
    who = lived.person[told]
    _, first = np.unique(who, return_index=True)
    places = told[np.sort(first[who[first] != people.golden])][:3].tolist()
    for place, key in zip(places, (FAMILY, FAMILY, NO_REPLY), strict=False):
        also[place] = json.dumps([*json.loads(str(also[place])), key])


def user(people: People, who: int) -> str:
    """The account of a customer."""
    return PLANTED.golden_identity if who == people.golden else f"user:c{who:06d}"


def email(who: int) -> str:
    """The e-mail of a customer, in a domain kept for examples."""
    first, last = _FIRST[who % len(_FIRST)], _LAST[who // len(_FIRST) % len(_LAST)]
    return f"email:{first}.{last}{who}@example.org"


def handle(who: int) -> str:
    """The name of a customer on social networks: no file ties it to the account."""
    return f"social:@client_{(who * 7919) % 1_000_003:06d}"


def cookie(visitor: int) -> str:
    """The cookie of a browser."""
    return f"anon:{(visitor * 2_654_435_761) % 2**32:08x}"


def phone(who: int) -> str:
    """The phone of a customer, in a range kept for fiction while there are enough."""
    turn, place = divmod(who, 10_000 * len(_RANGES))
    return f"phone:+33{_RANGES[place // 10_000]}{place % 10_000:04d}{turn or ''}"


def _linking_rows(people: People, lived: Rows) -> npt.NDArray[np.int64]:
    touchpoint = lived.whole("touchpoint")
    bought = (lived.whole("kind") == code("kind", "purchase")) & (
        touchpoint != code("touchpoint", "renewal")
    )
    billed = np.flatnonzero(touchpoint == code("touchpoint", "invoice"))
    _, first = np.unique(lived.person[billed], return_index=True)
    old = billed[first][people.joined[lived.person[billed[first]]] < 0]
    return np.sort(np.concatenate([np.flatnonzero(bought), old]))
