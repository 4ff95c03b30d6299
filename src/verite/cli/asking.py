"""The common filters of the questions, read from options."""

from __future__ import annotations

from typing import Annotated

import typer

from verite.cli.session import Session, parse_time
from verite.words.asked import Filters
from verite.words.errors import WrongUse

Since = Annotated[str | None, typer.Option(help="From this date or time, included.")]
Until = Annotated[str | None, typer.Option(help="To this date or time, excluded.")]
Channels = Annotated[list[str] | None, typer.Option("--channel", help="Only this channel.")]
Touchpoints = Annotated[
    list[str] | None, typer.Option("--touchpoint", help="Only this touchpoint.")
]
Segments = Annotated[
    list[str] | None, typer.Option("--segment", help="Only this segment, as key=value.")
]
OnlyMetric = Annotated[str | None, typer.Option("--metric", help="Only answers to this metric.")]


def read_filters(
    session: Session,
    period: tuple[str | None, str | None],
    channels: list[str] | None,
    touchpoints: list[str] | None,
    segments: list[str] | None,
    metric: str | None = None,
) -> Filters:
    """The filters as typed; dates without a zone are read in the home's."""
    from verite.home.door import SETTINGS
    from verite.words.settings import read_settings

    file = session.path / SETTINGS
    zone = read_settings(file.read_text(encoding="utf-8")).zone if file.exists() else "UTC"
    since, until = (parse_time(text, zone) if text else None for text in period)
    return Filters(
        since=since,
        until=until,
        channels=_split(channels),
        touchpoints=_split(touchpoints),
        segments=tuple(_pair(text) for text in segments or []),
        metric=metric,
    )


def _split(values: list[str] | None) -> tuple[str, ...]:
    return tuple(part for value in values or [] for part in value.split(",") if part)


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.removeprefix("segment.").partition("=")
    if not equals or not key:
        raise WrongUse("bad_segment", fields={"segment": text})
    return key, value
