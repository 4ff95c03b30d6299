"""What an identity is worth: its kind, and whether it can be anybody's at all.

The same rules twice: in Python for one identity, in SQL for columns of them. Tests hold them equal.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final


class Kind(IntEnum):
    """What an identity says of a person."""

    ANONYMOUS = 0  # a browser, a device: nobody's name
    NAMED = 1  # mail, phone, card…
    USER = 2  # a customer known to the company; two of them are two people
    ACCOUNT = 3


class Junk(IntEnum):
    """Why an identity is nobody's; nothing is ever linked by it."""

    PLACEHOLDER = 1  # test, guest, zeros
    NO_REPLY = 2  # a mailbox that nobody reads
    NO_MAIL = 3  # no address at all
    NO_NUMBER = 4  # no phone can have it
    REPEATED = 5  # 0000000000


AUDIENCE: Final = "audience:"  # never joined with anything
KINDS: Final = {
    "user:": Kind.USER,
    "account:": Kind.ACCOUNT,
    "anon:": Kind.ANONYMOUS,
    "device:": Kind.ANONYMOUS,
    "cookie:": Kind.ANONYMOUS,
    "session:": Kind.ANONYMOUS,
    "visitor:": Kind.ANONYMOUS,
}
# What people and systems write where they have no answer.
_WORDS: Final = (
    "aaa", "abc", "abcd", "admin", "anonyme", "anonymous", "asdf", "aucun", "azerty", "demo",
    "guest", "inconnu", "invite", "invité", "n/a", "nan", "nil", "nomail", "none", "null",
    "pasdemail", "qwerty", "rien", "root", "test", "test1", "testtest", "toto", "undefined",
    "unknown", "xxx", "xxxx",
)  # fmt: skip
_MAIL: Final = (
    r"^[^@ \t\n\r\f]+@[^@ .\t\n\r\f]+(\.[^@ .\t\n\r\f]+)+$"  # \s is not one in all engines
)
_NO_REPLY: Final = (
    r"^(no[._-]?reply|do[._-]?not[._-]?reply|ne[._-]?pas[._-]?repondre|noreply[._+-].*"
    r"|mailer-daemon|postmaster|bounces?|bounce[._+-].*)@"
)
_NO_REPLY_STARTS: Final = ("no", "do", "ne", "mailer-", "postmaster", "bounce")
_PHONE: Final = r"^(\+[1-9][0-9]{6,14}|[0-9]{9,15})$"
_SAME: Final = tuple(f"{digit}" * 7 for digit in range(10))
_ZEROS: Final = r"^[0.\-]+$"


def kind_of(identity: str) -> Kind:
    """The kind of an identity, by its prefix.

    >>> kind_of("user:42"), kind_of("email:a@b.fr"), kind_of("anon:x1")
    (<Kind.USER: 2>, <Kind.NAMED: 1>, <Kind.ANONYMOUS: 0>)
    """
    prefix, colon, _ = identity.partition(":")
    return KINDS.get(prefix + colon, Kind.NAMED)


def why_junk(identity: str) -> Junk | None:
    """Why an identity is nobody's, None when it may be somebody's.

    >>> why_junk("phone:+33000000000").name, why_junk("email:test@test").name
    ('REPEATED', 'NO_MAIL')
    >>> why_junk("email:noreply@shop.fr").name, why_junk("email:a.martin@shop.fr")
    ('NO_REPLY', None)
    """
    prefix, _, value = identity.partition(":")
    value = value.lower()
    if value in _WORDS or re.search(_ZEROS, value):
        return Junk.REPEATED if prefix == "phone" else Junk.PLACEHOLDER
    if prefix == "email":
        return _why_no_mail(value)
    if prefix == "phone":
        return _why_no_number(value)
    if prefix == "card" and any(same in value for same in _SAME):
        return Junk.REPEATED
    return None


def _why_no_mail(value: str) -> Junk | None:
    if not re.search(_MAIL, value):
        return Junk.NO_MAIL
    if re.search(_NO_REPLY, value):
        return Junk.NO_REPLY
    local, _, domain = value.partition("@")
    is_made_up = local in _WORDS and domain.partition(".")[0] in _WORDS
    return Junk.PLACEHOLDER if is_made_up else None


def _why_no_number(value: str) -> Junk | None:
    if any(same in value for same in _SAME):
        return Junk.REPEATED
    if not re.search(_PHONE, value):
        return Junk.NO_NUMBER
    # France has nine digits after its code; machines talking to machines have thirteen.
    return Junk.NO_NUMBER if value.startswith("+33") and len(value) not in {12, 16} else None


def kind_sql(identity: str) -> str:
    """SQL of `kind_of`."""
    cases = " ".join(f"WHEN '{prefix}' THEN {kind.value}" for prefix, kind in KINDS.items())
    prefix = f"substr({identity}, 1, instr({identity}, ':'))"
    return f"CASE {prefix} {cases} ELSE {Kind.NAMED.value} END"


def parts_sql(identity: str) -> tuple[str, str]:
    """SQL of the prefix of an identity and of its value, as `junk_sql` asks for them."""
    return (
        f"split_part({identity}, ':', 1)",
        f"lower(substr({identity}, instr({identity}, ':') + 1))",
    )


def junk_sql(prefix: str, value: str) -> str:
    """SQL of `why_junk`, for DuckDB: its number, or null. Give it columns: it reads them often."""
    words = ", ".join(f"'{word}'" for word in _WORDS)
    zeros = f"{value}[1] IN ('0', '.', '-') AND {_matches(value, _ZEROS)}"
    same = "(" + " OR ".join(f"contains({value}, '{digits}')" for digits in _SAME) + ")"
    return (
        f"CASE WHEN {value} IN ({words}) OR ({zeros}) THEN"
        f" CASE {prefix} WHEN 'phone' THEN {Junk.REPEATED} ELSE {Junk.PLACEHOLDER} END"
        f" WHEN {prefix} = 'email' THEN {_mail_sql(value, words)}"
        f" WHEN {prefix} = 'phone' THEN CASE WHEN {same} THEN {Junk.REPEATED}"
        f" WHEN NOT {_matches(value, _PHONE)} THEN {Junk.NO_NUMBER}"
        f" WHEN starts_with({value}, '+33') AND length({value}) NOT IN (12, 16)"
        f" THEN {Junk.NO_NUMBER} END"
        f" WHEN {prefix} = 'card' AND {same} THEN {Junk.REPEATED} END"
    )


def _mail_sql(value: str, words: str) -> str:
    local, domain = f"split_part({value}, '@', 1)", f"split_part({value}, '@', 2)"
    # Few mails begin so: the others are spared the expression.
    starts = " OR ".join(f"starts_with({value}, '{start}')" for start in _NO_REPLY_STARTS)
    made_up = f"{local} IN ({words}) AND split_part({domain}, '.', 1) IN ({words})"
    return (
        f"CASE WHEN NOT {_matches(value, _MAIL)} THEN {Junk.NO_MAIL}"
        f" WHEN ({starts}) AND {_matches(value, _NO_REPLY)} THEN {Junk.NO_REPLY}"
        f" WHEN {made_up} THEN {Junk.PLACEHOLDER} END"
    )


def _matches(text: str, pattern: str) -> str:
    return f"regexp_matches({text}, '{pattern}')"
