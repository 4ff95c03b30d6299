"""Days, hours and periods as a person reads them, in French and in English."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from verite.sentences.catalogue import phrase
from verite.sentences.numbers import DAY, HOUR, MINUTE, number
from verite.sentences.typography import NBSP, known
from verite.words.asked import Window

_MONTHS: Final = {
    "fr": [
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
_WEEKDAYS: Final = {
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


def day(at: date, lang: str, *, year: bool = True) -> str:
    """A day.

    >>> day(date(2026, 10, 5), "fr"), day(date(2026, 10, 5), "en", year=False)
    ('5\\xa0oct. 2026', '5\\xa0Oct')
    """
    ordinal = "1er" if at.day == 1 and known(lang) == "fr" else str(at.day)
    named = f"{ordinal}{NBSP}{_MONTHS[known(lang)][at.month - 1]}"
    return f"{named} {at.year}" if year else named


def hour(at: datetime, lang: str) -> str:
    """The hour of a time, in its own zone.

    >>> hour(datetime(2026, 11, 22, 18, 5), "fr"), hour(datetime(2026, 11, 22, 18, 5), "en")
    ('18\\xa0h\\xa005', '18:05')
    """
    if known(lang) == "fr":
        return f"{at.hour}{NBSP}h{NBSP}{at.minute:02d}"
    return f"{at.hour}:{at.minute:02d}"


def instant(at: datetime, lang: str) -> str:
    """A day and its hour.

    >>> instant(datetime(2026, 11, 22, 18, 5), "fr")
    '22\\xa0nov. 2026, 18\\xa0h\\xa005'
    """
    return f"{day(at, lang)}, {hour(at, lang)}"


def weekday(number_of_day: int, lang: str) -> str:
    """The name of a day of the week, Monday being 0.

    >>> weekday(0, "fr"), weekday(6, "en")
    ('lundi', 'Sunday')
    """
    return _WEEKDAYS[known(lang)][number_of_day]


def month(year: int, of_year: int, lang: str) -> str:
    """A month.

    >>> month(2026, 2, "fr")
    'févr. 2026'
    """
    return f"{_MONTHS[known(lang)][of_year - 1]} {year}"


def period(window: Window, lang: str) -> str:
    """A half-open window by its first and last day.

    >>> from datetime import UTC
    >>> period(Window(start=datetime(2026, 10, 26, tzinfo=UTC),
    ...               end=datetime(2026, 11, 23, tzinfo=UTC)), "fr")
    '26\\xa0oct. – 22\\xa0nov. 2026'
    """
    first = window.start.date()
    last = max((window.end - timedelta(microseconds=1)).date(), first)
    if first == last:
        return day(first, lang)
    return f"{day(first, lang, year=first.year != last.year)} – {day(last, lang)}"


def ago(at: datetime, now: datetime, lang: str) -> str:
    """How long ago, in one unit; both times are aware.

    >>> from datetime import UTC
    >>> ago(datetime(2026, 11, 22, 8, tzinfo=UTC), datetime(2026, 11, 22, 8, 4, tzinfo=UTC), "fr")
    'il y a 4\\xa0min'
    """
    seconds = max((now - at).total_seconds(), 0.0)
    if seconds < MINUTE:
        return phrase("ago.now", lang)
    unit, size = "min", MINUTE
    if seconds >= 2 * DAY:
        unit, size = ("j" if known(lang) == "fr" else "days"), DAY
    elif seconds >= 2 * HOUR:
        unit, size = "h", HOUR
    return phrase("ago.since", lang, {"time": f"{number(seconds // size, lang)}{NBSP}{unit}"})
