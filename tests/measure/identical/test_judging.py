"""The index, the shares and the cells, on answers with planted gaps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from verite.measure import Study
from verite.measure.identical import identical
from verite.words.asked import Filters
from verite.words.errors import VeriteError, WrongUse
from verite.words.estimate import Status
from verite.words.identical import Alike, Cell, Identical, IdenticalAsked
from verite.words.measured import Label, Target

Made = Callable[..., list[dict[str, Any]]]
StudyOf = Callable[..., Study]
OVER = ("channel", "team")


def ask(study: Study, *, over: tuple[str, ...] = OVER, **more: Any) -> Identical:
    wishes = more.pop("wishes", ())
    asked = IdenticalAsked(metric=more.pop("metric", "ease"), over=over, **more)
    return identical(study, asked, wishes=wishes)


def cell(found: Identical, dimension: str, value: str) -> Cell:
    by = (Label(dimension=dimension, value=value),)
    return next(one for one in found.cells if one.by == by)


def test_the_channel_that_deviates_is_told_all_else_equal(study_of: StudyOf, made: Made) -> None:
    """Chat is 0.8 lower, so 0.8 · 5/6 below the mean answer; its outages are not counted twice."""
    found = ask(study_of(made()))
    chat = cell(found, "channel", "chat").effect
    assert chat.low is not None
    assert chat.high is not None
    assert chat.low < -0.8 * 5 / 6 < chat.high
    assert cell(found, "channel", "chat").alike is Alike.DIFFERENT
    assert cell(found, "channel", "email").alike is Alike.IDENTICAL
    assert found.adjusted_for == ("motive",)


def test_the_shares_sum_to_one_and_the_channel_bears_most(study_of: StudyOf, made: Made) -> None:
    found = ask(study_of(made()))
    shares = {one.dimension: one.share.value or 0.0 for one in found.shares}
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares["channel"] > 0.9
    assert [one.units for one in found.shares] == [6, 12]


def test_the_index_covers_the_planted_deviation(study_of: StudyOf, made: Made) -> None:
    """One of six channels at −0.8: a standard deviation of 0.8 · √(1/6) = 0.327 (n − 1)."""
    found = ask(study_of(made()))
    sigma = found.sigma_between
    assert (sigma.low or 0.0) < 0.327 < (sigma.high or 0.0)
    assert found.index.low is not None
    assert found.index.value is not None
    assert found.index.low < found.index.value < (found.index.high or 0.0)
    assert found.gap.value == pytest.approx(2 * (sigma.value or 0.0) / 3.141592653589793**0.5)


def test_where_nothing_differs_the_index_reaches_a_hundred(study_of: StudyOf, made: Made) -> None:
    found = ask(study_of(made(2400, chat=0.0)))
    assert found.index.high == pytest.approx(100.0)
    assert {one.alike for one in found.cells} == {Alike.IDENTICAL}


def test_the_index_falls_as_the_gap_grows_and_not_as_the_noise_does(
    study_of: StudyOf, made: Made
) -> None:
    small, large = (ask(study_of(made(chat=chat))).index.value or 0 for chat in (-0.6, -1.5))
    assert small > large
    calm, loud = (
        ask(study_of(made(4000, noise=noise))).sigma_between.value or 0 for noise in (0.3, 0.9)
    )
    assert calm == pytest.approx(loud, rel=0.25)


def test_order_and_names_change_nothing(study_of: StudyOf, made: Made) -> None:
    rows = made(600)
    before = ask(study_of(rows))
    renamed = [row | {"person": f"q{row['person']}", "team": f"x{row['team']}"} for row in rows]
    after = ask(study_of(renamed[::-1]))
    assert after.index.value == pytest.approx(before.index.value, abs=1e-3)
    assert after.index.low == pytest.approx(before.index.low, abs=1e-2)


def test_fewer_than_five_units_are_compared_in_pairs_and_left_out_of_the_index(
    study_of: StudyOf, made: Made
) -> None:
    rows = [row for row in made(1500) if row["channel"] in ("phone", "chat", "email")]
    found = ask(study_of(rows), over=("channel",))
    assert found.index.status is Status.UNKNOWN
    assert found.shares == ()
    pairs = {(one.first, one.second): one.alike for one in found.contrasts}
    assert pairs == {
        ("chat", "email"): Alike.DIFFERENT,
        ("chat", "phone"): Alike.DIFFERENT,
        ("email", "phone"): Alike.IDENTICAL,
    }


def test_a_site_of_several_teams_does_not_take_their_gaps_away(
    study_of: StudyOf, made: Made
) -> None:
    """Sites cut teams: they are compared apart, and the teams keep their variance."""
    rows = made(1500, chat=0.0, team=-1.2)
    sited = [row | {"site": "north" if int(row["team"][1:]) < 2 else "south"} for row in rows]
    with_site = ask(study_of(sited), over=("team", "site"))
    without = ask(study_of(rows), over=("team",))
    assert with_site.small == ("site",)
    assert with_site.index.value == pytest.approx(without.index.value)
    assert len(with_site.contrasts) == 1


@pytest.mark.parametrize("dimension", ["site", "agent"])
def test_a_dimension_that_tells_nothing_is_left_out_with_its_reason(
    study_of: StudyOf, made: Made, dimension: str
) -> None:
    rows = [row | {"site": row["channel"], "agent": row["team"]} for row in made(400)]
    found = ask(study_of(rows), over=())
    reasons = dict(found.left_out)
    assert reasons[dimension] == {"site": "same_as:channel", "agent": "not_allowed"}[dimension]


def test_agents_asked_by_name_are_refused_without_a_consultation(
    study_of: StudyOf, made: Made
) -> None:
    with pytest.raises(WrongUse, match="agent_figures_off"):
        ask(study_of(made(100)), over=("agent",))


@pytest.mark.parametrize(
    ("rows", "over", "code"),
    [
        (lambda rows: rows[:20], OVER, "identical_too_few"),
        (lambda rows: [r | {"person": f"p{k % 3}"} for k, r in enumerate(rows)], OVER,
         "identical_too_few"),
        (lambda rows: [r | {"score": 7.0} for r in rows], OVER, "identical_constant"),
        (lambda rows: [r | {"channel": "phone"} for r in rows], ("channel",),
         "identical_one_unit"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused_with_a_reason(
    study_of: StudyOf, made: Made, rows: Any, over: tuple[str, ...], code: str
) -> None:
    with pytest.raises(VeriteError, match=code):
        ask(study_of(rows(made(200))), over=over)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"over": ("colour",)}, "identical_dimension"),
        ({"delta": 0.0}, "identical_delta"),
        ({"rows": "colour"}, "identical_dimension"),
        ({"metric": "bounce"}, "identical_not_a_score"),
        ({"metric": "never"}, "unknown_metric"),
    ],
)
def test_wrong_questions_are_refused(
    study_of: StudyOf, made: Made, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(WrongUse, match=code):
        ask(study_of(made(100)), **more)


def test_small_numbers_are_withheld(study_of: StudyOf, made: Made) -> None:
    rows = [row | {"channel": "sms"} for row in made(12, seed=3)] + made(600)
    kept = ask(study_of(rows))
    few = cell(kept, "channel", "sms")
    assert few.effect.status is Status.FEW
    assert (few.effect.value, few.level) == (None, None)
    rows = [row | {"channel": "sms"} for row in made(3, seed=3)] + made(600)
    hidden = [one for one in ask(study_of(rows)).cells if one.effect.status is Status.HIDDEN]
    assert len(hidden) == 2  # the small one, and another: else it were told by subtraction
    assert all((one.effect.n, one.alike) == (None, None) for one in hidden)


def test_the_share_on_target_counts_cells_proven_both(study_of: StudyOf, made: Made) -> None:
    """Questions score 6, outages 3: the mean is about 4.9. Everything but chat is at 5."""
    study = study_of(made(3000))
    low = Target(touchpoint=None, metric="ease", target=3.0)
    high = Target(touchpoint=None, metric="ease", target=9.0)
    assert ask(study, wishes=(low,)).on_target_share == pytest.approx(
        sum(one.alike is Alike.IDENTICAL for one in ask(study).cells) / 18
    )
    assert ask(study, wishes=(high,)).on_target_share == 0.0
    assert ask(study, wishes=(high,)).on_target_possible == 0.0
    easy = ask(study, wishes=(low,))
    assert (easy.on_target_possible or 0.0) >= (easy.on_target_share or 0.0)
    assert easy.judged == 18
    assert ask(study).on_target_share is None


def test_levelling_up_only_raises_and_brings_experiences_together(
    study_of: StudyOf, made: Made
) -> None:
    study = study_of(made(2000, chat=-1.5))
    found = ask(study, rows="touchpoint",
                wishes=(Target(touchpoint="chat_desk", metric="ease", target=4.6),))  # fmt: skip
    up = found.level_up
    assert up is not None
    assert (up.raised, up.mean > up.mean_now) == (1, True)
    assert (up.index.value or 0.0) > (up.index_now.value or 0.0)
    reached = ask(study, wishes=(Target(touchpoint=None, metric="ease", target=0.5),)).level_up
    assert reached is not None
    assert (reached.raised, reached.mean) == (0, reached.mean_now)


def test_only_answers_within_the_filters_are_compared(study_of: StudyOf, made: Made) -> None:
    study = study_of(made(900))
    where = Filters(channels=("phone", "email", "store", "social", "web"))
    found = identical(study, IdenticalAsked(metric="ease", over=OVER), where=where)
    assert found.n < 900
    assert (found.index.value or 0) > (ask(study).index.value or 0)


@pytest.mark.parametrize("over", [("channel",), OVER])
def test_answers_that_their_channel_tells_exactly_leave_no_noise_and_the_right_deviation(
    study_of: StudyOf, made: Made, over: tuple[str, ...]
) -> None:
    """Channels at 1, 2, 3, 4, 5: their standard deviation is √2.5, and nothing else varies."""
    names = ("phone", "chat", "email", "store", "web")
    rows = [
        row | {"channel": names[k % 5], "score": 1.0 + k % 5, "motive": None, "touchpoint": None}
        for k, row in enumerate(made(60))
    ]
    found = ask(study_of(rows), over=over)
    assert found.sigma_between.value == pytest.approx(2.5**0.5, rel=0.01)
    assert found.noise < 0.01
    effects = {one.by[0].value: one.effect.value or one.effect.low for one in found.cells}
    assert effects["phone"] == pytest.approx(-2.0, abs=0.01)


def test_without_motive_touchpoint_or_segment_nothing_is_taken_away(
    study_of: StudyOf, made: Made
) -> None:
    rows = [row | {"motive": None, "touchpoint": None} for row in made(300)]
    found = ask(study_of(rows))
    assert found.adjusted_for == ()
    assert "note_identical_plain" in found.about.notes
    assert found.map_cells == ()


def test_two_teams_at_a_touchpoint_each_cannot_be_told_apart(study_of: StudyOf, made: Made) -> None:
    """What a touchpoint adds is taken away first: of such teams there is no figure, for either."""
    rows = [
        row | {"channel": "phone", "motive": None, "team": "ab"[k % 2], "touchpoint": "yz"[k % 2]}
        for k, row in enumerate(made(400))
    ]
    found = ask(study_of(rows), over=("team",))
    assert [one.effect.status for one in found.cells] == [Status.UNKNOWN] * 2
    assert [one.alike for one in found.cells] == [None] * 2
    assert [one.difference.status for one in found.contrasts] == [Status.UNKNOWN]


def test_a_cell_of_few_answers_is_never_told_identical(study_of: StudyOf, made: Made) -> None:
    """Shrunk towards the others its interval lies within delta: that is they, not its answers."""
    rows = [row | {"team": "new", "channel": "phone"} for row in made(8, seed=3, chat=0.0)]
    found = ask(study_of(rows + made(2400, chat=0.0)), over=("team",))
    few = cell(found, "team", "new")
    assert (few.effect.status, few.alike) == (Status.FEW, Alike.UNDECIDED)
    assert max(abs(few.effect.low or 9), abs(few.effect.high or 9)) < found.delta
    assert cell(found, "team", "t1").alike is Alike.IDENTICAL
