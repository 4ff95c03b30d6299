"""Titles and first sentences: no more than the intervals bear, the right plural, both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.pictures.test_promises import figure, made

from verite.web.experience.headline import title_of as title_of_experience
from verite.web.language import speak
from verite.web.letters import in_letters
from verite.web.promises.headline import lede_of, title_of
from verite.words.asked import About
from verite.words.experience import Experience, Kept, LogRank, Told
from verite.words.promises import PromiseKept, Promises, Standing, WorstHour

ABOUT = About(asked="promises", as_of=None, ledger_version=3)


def one(standing: Standing | None, *, fails: bool = False) -> PromiseKept:
    kept = made().kept
    worst = tuple(
        WorstHour(cell=cell, others=98.0, p_value=0.001)
        for cell in kept.hours
        if cell.standing is Standing.BROKEN and cell.kept.value is not None
    )
    return replace(kept, standing=standing, worst=worst if fails else ())


def told(*kept: PromiseKept) -> str:
    speak("fr")
    return title_of(Promises(about=ABOUT, rows=kept)).replace("\u202f", " ")


KEPT, BROKEN, UNDECIDED = one(Standing.KEPT), one(Standing.BROKEN), one(Standing.UNDECIDED)


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ((KEPT,), "La promesse est tenue"),
        ((KEPT, KEPT), "Les deux promesses sont tenues"),
        ((KEPT, one(Standing.KEPT, fails=True)), "Les deux promesses sont tenues, mais pas à"),
        ((KEPT, UNDECIDED), "Une promesse sur 2 est tenue"),
        ((KEPT, BROKEN, UNDECIDED), "Une promesse sur 3 n’est pas tenue"),
        ((BROKEN, BROKEN), "2 promesses sur 2 ne sont pas tenues"),
        ((UNDECIDED,), "On ne sait pas encore si les promesses sont tenues"),
        ((one(None),), "On ne sait pas encore si les promesses sont tenues"),
    ],
)
def test_promises_are_counted_in_the_right_number(
    rows: tuple[PromiseKept, ...], title: str
) -> None:
    assert told(*rows).startswith(title)


def test_the_hours_where_a_promise_fails_most_come_at_once() -> None:
    speak("en")
    lede = lede_of(Promises(about=ABOUT, rows=(KEPT, one(Standing.KEPT, fails=True))))
    assert lede.startswith("“Open” fails most from 0:00 to 1:00 and from 3:00 to 7:00 (48% kept")


def test_small_numbers_are_in_letters() -> None:
    speak("fr")
    assert [in_letters(n) for n in (2, 9, 12)] == ["Deux", "Neuf", "12"]


def experience(good: tuple[float, float], bad: tuple[float, float], p: float) -> Experience:
    def share(name: str, bounds: tuple[float, float]) -> Told:
        low, high = bounds
        return Told(key="kept", name=name, estimate=figure((low + high) / 2, low, high, 300))

    kept = Kept(
        about=ABOUT, figures=(share("good", good), share("bad", bad)),
        test=LogRank(chi2=9.0, freedom=2, p=p),
    )  # fmt: skip
    return Experience(about=ABOUT, replies=(kept, kept))  # the second question


@pytest.mark.parametrize(
    ("good", "bad", "p", "title"),
    [
        ((96.0, 97.0), (94.0, 95.0), 0.001, "Customers stay less after a bad experience"),
        ((94.0, 95.0), (96.0, 97.0), 0.001, "Customers stay more after a bad experience"),
        ((94.0, 97.0), (93.0, 95.0), 0.001, "Nothing tells yet"),
        ((96.0, 97.0), (94.0, 95.0), 0.2, "Nothing tells yet"),
    ],
)
def test_who_stays_is_said_no_surer_than_it_is(
    good: tuple[float, float], bad: tuple[float, float], p: float, title: str
) -> None:
    speak("en")
    assert title_of_experience(experience(good, bad, p)).startswith(title)
