"""Names of metrics, dimensions, channels and the other closed sets, in French and in English."""

from __future__ import annotations

from verite.sentences.catalogue import text
from verite.sentences.dates import day, month, weekday
from verite.sentences.typography import NBSP, known

_ACRONYMS = {word: word.upper() for word in ("ivr", "faq", "sms", "nps", "csat", "ces")}
_SETS = frozenset({"channel", "kind", "direction", "outcome", "polarity"})


def name_in(closed_set: str, key: str, lang: str) -> str:
    """The name of a key in a closed set; a key of the company's own is made readable.

    >>> name_in("channel", "phone", "fr"), name_in("channel", "branch_office", "en")
    ('Téléphone', 'branch office')
    """
    return text("names", f"{closed_set}.{key}", lang) or key.replace("_", " ")


def metric_name(key: str, lang: str, nps_kind: str | None = None) -> str:
    """The name of a metric; the two NPS are told apart when the kind is known.

    >>> metric_name("fcr", "fr"), metric_name("nps", "en", "relational")
    ('Résolution au premier contact', 'Relational NPS')
    """
    key = key.removeprefix("identical.")  # the answers that were compared
    if key.startswith("promise."):
        key = "promise"  # what was kept or broken of one
    if key == "nps" and nps_kind:
        return text("names", f"nps_kind.{nps_kind}", lang) or f"NPS {nps_kind}"
    return name_in("metric", key, lang)


def metric_note(key: str, lang: str) -> str:
    """What a metric counts, in a few words; empty for a rating of the company's own."""
    return text("names", f"note.{key}", lang) or ""


def dimension_name(dimension: str, lang: str) -> str:
    """The name of a dimension; a segment goes by its key.

    >>> dimension_name("team", "fr"), dimension_name("segment.home_offer", "en")
    ('équipe', 'home offer')
    """
    key = dimension.removeprefix("segment.")
    return text("names", f"dimension_segment.{key}", lang) or name_in("dimension", key, lang)


def channel_name(key: str, lang: str) -> str:
    """The name of a channel."""
    return name_in("channel", key, lang)


def kind_name(key: str, lang: str) -> str:
    """The name of a kind of interaction."""
    return name_in("kind", key, lang)


def status_name(key: str, lang: str) -> str:
    """Where a figure stands against its target."""
    return name_in("status", key, lang)


def step_name(key: str, lang: str) -> str:
    """The name of a step of the loop."""
    return name_in("loop", key, lang)


def value_name(dimension: str, value: str, lang: str) -> str:
    """A value of a dimension as a person reads it.

    >>> value_name("channel", "store", "en"), value_name("month", "2026-02", "fr")
    ('Store', 'févr. 2026')
    >>> value_name("weekday", "1", "fr"), value_name("hour", "7", "fr")
    ('lundi', '7\\xa0h')
    >>> value_name("segment.seniority", "one_to_three", "fr"), value_name("segment.a", "b_c", "en")
    ('un à trois ans', 'b c')
    """
    if dimension in _SETS:
        return name_in(dimension, value, lang)
    if dimension == "touchpoint":
        return touchpoint_name(value)
    if dimension in {"month", "weekday", "hour", "day"}:
        return _time_name(dimension, value, lang)
    if dimension.startswith("segment."):
        return name_in(dimension.replace(".", "_", 1), value, lang)
    return value


def _time_name(dimension: str, value: str, lang: str) -> str:
    from datetime import date

    digits = value.replace("-", "")
    if not digits.isdecimal():
        return value
    if dimension == "weekday" and 1 <= int(digits) <= 7:
        return weekday(int(digits) - 1, lang)
    if dimension == "hour":
        return f"{int(digits)}{NBSP}h" if known(lang) == "fr" else f"{int(digits)}:00"
    if dimension == "month" and len(digits) == 6:
        return month(int(digits[:4]), int(digits[4:]), lang)
    if dimension == "day" and len(digits) == 8:
        return day(date(int(digits[:4]), int(digits[4:6]), int(digits[6:])), lang)
    return value


def touchpoint_name(key: str, names: tuple[tuple[str, str], ...] = (), lang: str = "fr") -> str:
    """A touchpoint by the name its designed map gives it, else by its key made readable.

    >>> touchpoint_name("site_offers", (("fr", "Site : offres"),), "fr")
    'Site : offres'
    >>> touchpoint_name("order_status")
    'Order status'
    """
    given = dict(names)
    words = [_ACRONYMS.get(word, word) for word in key.replace("_", " ").split(" ")]
    readable = " ".join(words)
    return given.get(known(lang)) or next(iter(given.values()), readable[:1].upper() + readable[1:])
