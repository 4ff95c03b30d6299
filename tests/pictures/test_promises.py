"""The hours of the week of a promise: signs before colour, nothing collides, all inks."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from verite.pictures import Ink, draw, draw_narrow
from verite.pictures.boxes import faults
from verite.pictures.links import NoLinks
from verite.words.asked import About
from verite.words.estimate import Better, Estimate, Status, Unit
from verite.words.measured import Label
from verite.words.promises import (
    Promise,
    PromiseCell,
    PromiseCounts,
    PromiseKept,
    PromiseKind,
    PromiseRecord,
    PromiseSlots,
    Standing,
)

ONE = Promise(key="open", fr="Ouvert", en="Open", kind=PromiseKind.OPEN, target=90.0)


class Opens(NoLinks):
    """Every cell leads somewhere."""

    def row(self, metric: str, by: tuple[Label, ...]) -> str | None:
        """The address of its contacts."""
        return "/a?" + "&".join([metric, *(label.value for label in by)])


def figure(value: float | None, low: float | None, high: float | None, n: int | None) -> Estimate:
    status = Status.OK if value is not None else Status.HIDDEN if n is None else Status.FEW
    return Estimate(value=value, low=low, high=high, n=n, people=n, unit=Unit.PERCENT,
                    better=Better.HIGHER, method="wilson", status=status)  # fmt: skip


def made() -> PromiseSlots:
    """Kept by day, broken by night, undecided at dusk, few on Sunday, hidden at Sunday's end."""
    cells = []
    for day in range(1, 8):
        for hour in range(24):
            kept, standing = figure(98.2, 97.1, 98.9, 12_345), Standing.KEPT
            if hour < 7:
                kept, standing = figure(48.1, 41.0, 56.0, 176), Standing.BROKEN
            elif hour > 21:
                kept, standing = figure(89.9, 86.0, 93.0, 400), Standing.UNDECIDED
            if day == 7 and hour < 12:
                kept, standing = figure(None, 41.0, 80.0, 12), Standing.BROKEN
            if day == 7 and hour > 20:
                kept, standing = figure(None, None, None, None), None
            labels = (Label(dimension="weekday", value=str(day)),
                      Label(dimension="hour", value=f"{hour:02d}"))  # fmt: skip
            cells.append(PromiseCell(by=labels, kept=kept, standing=standing))
    record = PromiseRecord(promise=ONE, version=1, by="a", at=datetime(2026, 3, 2, tzinfo=UTC))
    counts = PromiseCounts(judged=900, kept=800, waiting=0, open=0, left=0, untold=0)
    whole = figure(92.0, 90.1, 93.0, 900)
    kept_one = PromiseKept(record=record, counts=counts, whole=whole, standing=Standing.KEPT,
                           slots=tuple(cells))  # fmt: skip
    about = About(asked="promises", as_of=None, ledger_version=3)
    return PromiseSlots(about=about, kept=kept_one)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_lettering_collides_or_leaves_its_picture(lang: str) -> None:
    for drawn in (draw(made(), lang=lang), draw_narrow(made(), lang=lang)):
        assert faults(drawn) == ()


def test_what_is_broken_undecided_few_or_hidden_is_told_by_a_sign() -> None:
    for drawn in (draw(made(), lang="en"), draw_narrow(made(), lang="en")):
        texts = [one.text or "" for one in ElementTree.fromstring(drawn).iter() if one.text]
        assert texts.count("▼48") == 6 * 7
        assert texts.count("?90") == 6 * 2
        assert texts.count("▼[ ]") == 12
        assert texts.count("–") == 3


def test_the_wide_picture_tells_n_and_opens_what_is_broken() -> None:
    drawn = draw(made(), lang="en", links=Opens())
    assert "12,345" in drawn
    assert drawn.count("<a ") == 6 * 7 + 7 + 5
    assert 'href="/a?promise.open&amp;1&amp;03"' in drawn


def test_it_is_named_by_what_it_found_in_every_ink() -> None:
    for ink in Ink:
        picture = ElementTree.fromstring(draw(made(), lang="en", ink=ink))
        assert picture.attrib["aria-label"].startswith("“Open” is kept: 92")


def test_a_page_can_bear_both_sizes() -> None:
    assert len(draw(made(), lang="fr")) + len(draw_narrow(made(), lang="fr")) < 45_000
