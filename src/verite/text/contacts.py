"""One spelling per identity: mails, phones and cards as every reader writes them.

A mail: domain in lower case; the part before the @ too, although a server may tell cases apart,
since none that people use does. A phone: E.164, read in the country of the home when it names none.
A card: without blanks. Users, accounts, devices and browsers stand as they came.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

FRANCE: Final = "FR"
_BLANKS: Final = re.compile(r"\(0\)|[ .\-()/\u00a0\u202f]")
_INSIDE: Final = re.compile(r"[ .\-]")
_FRENCH: Final = r"^\+33[1-9][0-9]{8}$"
_NATIONAL: Final = r"^0[1-9][0-9]{8}$"
_COUNTRIES: Final = {
    "Paris": "FR", "Brussels": "BE", "Zurich": "CH", "Luxembourg": "LU", "Monaco": "MC",
    "London": "GB", "Dublin": "IE", "Berlin": "DE", "Vienna": "AT", "Amsterdam": "NL",
    "Madrid": "ES", "Lisbon": "PT", "Rome": "IT", "Warsaw": "PL", "Prague": "CZ",
    "Budapest": "HU", "Bucharest": "RO", "Athens": "GR", "Stockholm": "SE", "Oslo": "NO",
    "Copenhagen": "DK", "Helsinki": "FI", "Istanbul": "TR", "Kiev": "UA", "Kyiv": "UA",
    "Guadeloupe": "GP", "Martinique": "MQ", "Cayenne": "GF", "Reunion": "RE", "Mayotte": "YT",
    "Noumea": "NC", "Tahiti": "PF", "Miquelon": "PM", "Casablanca": "MA", "Algiers": "DZ",
    "Tunis": "TN", "Dakar": "SN", "Abidjan": "CI", "Douala": "CM", "Kinshasa": "CD",
    "Lagos": "NG", "Johannesburg": "ZA", "Cairo": "EG", "Toronto": "CA", "Montreal": "CA",
    "Vancouver": "CA", "New_York": "US", "Chicago": "US", "Denver": "US", "Los_Angeles": "US",
    "Mexico_City": "MX", "Sao_Paulo": "BR", "Buenos_Aires": "AR", "Santiago": "CL",
    "Bogota": "CO", "Lima": "PE", "Tokyo": "JP", "Seoul": "KR", "Shanghai": "CN",
    "Hong_Kong": "HK", "Singapore": "SG", "Kolkata": "IN", "Dubai": "AE", "Jerusalem": "IL",
    "Sydney": "AU", "Melbourne": "AU", "Auckland": "NZ",
}  # fmt: skip


def country_of(zone: str | None) -> str:
    """The country whose phones are meant in a zone; France when the zone does not tell.

    >>> country_of("Europe/Brussels"), country_of("UTC")
    ('BE', 'FR')
    """
    return _COUNTRIES.get((zone or "").rpartition("/")[2], FRANCE)


def tidy(identity: str, country: str = FRANCE) -> str:
    """The one spelling of an identity; one that cannot be read stays, for others to judge.

    >>> tidy("email:Alice.Martin@Exemple.FR"), tidy("phone:06 12 34 56 78")
    ('email:alice.martin@exemple.fr', 'phone:+33612345678')
    >>> tidy("phone:0470 12 34 56", "BE"), tidy("card:1234 5678"), tidy("user:Ab 1")
    ('phone:+32470123456', 'card:12345678', 'user:Ab 1')
    """
    prefix, _, value = identity.partition(":")
    if prefix == "email":
        return f"email:{tidy_mail(value)}"
    if prefix == "phone":
        return f"phone:{tidy_phone(value, country)}"
    return f"card:{_INSIDE.sub('', value)}" if prefix == "card" else identity


def tidy_mail(value: str) -> str:
    """A mail address in its one spelling.

    >>> tidy_mail("A@MÜNCHEN.de"), tidy_mail("a@xn--mnchen-3ya.de"), tidy_mail("nobody")
    ('a@münchen.de', 'a@münchen.de', 'nobody')
    """
    is_plain = value.isascii() and "xn--" not in value and " " not in value
    return value.lower() if is_plain else _mail(value.strip())


def tidy_phone(value: str, country: str = FRANCE) -> str:
    """A phone number in E.164; its bare digits when no phone has it.

    >>> tidy_phone("+44 (0)20 7946 0958"), tidy_phone("0033612345678"), tidy_phone("12")
    ('+442079460958', '+33612345678', '12')
    """
    digits = re.sub(r"^00(?=[1-9])", "+", _BLANKS.sub("", value.strip()))
    if re.search(_FRENCH, digits):
        return digits
    if country == FRANCE and re.search(_NATIONAL, digits):
        return f"+33{digits[1:]}"
    return _phone(digits, country)


@lru_cache(maxsize=65_536)
def _mail(value: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(
            value, check_deliverability=False, test_environment=True, allow_quoted_local=True
        )
    except EmailNotValidError:
        return value.lower()
    return found.normalized.casefold()


@lru_cache(maxsize=65_536)
def _phone(digits: str, country: str) -> str:
    from phonenumbers import (
        NumberParseException,
        PhoneNumberFormat,
        format_number,
        is_possible_number,
        parse,
    )

    try:
        number = parse(digits, country)
    except NumberParseException:
        return digits
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else digits


def tidy_sql(identity: str, country: str = FRANCE) -> str:
    """SQL of `tidy`, for DuckDB: usual spellings in SQL, the others by the function `tidy`."""
    rest = f"tidy({identity}, '{country}')"
    is_ascii = f"strlen({identity}) = length({identity})"
    is_plain = f"{is_ascii} AND NOT contains({identity}, 'xn--') AND NOT contains({identity}, ' ')"
    bare = _without_blanks(f"{identity}[7:]")
    at_home = f" WHEN {_is_national(bare)} THEN 'phone:+33' || {bare}[2:]"
    return (
        f"CASE WHEN starts_with({identity}, 'email:') THEN"
        f" CASE WHEN {is_plain} THEN lower({identity}) ELSE {rest} END"
        f" WHEN starts_with({identity}, 'phone:') THEN"
        f" CASE WHEN {_is_french(f'{identity}[7:]')} THEN {identity}"
        f"{at_home if country == FRANCE else ''} ELSE {rest} END"
        f" WHEN starts_with({identity}, 'card:')"
        f" THEN 'card:' || replace(replace(replace({identity}[6:], ' ', ''), '.', ''), '-', '')"
        f" ELSE {identity} END"
    )


# Plain comparisons: a regular expression per phone would cost more than all the rest of a row.
def _is_french(text: str) -> str:
    return (
        f"starts_with({text}, '+33') AND length({text}) = 12 AND {text}[4] BETWEEN '1' AND '9'"
        f" AND try_cast({text}[4:] AS BIGINT) > 0"
    )


def _is_national(text: str) -> str:
    return (
        f"length({text}) = 10 AND {text}[1] = '0' AND {text}[2] BETWEEN '1' AND '9'"
        f" AND try_cast({text}[2:] AS BIGINT) > 0"
    )


def _without_blanks(text: str) -> str:
    for sign in ("(0)", " ", ".", "-"):
        text = f"replace({text}, '{sign}', '')"
    return text
