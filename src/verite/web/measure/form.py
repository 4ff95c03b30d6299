"""The targets form: what it shows, what it reads back."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from verite.home import Home
from verite.measure import METRICS
from verite.records.current import current_alias
from verite.records.measure.records import list_targets
from verite.sentences.names import metric_name
from verite.web.asked import Choice
from verite.web.language import language
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.errors import BadInput
from verite.words.estimate import Unit
from verite.words.measured import Target

NEW_LINES = 2
SECONDS_PER_MINUTE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """One target being edited; an empty figure removes it."""

    number: int
    metric: str
    touchpoint: str
    name: str
    figure: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetsForm:
    """Existing targets, and empty lines for new ones."""

    lines: tuple[FormLine, ...]
    fresh: tuple[int, ...]
    metrics: tuple[Choice, ...]
    touchpoints: tuple[Choice, ...]


def told_form(home: Home, names: Names, given: QueryDict | None = None) -> TargetsForm:
    """The form as kept, or as it was given when a line was wrong."""
    lang, units = language(), _units(home)
    targets = list_targets(using=current_alias())
    lines = tuple(
        _line(place, target, names, units.get(target.metric), given)
        for place, target in enumerate(targets)
    )
    held = [key for key, _ in home.status().result.touchpoints]
    return TargetsForm(
        lines=lines,
        fresh=tuple(range(len(lines), len(lines) + NEW_LINES)),
        metrics=tuple(
            Choice(value=key, name=_with_unit(key, units.get(key), lang), is_chosen=False)
            for key in units
        ),
        touchpoints=tuple(
            Choice(value=key, name=names.name(key), is_chosen=False) for key in sorted(held)
        ),
    )


def read_form(given: QueryDict, home: Home) -> list[Target]:
    """The targets as filled in; raises `BadInput` naming the line that cannot be read."""
    units = _units(home)
    wishes = []
    for line in range(len(given.getlist("metric"))):
        metric = given.getlist("metric")[line]
        text = given.getlist("figure")[line].strip()
        if not text or not metric:
            continue
        if metric not in units:
            raise BadInput("unknown_metric", fields={"metric": metric, "known": ", ".join(units)})
        touchpoint = given.getlist("touchpoint")[line] or None
        figure = _number(text, metric) * _per(units[metric])
        wishes.append(Target(touchpoint=touchpoint, metric=metric, target=figure))
    return wishes


def _line(
    place: int, target: Target, names: Names, unit: Unit | None, given: QueryDict | None
) -> FormLine:
    figures = given.getlist("figure") if given is not None else []
    where = names.name(target.touchpoint) if target.touchpoint else say("measure.everywhere")
    shown = f"{target.target / _per(unit):g}".replace(".", "," if language() == "fr" else ".")
    return FormLine(
        number=place,
        metric=target.metric,
        touchpoint=target.touchpoint or "",
        name=f"{metric_name(target.metric, language())}, {where}",
        figure=figures[place] if place < len(figures) else shown,
        unit=_unit_name(unit),
    )


def _units(home: Home) -> dict[str, Unit]:
    rows = home.measure(*METRICS, *home.ratings()).result.rows
    return {row.metric: row.estimate.unit for row in rows}


def _per(unit: Unit | None) -> float:
    return SECONDS_PER_MINUTE if unit is Unit.SECONDS else 1.0


def _unit_name(unit: Unit | None) -> str:
    return say(f"measure.unit_{unit.name.lower()}") if unit is not None else ""


def _with_unit(metric: str, unit: Unit | None, lang: str) -> str:
    told = _unit_name(unit)
    return f"{metric_name(metric, lang)} ({told})" if told else metric_name(metric, lang)


def _number(text: str, metric: str) -> float:
    plain = text.replace("\u202f", "").replace("\u00a0", "").replace("−", "-").replace(",", ".")
    try:
        return float(plain)
    except ValueError as error:
        raise BadInput("target_not_a_number", fields={"metric": metric}) from error
