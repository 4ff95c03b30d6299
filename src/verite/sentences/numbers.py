"""Numbers, estimates and durations as a person reads them, in French and in English."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from verite.sentences.catalogue import phrase, text
from verite.sentences.typography import MINUS, NBSP, THIN, known
from verite.words.estimate import Estimate, Status, Unit

MINUTE: Final = 60.0
POINTS: Final = f"{NBSP}pts"  # of percentage
HOUR: Final = 3600.0
DAY: Final = 86400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How a quantity is printed: divided by `per`, with `digits` decimals and a `suffix`."""

    per: float = 1.0
    digits: int = 0
    suffix: str = ""
    signed: bool = False
    clock: bool = False  # hours and minutes, `19 h 44`


def number(x: float, lang: str, digits: int = 0, *, signed: bool = False) -> str:
    """A number: narrow no-break thousands and a decimal comma in French, a true minus everywhere.

    >>> number(48210, "fr"), number(-3.14159, "fr", 2), number(5, "en", signed=True)
    ('48\\u202f210', '−3,14', '+5')
    """
    printed = f"{abs(x):,.{digits}f}"
    if known(lang) == "fr":
        printed = printed.replace(",", THIN).replace(".", ",")
    nothing = not any(digit in printed for digit in "123456789")
    sign = "" if nothing else MINUS if x < 0 else "+" if signed else ""
    return sign + printed


def count(n: int, noun: str, lang: str) -> str:
    """A count with its noun, singular or plural (`nouns.toml`).

    >>> count(1, "person", "fr"), count(2300, "person", "en"), count(0, "person", "fr")
    ('1\\xa0personne', '2,300\\xa0people', '0\\xa0personne')
    """
    single = abs(n) < 2 if known(lang) == "fr" else n == 1
    named = text("nouns", f"{noun}.{'one' if single else 'many'}", lang) or noun
    return f"{number(n, lang)}{NBSP}{named}"


def share(x: float, lang: str, digits: int = 0) -> str:
    """A share in [0, 1] as a percentage.

    >>> share(0.314, "fr"), share(0.002, "en", 1)
    ('31\\u202f%', '0.2%')
    """
    return number(100 * x, lang, digits) + _percent(lang)


def duration(seconds: float, lang: str) -> str:
    """A length of time in the unit that suits it.

    >>> duration(45, "fr"), duration(900, "fr"), duration(71040, "fr"), duration(207360, "en")
    ('45\\xa0s', '15\\xa0min', '19\\xa0h\\xa044', '2.4\\xa0days')
    """
    return print_figure(seconds, figure_for(Unit.SECONDS, seconds, None, lang), lang)


def value(estimate: Estimate, lang: str) -> str:
    """The figure of an estimate, or what stands in its place when it is withheld."""
    if estimate.status is Status.HIDDEN:
        return phrase("withheld.hidden", lang)
    if estimate.status is Status.FEW:
        return phrase("withheld.few", lang, {"n": number(estimate.n or 0, lang)})
    if estimate.value is None:
        return phrase("withheld.unknown", lang)
    shown = _figure(estimate, lang)
    if _without_zero(estimate):
        shown = fine_enough(estimate.value, shown, lang)
    return print_figure(estimate.value, shown, lang)


def interval(estimate: Estimate, lang: str) -> str:
    """`[38 ; 44]`, in the unit of the value; empty when there are no bounds to show."""
    if estimate.low is None or estimate.high is None:
        return ""
    low, high = _bounds(estimate, lang)
    return f"[{low}{THIN}; {high}]" if known(lang) == "fr" else f"[{low}, {high}]"


def span(low: float | None, high: float | None, lang: str, digits: int = 0) -> str:
    """Bounds without a unit; one that was not reached is an ellipsis.

    >>> span(4.8, 18.4, "en"), span(1.5, None, "fr", 1)
    ('[5, 18]', '[1,5\\u202f; …[')
    """
    bottom = "…" if low is None else number(low, lang, digits)
    top = "…[" if high is None else number(high, lang, digits) + "]"
    return f"[{bottom}{THIN}; {top}" if known(lang) == "fr" else f"[{bottom}, {top}"


def between(estimate: Estimate, lang: str) -> str:
    """`entre 38 et 44 %`, for running text; empty when there are no bounds to show."""
    if estimate.low is None or estimate.high is None:
        return ""
    low, high = _bounds(estimate, lang)
    suffix = _figure(estimate, lang).suffix
    return phrase("between", lang, {"low": low, "high": high + suffix})


def between_difference(estimate: Estimate, lang: str) -> str:
    """`entre −7 et −1 pts`: shares differ by points, so the sign % would mislead."""
    if estimate.unit is not Unit.PERCENT or estimate.low is None or estimate.high is None:
        return between(estimate, lang)
    low, high = _bounds(estimate, lang)
    return phrase("between", lang, {"low": low, "high": f"{high}{NBSP}pts"})


def figure(x: float, unit: Unit, lang: str) -> str:
    """A plain figure in a unit, such as a target: `30`, `90 %`, `10 min`."""
    return print_figure(x, figure_for(unit, x, None, lang), lang)


def gap(x: float, unit: Unit, lang: str, width: float | None = None) -> str:
    """A difference, always signed: shares differ by points. `width` is that of its interval.

    >>> gap(-10, Unit.PERCENT, "fr"), gap(5, Unit.NPS, "en"), gap(300, Unit.SECONDS, "fr")
    ('−10\\xa0pts', '+5', '+5\\xa0min')
    >>> gap(-0.9, Unit.PERCENT, "fr", 1.0), gap(0.9, Unit.PERCENT, "en", 1.0)
    ('−0,9\\xa0pt', '+0.9\\xa0pts')
    """
    return print_figure(x, _figure_of_gap(x, unit, lang, width), lang)


def _figure_of_gap(x: float, unit: Unit, lang: str, width: float | None) -> Figure:
    shown = figure_for(unit, x, width, lang)
    suffix = POINTS if unit is Unit.PERCENT else shown.suffix
    return replace(shown, signed=unit is not Unit.RATIO, suffix=suffix)


def difference(estimate: Estimate, lang: str) -> tuple[str, str]:
    """A difference and its interval, both signed by need: `("−4", "[−7 ; −1]")`."""
    if estimate.value is None:
        return value(estimate, lang), interval(estimate, lang)
    shown = _figure_of_gap(estimate.value, estimate.unit, lang, _width(estimate))
    if _without_zero(estimate):
        shown = fine_enough(estimate.value, shown, lang)
    return print_figure(estimate.value, shown, lang), interval(estimate, lang)


def figure_for(unit: Unit, x: float, width: float | None, lang: str) -> Figure:
    """The way to print a quantity of that size whose interval has that width."""
    if unit is Unit.SECONDS:
        return _figure_of_time(abs(x), width, lang)
    if unit is Unit.PERCENT:
        return Figure(digits=_digits(width, (2.0, 0.2)), suffix=_percent(lang))
    if unit is Unit.NPS:
        return Figure(digits=_digits(width, (2.0, 0.2)))
    if unit is Unit.FEELING:
        return Figure(digits=2, signed=True)
    if unit is Unit.RATIO:
        return Figure(digits=2, suffix=f"{NBSP}×")
    if unit is Unit.SCORE:
        return Figure(digits=1 if width is None or width >= 0.15 else 2)
    return Figure(digits=0 if float(x).is_integer() or abs(x) >= 10 else 1)


def _figure_of_time(x: float, width: float | None, lang: str) -> Figure:
    if x < 2 * MINUTE:
        return Figure(digits=1 if 0 < x < 10 else 0, suffix=f"{NBSP}s")
    if x < 2 * HOUR:
        fine = x < 10 * MINUTE and width is not None and width < 2 * MINUTE
        return Figure(per=MINUTE, digits=int(fine), suffix=f"{NBSP}min")
    if x < DAY:
        return Figure(per=HOUR, clock=True)
    suffix = "j" if known(lang) == "fr" else "days"
    return Figure(per=DAY, digits=1 if x < 20 * DAY else 0, suffix=NBSP + suffix)


def _digits(width: float | None, steps: tuple[float, ...]) -> int:
    """As many decimals as the width of the interval can bear."""
    return 0 if width is None else sum(width < step for step in steps)


def _figure(estimate: Estimate, lang: str) -> Figure:
    size = estimate.value
    if size is None:
        size = max(abs(estimate.low or 0.0), abs(estimate.high or 0.0))
    return figure_for(estimate.unit, size, _width(estimate), lang)


def fine_enough(x: float, shown: Figure, lang: str) -> Figure:
    """The figure with the decimals it takes for what is not 0 not to read 0, three more at most."""
    size = abs(x) / shown.per
    if shown.clock:
        seconds = replace(figure_for(Unit.SECONDS, x, None, lang), signed=shown.signed)
        return fine_enough(x, seconds, lang) if 0 < abs(x) <= MINUTE / 2 else shown
    enough = (more for more in range(shown.digits, shown.digits + 4) if round(size, more))
    return replace(shown, digits=next(enough, shown.digits))


def _without_zero(estimate: Estimate) -> bool:
    low, high = estimate.low, estimate.high
    return low is not None and high is not None and (low > 0 or high < 0)


def _width(estimate: Estimate) -> float | None:
    if estimate.low is None or estimate.high is None:
        return None
    return estimate.high - estimate.low


def _bounds(estimate: Estimate, lang: str) -> tuple[str, str]:
    shown = _figure(estimate, lang)
    bare = replace(shown, suffix="")
    low, high = (
        print_figure(bound, fine_enough(bound, bare, lang), lang)
        for bound in (estimate.low or 0.0, estimate.high or 0.0)
    )
    return low, high


def print_figure(x: float, shown: Figure, lang: str) -> str:
    """A quantity printed that way."""
    if shown.clock:
        return _clock(x, lang, signed=shown.signed)
    suffix = shown.suffix
    if suffix == POINTS and _is_one(round(abs(x / shown.per), shown.digits), lang):
        suffix = suffix.removesuffix("s")
    return number(x / shown.per, lang, shown.digits, signed=shown.signed) + suffix


def _is_one(size: float, lang: str) -> bool:
    """French counts by the singular under two, English for one alone."""
    return size < 2 if known(lang) == "fr" else size == 1


def _clock(seconds: float, lang: str, *, signed: bool) -> str:
    hours, minutes = divmod(round(abs(seconds) / MINUTE), 60)
    sign = number(-1 if seconds < 0 else 1, lang, signed=signed)[:-1]
    unit = "" if known(lang) == "fr" else f"{NBSP}min"
    tail = f"{NBSP}{minutes:02d}{unit}" if minutes else ""
    return f"{sign}{number(hours, lang)}{NBSP}h{tail}"


def _percent(lang: str) -> str:
    return f"{THIN}%" if known(lang) == "fr" else "%"
