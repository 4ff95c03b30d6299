"""How to read a picture: the grey line under its title."""

from __future__ import annotations

from verite.sentences.catalogue import phrase
from verite.sentences.dates import period
from verite.sentences.identity import identity_words, read_identity_map
from verite.sentences.moments_drawn import drawn_words
from verite.sentences.numbers import number
from verite.sentences.of_control import read_control, read_funnel
from verite.sentences.of_experience import read_reply
from verite.sentences.of_feeling import feeling_words
from verite.sentences.of_promises import read_slots
from verite.sentences.tale import tale
from verite.words.asked import About
from verite.words.control import ControlPicture, Controls, Funnel, picture_of
from verite.words.customer import Customer
from verite.words.experience import Experience, Reply
from verite.words.feeling import Calibration, HalfLifeCurve
from verite.words.identical import Decomposition, Identical, IdentityMap
from verite.words.journey import JourneyPicture, LivedMap
from verite.words.measured import Changes, Measured, Targets, Trend
from verite.words.moments import Moments, OneMoment
from verite.words.promises import PromiseSlots

_KEYS: tuple[tuple[type, str], ...] = (
    (JourneyPicture, "journey"), (LivedMap, "passages"), (Measured, "measured"),
    (Targets, "targets"), (Changes, "changes"), (Trend, "trend"),
)  # fmt: skip


def how_to_read(result: object, lang: str) -> str:
    """What the marks of a result's picture stand for; empty when it has no picture.

    >>> from verite.words.asked import About
    >>> nothing = Measured(about=About(asked="", as_of=None, ledger_version=0), rows=())
    >>> how_to_read(nothing, "en")
    'Dot: the value. Line: its 95% interval. Dotted circle: few answers, bounds only.'
    """
    if isinstance(result, Customer):
        return _read_story(result, lang)
    if isinstance(result, HalfLifeCurve | Calibration):
        key = "curve" if isinstance(result, HalfLifeCurve) else "calibration"
        return feeling_words(f"reading.{key}", lang)
    if isinstance(result, Experience | Reply):
        return read_reply(result, lang)
    if isinstance(result, IdentityMap | Identical):
        return read_identity_map(result.delta, lang)
    if isinstance(result, Controls):
        charts = [read_control(picture_of(result, one), lang) for one in result.charts[:1]]
        return "".join(charts)
    if isinstance(result, Decomposition):
        return identity_words("shares.reading", lang)
    if isinstance(result, ControlPicture):
        return read_control(result, lang)
    if isinstance(result, Funnel):
        return read_funnel(result, lang)
    if isinstance(result, PromiseSlots):
        return read_slots(lang)
    if isinstance(result, Moments | OneMoment):
        return drawn_words(f"reading.{'moments' if isinstance(result, Moments) else 'one'}", lang)
    found = next((key for kind, key in _KEYS if isinstance(result, kind)), None)
    return phrase(f"reading.{found}", lang) if found else ""


def _read_story(customer: Customer, lang: str) -> str:
    told = [tale("reading.story", lang)]
    if customer.feeling.course:
        told.append(tale("reading.feeling", lang))
    elif customer.effort.wait_s > 0:
        told.append(tale("reading.waiting", lang))
    return "".join(told)


def source_line(result: object, lang: str) -> str:
    """Window, level of the intervals and version of the ledger: the line at the foot."""
    about = getattr(result, "about", None)
    if not isinstance(about, About):
        return ""
    version = {"version": number(about.ledger_version, lang)}
    level = phrase("source.level", lang)
    if isinstance(result, IdentityMap | Identical):  # what the verdicts are read on
        level = identity_words("map.level", lang)
    parts = [level, phrase("source.ledger", lang, version)]
    if about.window is not None:
        window = {"period": period(about.window, lang)}
        parts.insert(0, phrase("source.window", lang, window))
    return " · ".join(parts)
