"""The hours of the week of a promise: signs before colour, nothing collides, all inks."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from verite.pictures import Ink, draw, draw_narrow
from verite.pictures.boxes import faults
from verite.pictures.links import NoLinks
from verite.pictures.promises_hours import draw_hours_alone
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


def hours() -> tuple[PromiseCell, ...]:
    """Broken by night, few at one, hidden at two, kept by day, to the decimal at noon."""
    cells = []
    for hour in range(24):
        kept, standing = figure(98.2, 95.1, 99.9, 345), Standing.KEPT
        if hour < 7:
            kept, standing = figure(48.1, 41.0, 56.0, 176), Standing.BROKEN
        if hour == 12:
            kept = figure(97.46, 97.1, 97.9, 12_345)
        if hour == 1:
            kept = figure(None, 41.0, 80.0, 12)
        if hour == 2:
            kept, standing = figure(None, None, None, None), None
        label = Label(dimension="hour", value=f"{hour:02d}")
        cells.append(PromiseCell(by=(label,), kept=kept, standing=standing))
    return tuple(cells)


def weekdays() -> tuple[PromiseCell, ...]:
    """Kept, but for a Sunday with few contacts."""
    return tuple(
        PromiseCell(
            by=(Label(dimension="weekday", value=str(day)),),
            kept=figure(94.5, 93.8, 95.2, 5_345) if day < 7 else figure(None, 41.0, 80.0, 12),
            standing=Standing.KEPT if day < 7 else Standing.BROKEN,
        )
        for day in range(1, 8)
    )


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
                           slots=tuple(cells), hours=hours(), weekdays=weekdays())  # fmt: skip
    about = About(asked="promises", as_of=None, ledger_version=3)
    return PromiseSlots(about=about, kept=kept_one)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_lettering_collides_or_leaves_its_picture(lang: str) -> None:
    for drawn in (draw(made(), lang=lang), draw_narrow(made(), lang=lang)):
        assert faults(drawn) == ()


def looks(drawn: str) -> Counter[str]:
    """How many shapes there are of each look."""
    return Counter(one.get("class", "") for one in ElementTree.fromstring(drawn).iter())


def pale(drawn: str) -> str:
    """The one stroke of all that is kept."""
    return re.search(r'<path d="([^"]*)" class="heat5"', drawn)[1]


def test_what_is_broken_undecided_kept_few_or_hidden_is_told_apart_without_colour() -> None:
    drawn = draw(made(), lang="en")
    shapes = looks(drawn)
    assert shapes["lnb"] == 6 * 2  # hollow: undecided
    assert pale(drawn).count("M") == 6 * 15 + 9  # kept
    texts = [one.text or "" for one in ElementTree.fromstring(drawn).iter() if one.text]
    assert texts.count("–") == 3


def test_the_area_of_a_square_grows_with_the_share_broken() -> None:
    drawn = draw(made(), lang="en")
    tree = ElementTree.fromstring(drawn)
    sides = {
        one.get("class"): float(one.get("width", 0))
        for one in tree.iter("{http://www.w3.org/2000/svg}rect")
    }
    assert (sides["fri"] / sides["lnb"]) ** 2 == pytest.approx((100 - 48.1) / (100 - 89.9), rel=0.1)
    kept = float(re.search(r"h([\d.]+)v", pale(drawn))[1])
    assert kept < sides["lnb"] < sides["fri"]


def test_days_and_hours_of_all_the_week_have_their_interval_beside_the_grid() -> None:
    wide, narrow = draw(made(), lang="en"), draw_narrow(made(), lang="en")
    assert wide.count("[93.8, 95.2]") == 6
    assert "▼48" in narrow
    assert narrow.count("[41, 56]") == 5
    assert ">97.5<" in narrow
    assert "target 90%" in wide
    assert "n = 345" in wide.replace("\u202f", " ")
    for is_narrow in (False, True):
        alone = draw_hours_alone(made().kept, "“Open”", "fr", is_narrow=is_narrow)
        assert faults(alone) == ()
        assert alone.count('class="fri"') == 5


def test_under_thirty_contacts_neither_size_nor_share_is_told() -> None:
    for drawn in (draw(made(), lang="en"), draw_narrow(made(), lang="en")):
        assert "[41, 80]" in drawn
        texts = {one.text for one in ElementTree.fromstring(drawn).iter() if one.text}
        assert not {"60", "▼60", "61", "▼61"} & texts


def test_the_wide_picture_opens_what_is_broken() -> None:
    drawn = draw(made(), lang="en", links=Opens())
    assert drawn.count("<a ") == 6 * 7 + 7 + 5 + 6
    assert 'href="/a?promise.open&amp;1&amp;03"' in drawn
    assert 'href="/a?promise.open&amp;03"' in drawn


def test_it_is_named_by_what_it_found_in_every_ink() -> None:
    for ink in Ink:
        picture = ElementTree.fromstring(draw(made(), lang="en", ink=ink))
        assert picture.attrib["aria-label"].startswith("“Open” is kept: 92")


def test_a_page_can_bear_both_sizes() -> None:
    assert len(draw(made(), lang="fr")) + len(draw_narrow(made(), lang="fr")) < 45_000
