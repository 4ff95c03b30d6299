"""What is known of a customer that may be alike elsewhere: a name in a mail, its domain, a phone.

Names stand nowhere in this house. The part of a mail before the @ often holds one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_WORDS: Final = re.compile(r"[^\W\d_]+")
_LEAST: Final = 2  # words that make a name: one alone is a mailbox as often as a person
_SHORTEST: Final = 5  # letters in all
COMMON: Final = 50  # rows that share a value: from there on it tells nobody from another


@dataclass(frozen=True, slots=True)
class Profile:
    """One mail and one phone of a customer, cut up; None is what is not known."""

    key: int  # of the customer
    name: str | None = None
    domain: str | None = None
    phone: str | None = None


def name_in(mail: str) -> str | None:
    """The words before the @, in alphabetical order; None where they make no name.

    >>> name_in("Durand.Marie75@exemple.fr"), name_in("contact@exemple.fr"), name_in("j.d@x.fr")
    ('durand marie', None, None)
    """
    words = sorted(_WORDS.findall(mail.partition("@")[0].lower()))
    name = " ".join(words)
    return name if len(words) >= _LEAST and len(name) > _SHORTEST else None


def profiles_of(key: int, identities: Iterable[str]) -> tuple[Profile, ...]:
    """One for each pair of a mail and a phone of a customer; none when they have neither.

    >>> [one.name for one in profiles_of(7, ["user:7", "email:marie.durand@exemple.fr"])]
    ['durand marie']
    """
    listed = sorted(identities)
    mails = [one.partition(":")[2] for one in listed if one.startswith("email:")]
    phones = [one.partition(":")[2] for one in listed if one.startswith("phone:")]
    if not mails and not phones:
        return ()
    return tuple(
        Profile(key, name_in(mail), mail.rpartition("@")[2] or None, phone or None)
        for mail in mails or [""]
        for phone in phones or [""]
    )


def rare(profiles: Sequence[Profile]) -> frozenset[str]:
    """The names that few bear: pairs are looked for among these only, or a crowd would meet."""
    counts = Counter(one.name for one in profiles if one.name)
    return frozenset(name for name, count in counts.items() if count <= COMMON)
