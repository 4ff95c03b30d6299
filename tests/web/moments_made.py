"""What tests of the pages of moments share: a made-up study, answered at once."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from tests.made_moments import made_moment, made_moments

from verite.answer import Answer
from verite.words.errors import BadInput
from verite.words.moments import Moment, Moments, MomentsAsked, OneMoment

PLACE = {"network_transfer": "advisor", "installation": "chat", "complaint": "complaint",
         "invoice": "shop_help"}  # fmt: skip


def placed() -> Moments:
    """The made-up study, at touchpoints that the small home holds."""
    made = made_moments()
    rows = tuple(
        replace(row, touchpoint=PLACE[row.touchpoint],
                tied_with=tuple(PLACE[key] for key in row.tied_with))
        for row in made.rows
    )  # fmt: skip
    parts = tuple(replace(one, touchpoint=PLACE[one.touchpoint]) for one in made.segments)
    return replace(made, rows=rows, segments=parts)


def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Homes answer the made-up study, at once."""
    from verite.home import Home
    from verite.home.moments import _with

    def rows(home: Home) -> tuple[Moment, ...]:
        said = home._decisions("nps")
        return tuple(_with(row, said.get(row.touchpoint)) for row in placed().rows)

    def moments(home: Home, asked: MomentsAsked) -> Answer[Moments]:
        return home.told(replace(placed(), asked=asked, rows=rows(home)))

    def moment(home: Home, touchpoint: str, asked: MomentsAsked) -> Answer[OneMoment]:
        for row in rows(home):
            if row.touchpoint == touchpoint:
                return home.told(replace(made_moment(), moment=row, segments=placed().segments))
        raise BadInput("moment_unknown", fields={"touchpoint": touchpoint, "known": "advisor"})

    from verite.web import lately

    forget()
    monkeypatch.setattr(lately, "PATIENCE_S", 30.0)
    monkeypatch.setattr(Home, "moments", moments)
    monkeypatch.setattr(Home, "moment", moment)


def forget() -> None:
    from verite.web import lately, remembered

    lately._works.clear()
    remembered._sheets.clear()


def told(answer) -> str:
    """The page's text with plain spaces."""
    return re.sub("[\u202f\u00a0]", " ", answer.content.decode())


def until_found(cast, url: str) -> str:
    """The page once it is worked out."""
    for _ in range(600):
        page = told(cast.get(url))
        if "En calcul" not in page:
            return page
        time.sleep(0.1)
    raise AssertionError(page)
