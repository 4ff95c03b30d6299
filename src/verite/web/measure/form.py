"""The targets form: what it shows, what it reads back."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    kept = {(one.touchpoint or "", one.metric): one for one in list_targets(using=current_alias())}
    lines = [given.getlist(name) for name in ("metric", "touchpoint", "figure")]
    if len({len(line) for line in lines}) > 1:
        raise BadInput("form_cut_short")
    wishes = []
    for metric, touchpoint, text in zip(*lines, strict=True):
        if not text.strip() or not metric:
            continue
        known = kept.get((touchpoint, metric))
        if known is None and metric not in units:
            raise BadInput("unknown_metric", fields={"metric": metric, "known": ", ".join(units)})
        wished = known or Target(touchpoint=touchpoint or None, metric=metric, target=0.0)
        wishes.append(_wish(wished, text.strip(), units.get(metric)))
    return wishes


def _wish(target: Target, text: str, unit: Unit | None) -> Target:
    """The target with the figure typed; one left as it was shown is not even rounded."""
    if text == _shown(target, unit):
        return target
    return replace(target, target=_number(text, target.metric) * _per(unit))


def _shown(target: Target, unit: Unit | None) -> str:
    return f"{target.target / _per(unit):g}".replace(".", "," if language() == "fr" else ".")


def _line(
    place: int, target: Target, names: Names, unit: Unit | None, given: QueryDict | None
) -> FormLine:
    figures = given.getlist("figure") if given is not None else []
    where = names.name(target.touchpoint) if target.touchpoint else say("measure.everywhere")
    shown = _shown(target, unit)
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
