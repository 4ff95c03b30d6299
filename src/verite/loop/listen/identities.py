"""Who a row is about, in one form: prefix, colon, key."""

from __future__ import annotations

from verite.loop.listen.plan import Laid
from verite.loop.listen.sql import literal
from verite.text.contacts import tidy_sql

PREFIXED = r"^[A-Za-z][A-Za-z0-9_\-]{0,30}:.*\S"
EMAIL = r"^[^@\s:]+@[^@\s]+\.[^@\s]+$"
PHONE = r"^(\+|00)[0-9][0-9 .\-()]{6,20}$"


# What systems write where nobody is known: one customer would be made of all of them.
NOBODY = (
    "-", "--", "?", "\\n", "n/a", "#n/a", "na", "nan", "nil", "none", "null", "(null)", "undefined",
    "unknown", "anonymous", "inconnu", "anonyme",
)  # fmt: skip


def identity_sql(laid: Laid | None, text: str) -> str:
    """SQL of an identity: as received when it bears a prefix, else given one; null for nobody.

    It is not tidy yet (`tidy_sql`): a layer of its own spares the engine to guess thrice.
    """
    if laid is None:
        return "NULL::VARCHAR"
    nobody = ", ".join(literal(word) for word in NOBODY)
    longest = max(map(len, NOBODY))
    if laid.filling.prefix:
        named = f"{literal(laid.filling.prefix + ':')} || {text}"
    else:
        named = named_sql(text)
    known = f"length({text}) > {longest} OR lower({text}) NOT IN ({nobody})"
    return f"CASE WHEN {known} THEN {named} END"


def named_sql(text: str) -> str:
    """SQL of an identity with its prefix, guessed from its form when it bears none."""
    return (
        f"CASE WHEN contains({text}, ':') AND regexp_matches({text}, '{PREFIXED}') THEN {text}"
        f" WHEN contains({text}, '@') AND regexp_matches({text}, '{EMAIL}') THEN 'email:' || {text}"
        f" WHEN {text}[1] IN ('+', '0') AND regexp_matches({text}, '{PHONE}')"
        f" THEN 'phone:' || {text}"
        f" ELSE 'user:' || {text} END"
    )


def aliases_sql(text: str | None, country: str) -> str:
    """SQL of a JSON list of further identities, from a JSON list or from `a;b` or `a|b`."""
    if text is None:
        return "NULL::VARCHAR"
    listed = (
        f"CASE WHEN {text}[1] = '[' THEN try_cast(try_cast({text} AS JSON) AS VARCHAR[])"
        f" ELSE regexp_split_to_array({text}, '[;|]') END"
    )
    nobody = ", ".join(literal(word) for word in ("", *NOBODY))
    known = f"list_filter({listed}, lambda x: lower(trim(x)) NOT IN ({nobody}))"
    named = f"({named_sql('trim(x)')})"
    kept = f"list_transform({known}, lambda x: {tidy_sql(named, country)})"
    return f"CASE WHEN {text} IS NOT NULL THEN nullif(to_json({kept})::VARCHAR, '[]') END"
