"""Drop-off: Kaplan-Meier worked by hand, against a plain reference, and its interval."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.loop.map import live
from verite.loop.map.passages import select_passages
from verite.loop.map.stopping import Stops, estimate_stop, find_stops
from verite.words.asked import Filters
from verite.words.estimate import Status

DAYS = st.lists(
    st.lists(st.tuples(st.integers(0, 90), st.sampled_from("ab")), min_size=1, max_size=5),
    min_size=1,
    max_size=15,
)


def reference(observations, window):
    """Share still waiting at the window: the textbook product, one time after another."""
    survival, at_risk = 1.0, len(observations)
    for time in sorted({time for time, _ in observations if time <= window}):
        moved = sum(1 for t, has_moved in observations if t == time and has_moved)
        survival *= 1 - moved / at_risk
        at_risk -= sum(1 for t, _ in observations if t == time)
        if survival == 0:
            return 0.0
    followed = any(t >= window for t, _ in observations)
    return survival if followed or survival <= 0.05 else None


def told(n: int, share: float, size: float):
    """The estimate of one place."""
    one = (np.array([x]) for x in (n, n, share, share, size))
    names = ("n", "followed", "share", "floor", "effective_n")
    return estimate_stop(Stops(**dict(zip(names, one, strict=True))), 0)


@pytest.fixture(scope="module")
def stops_of(timeline_of, about_day):
    """The stops of a log, and the label of every place."""

    def of(log, day: float):
        passages = select_passages(
            timeline_of(log), case="person", where=Filters(), as_of=about_day(day).as_of
        )
        return passages.labels, find_stops(passages)

    return of


def test_a_case_still_open_is_censored_and_not_stopped(stops_of, walk):
    # Moved on after 1 day, after 1 day, silent for 90 days, silent for 10 days:
    # S = (1 - 2/4), then the open case leaves the risk set: one of two, still 1/2.
    log = [*walk("p", "ab"), *walk("q", "ab"), *walk("r", "a"), *walk("s", "a", day=80)]
    labels, stops = stops_of(log, 90)
    a = labels.index("a")
    assert (stops.n[a], stops.followed[a], stops.share[a]) == (4, 3, 0.5)


def test_a_move_after_the_open_case_weighs_more(stops_of, walk):
    # Open at 5 days of 3; then one of the two left moves at 10 days: S = 1 * (1 - 1/2).
    log = [
        {"who": "p", "day": 0, "touchpoint": "a"},
        {"who": "p", "day": 10, "touchpoint": "b"},
        *walk("q", "a"),
        *walk("r", "a", day=85),
    ]
    labels, stops = stops_of(log, 90)
    assert stops.share[labels.index("a")] == 0.5


def test_a_silence_longer_than_the_window_is_a_stop_even_if_the_customer_returns(stops_of):
    log = [{"who": "p", "day": day, "touchpoint": key} for day, key in ((0, "a"), (31, "b"))]
    labels, stops = stops_of(log, 90)
    assert stops.share[labels.index("a")] == 1.0


def test_a_move_on_the_last_day_of_the_window_is_a_move(stops_of):
    log = [{"who": "p", "day": day, "touchpoint": key} for day, key in ((0, "a"), (30, "b"))]
    labels, stops = stops_of(log, 90)
    assert stops.share[labels.index("a")] == 0.0


def test_only_the_latest_passage_of_a_case_counts(stops_of, walk):
    labels, stops = stops_of([*walk("p", "abab"), *walk("q", "aba")], 90)
    assert stops.share[labels.index("a")] == 0.5


def test_a_place_seen_only_lately_has_no_known_share(stops_of, walk):
    labels, stops = stops_of([*walk("p", "a"), *walk("q", "a", day=1)], 10)
    assert stops.share[labels.index("a")] != stops.share[labels.index("a")]  # NaN


def test_a_few_undecided_cases_count_as_stopped_and_may_all_have_moved(timeline_of, about_day):
    """Of forty, thirty-nine move on within the hour; one came yesterday and says nothing yet."""
    log = [
        {"who": f"p{i:02d}", "day": day, "touchpoint": key}
        for i in range(39)
        for day, key in ((0, "menu"), (0.01, "agent"))
    ]
    log.append({"who": "q", "day": 89, "touchpoint": "menu"})
    result = live(timeline_of(log), case="person", where=Filters(), top=5, about=about_day(90))
    menu = next(node for node in result.nodes if node.touchpoint == "menu").drop_off
    assert menu is not None
    assert (menu.value, menu.low) == (pytest.approx(2.5), 0)


@given(DAYS)
@settings(max_examples=150, deadline=None)
def test_the_share_equals_the_textbook_product(stops_of, people):
    log, observed = [], {"a": [], "b": []}
    for who, visits in enumerate(people):
        visits = sorted(visits)
        log += [
            {"who": f"p{who:02d}", "day": day, "touchpoint": key, "id": f"{i:02d}"}
            for i, (day, key) in enumerate(visits)
        ]
        for key in {key for _, key in visits}:
            latest = max(i for i, (_, k) in enumerate(visits) if k == key)
            is_last = latest == len(visits) - 1
            until = 100 if is_last else visits[latest + 1][0]
            observed[key].append((until - visits[latest][0], not is_last))
    labels, stops = stops_of(log, 100)
    for place, key in enumerate(labels):
        expected = reference(observed[key], 30)
        share = stops.share[place]
        assert (share != share) if expected is None else share == pytest.approx(expected, abs=1e-12)


def test_without_censoring_the_effective_size_is_the_number_of_cases(stops_of, walk):
    log = [row for i in range(40) for row in walk(f"p{i:02d}", "ab" if i % 4 else "a")]
    labels, stops = stops_of(log, 200)
    a = labels.index("a")
    assert (stops.share[a], stops.effective_n[a]) == (0.25, pytest.approx(40))


def test_under_five_cases_nothing_is_told():
    estimate = told(4, 0.5, 4.0)
    assert (estimate.status, estimate.n, estimate.low) == (Status.HIDDEN, None, None)


def test_under_thirty_cases_only_the_bounds_are_told():
    estimate = told(29, 0.5, 29.0)
    assert (estimate.status, estimate.value) == (Status.FEW, None)
    assert estimate.low is not None


def test_nobody_stopping_does_not_make_the_interval_collapse():
    estimate = told(50, 0.0, 50.0)
    assert (estimate.value, estimate.low) == (0, 0)
    assert estimate.high == pytest.approx(7.1, abs=0.1)  # Wilson, 0 of 50


def test_a_share_that_cannot_be_known_is_said_unknown():
    assert told(40, float("nan"), 0.0).status is Status.UNKNOWN


def test_the_end_of_the_period_asked_ends_what_was_observed(timeline_of, walk, about_day):
    log = [row for i in range(40) for row in walk(f"p{i:02d}", "ab" if i < 20 else "a")]
    where = Filters(until=about_day(5).as_of)
    result = live(timeline_of(log), case="person", where=where, top=5, about=about_day(300))
    a = next(node for node in result.nodes if node.touchpoint == "a")
    assert a.drop_off is not None
    assert a.drop_off.status is Status.UNKNOWN


def test_journeys_of_one_person_widen_the_interval(timeline_of, walk, about_day):
    """Forty journeys of twenty people who each do the same twice, against forty people's."""
    twice, alone = (
        [
            row
            for i in range(40)
            for row in walk(f"p{i // per:02d}", "ab" if (i // per) % 2 else "a", day=60 * (i % per))
        ]
        for per in (2, 1)
    )
    widths = []
    for log in (twice, alone):
        result = live(
            timeline_of(log), case="gap:30d", where=Filters(), top=5, about=about_day(400)
        )
        drop_off = next(node for node in result.nodes if node.touchpoint == "a").drop_off
        assert drop_off is not None
        assert drop_off.value == 50
        widths.append(drop_off.high - drop_off.low)
    assert widths[0] > 1.3 * widths[1]
