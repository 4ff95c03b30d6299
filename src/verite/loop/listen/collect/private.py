"""Extras without what says who somebody is: personal names left out, texts masked, links cut."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from verite.text.mask import mask

_DEPTH: Final = 4
_ITEMS: Final = 100
_LONGEST: Final = 2_000
_SHORT: Final = 60
_NAME: Final = 200
_LARGE: Final = 10**8  # from there on a number may be a phone or a card
_PERSONAL: Final = frozenset({
    "email", "mail", "emailaddress", "useremail", "customeremail", "courriel", "phone",
    "phonenumber", "telephone", "tel", "mobile", "mobilephone", "fax", "firstname", "lastname",
    "fullname", "middlename", "surname", "givenname", "familyname", "nom", "prenom", "username",
    "login", "displayname", "customername", "contactname", "address", "adresse", "street", "rue",
    "postaladdress", "address1", "address2", "line1", "birthday", "birthdate", "dateofbirth",
    "dob", "naissance", "birth", "password", "motdepasse", "token", "accesstoken", "secret",
    "apikey", "cookie", "session", "ip", "ipaddress", "ipaddr", "clientip", "ssn", "nir", "iban",
    "bic", "cardnumber", "creditcard", "userid", "anonymousid", "identity", "customerid",
    "deviceid", "traits", "aliases", "latitude", "longitude", "lat", "lon", "lng", "geo", "gps",
})  # fmt: skip
_PLACES: Final = ("http://", "https://", "/")
_AT_MOST: Final = 16_384
_REMEMBERED: Final[dict[str, str]] = {}  # least recently used would cost more than the mask
_SIGNS: Final = re.compile(r"[^a-z0-9]")


@lru_cache(maxsize=8192)
def is_personal(name: str) -> bool:
    """Whether a property's name says that its value is about who somebody is.

    >>> is_personal("First_Name"), is_personal("user.e-mail"), is_personal("plan")
    (True, True, False)
    """
    plain = _SIGNS.sub("", name.lower())
    last = _SIGNS.sub("", name.lower().rpartition(".")[2])
    return plain in _PERSONAL or last in _PERSONAL


def kept(value: object, depth: int = 0) -> object:
    """A value as the ledger may keep it.

    >>> kept("https://exemple.fr/panier?mail=a@b.fr"), kept({"phone": "1", "plan": "fibre"})
    ('https://exemple.fr/panier', {'plan': 'fibre'})
    """
    if type(value) is str:
        return _remembered(value) if len(value) <= _SHORT else kept_text(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return value if abs(value) < _LARGE else _number(value)
    if depth >= _DEPTH:
        return None
    if isinstance(value, dict):
        pairs = list(value.items())[:_ITEMS]
        named = [(str(name)[:_NAME], one) for name, one in pairs]
        return {name: kept(one, depth + 1) for name, one in named if not is_personal(name)}
    if isinstance(value, list):
        return [kept(one, depth + 1) for one in value[:_ITEMS]]
    return None


def _remembered(text: str) -> str:
    """The same few labels come again and again."""
    found = _REMEMBERED.get(text)
    if found is None:
        found = kept_text(text)
        if len(_REMEMBERED) >= _AT_MOST:
            _REMEMBERED.clear()
        _REMEMBERED[text] = found
    return found


def kept_text(text: str) -> str:
    """A text masked; of an address, neither what it asks for nor where in the page."""
    if text.startswith(_PLACES):
        text = text.partition("?")[0].partition("#")[0]
    if len(text) > _LONGEST or "\0" in text:
        text = text[:_LONGEST].replace("\0", "")
    return mask(text)


def _number(number: float) -> object:
    written = f"{number:.0f}" if isinstance(number, float) else str(number)
    masked = mask(written)
    return number if masked == written and abs(number) < 2**53 else masked
