"""Lived journeys on logs worked out by hand, and laws on logs drawn at random."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.ledger.engines.kernels import Kernels
from verite.ledger.port import Walk
from verite.loop.map import live, shipped
from verite.words.asked import Filters
from verite.words.journey import ChannelSwitch, LivedMap

LETTERS = st.text(alphabet="abcd", min_size=1, max_size=8)
PATHS = st.lists(LETTERS, min_size=1, max_size=12)


@pytest.fixture(scope="module")
def lived(timeline_of, walk, about_day):
    """The map of people who each walk one path, asked long after."""

    def of(*paths: str, top: int = 20) -> LivedMap:
        log = [row for i, path in enumerate(paths) for row in walk(f"p{i:02d}", path)]
        return live(timeline_of(log), case="person", where=Filters(), top=top, about=about_day(400))

    return of


def node(result: LivedMap, key: str):
    """A node by its touchpoint."""
    return next(node for node in result.nodes if node.touchpoint == key)


def test_nodes_count_passages_cases_entries_exits_and_rework(lived):
    result = lived("abac", "ab", "ca")
    a = node(result, "a")
    assert (a.count, a.cases, a.people, a.entries, a.exits, a.rework) == (4, 3, 3, 2, 1, 1)
    assert (result.interactions, result.cases, result.people) == (8, 3, 3)


def test_edges_count_steps_and_cases_apart(lived):
    result = lived("abab", "ab")
    edge = next(edge for edge in result.edges if (edge.source, edge.target) == ("a", "b"))
    assert (edge.count, edge.cases, edge.median_gap_s, edge.p90_gap_s) == (3, 2, 86400, 86400)


def test_a_touchpoint_met_twice_in_a_row_is_an_edge_to_itself(lived):
    assert [(e.source, e.target, e.count) for e in lived("aab").edges] == [
        ("a", "a", 1),
        ("a", "b", 1),
    ]


def test_gaps_and_stays_are_medians_of_the_time_until_the_next_passage(timeline_of, about_day):
    log = [
        {"who": who, "day": day, "touchpoint": key}
        for who, gap in (("p", 1), ("q", 2), ("r", 9))
        for day, key in ((0, "a"), (gap, "b"))
    ]
    result = live(timeline_of(log), case="person", where=Filters(), top=5, about=about_day(50))
    edge = result.edges[0]
    assert (edge.median_gap_s, edge.p90_gap_s) == (2 * 86400, pytest.approx(7.6 * 86400))
    assert node(result, "a").median_stay_s == 2 * 86400
    assert node(result, "b").median_stay_s is None


def test_variants_are_exact_paths_in_total_order(lived):
    result = lived("ab", "ab", "ba", "a", "abc")
    assert [(v.path, v.count) for v in result.variants] == [
        (("a", "b"), 2),
        (("a",), 1),
        (("a", "b", "c"), 1),
        (("b", "a"), 1),
    ]
    assert result.variants[0].share == 0.4
    assert result.variants[0].median_duration_s == 86400


def test_top_cuts_the_list_but_not_the_number_of_variants(lived):
    result = lived("ab", "ba", "a", "abc", "abd", top=3)
    assert [v.path for v in result.variants] == [("a",), ("a", "b"), ("a", "b", "c")]
    assert result.variant_count == 5


def test_a_silence_cuts_a_journey_in_two_sessions(timeline_of, walk, about_day):
    log = [*walk("p", "ab"), *walk("p", "ab", day=40)]
    result = live(timeline_of(log), case="gap:30d", where=Filters(), top=5, about=about_day(90))
    assert (result.cases, result.people, result.edges[0].count) == (2, 1, 2)


def test_interactions_without_a_case_are_in_no_journey(timeline_of, walk, about_day):
    log = [*walk("p", "ab", case_id="c1"), *walk("q", "ab", case_id="c1", day=0.5), *walk("r", "c")]
    result = live(timeline_of(log), case="case_id", where=Filters(), top=5, about=about_day(90))
    assert (result.cases, result.people, result.interactions) == (1, 2, 4)
    assert result.variants[0].path == ("a", "a", "b", "b")


def test_interactions_without_a_touchpoint_are_left_out(timeline_of, walk, about_day):
    log = [*walk("p", "ac"), {"who": "p", "day": 0.5}]
    result = live(timeline_of(log), case="person", where=Filters(), top=5, about=about_day(90))
    assert [(e.source, e.target) for e in result.edges] == [("a", "c")]


def test_what_happens_after_the_date_asked_is_not_seen(timeline_of, walk, about_day):
    result = live(
        timeline_of(walk("p", "abc")), case="person", where=Filters(), top=5, about=about_day(1.5)
    )
    assert result.variants[0].path == ("a", "b")


def test_a_period_keeps_the_interactions_that_start_in_it(timeline_of, walk, about_day):
    until = datetime(2026, 1, 3, tzinfo=UTC)
    where = Filters(since=datetime(2026, 1, 2, tzinfo=UTC), until=until)
    result = live(
        timeline_of(walk("p", "abc")), case="person", where=where, top=5, about=about_day(90)
    )
    assert result.variants[0].path == ("b",)


def test_switches_say_who_came_to_the_new_channel(timeline_of, about_day):
    log = [
        {"who": "p", "day": 0, "touchpoint": "chat", "channel": "chat"},
        {"who": "p", "day": 1, "touchpoint": "ivr", "channel": "phone", "direction": "inbound"},
        {"who": "p", "day": 2, "touchpoint": "agent", "channel": "phone"},
        {"who": "q", "day": 0, "touchpoint": "chat", "channel": "chat"},
        {"who": "q", "day": 1, "touchpoint": "call", "channel": "phone", "direction": "outbound"},
    ]
    result = live(timeline_of(log), case="person", where=Filters(), top=5, about=about_day(90))
    assert result.switches == (
        ChannelSwitch(source="chat", target="phone", count=2, people=2, by_customer=1),
    )
    assert {(e.source, e.target): e.switches for e in result.edges}[("ivr", "agent")] == 0


def test_a_switch_counts_its_people_apart_from_its_times(timeline_of, about_day):
    log = [
        {"who": who, "day": day, "touchpoint": channel, "channel": channel}
        for who in "pq"
        for day, channel in enumerate(["chat", "phone"] * (3 if who == "p" else 1))
    ]
    result = live(timeline_of(log), case="person", where=Filters(), top=5, about=about_day(90))
    made = {(one.source, one.target): (one.count, one.people) for one in result.switches}
    assert made == {("chat", "phone"): (4, 2), ("phone", "chat"): (2, 1)}


def test_a_node_names_its_most_frequent_channel_and_its_median_wait(timeline_of, about_day):
    log = [
        {"who": "p", "day": i, "touchpoint": "help", "channel": channel, "wait_s": wait}
        for i, (channel, wait) in enumerate([("phone", 10), ("phone", 30.5), ("chat", 90)])
    ]
    log.append({"who": "q", "day": 0, "touchpoint": "help"})
    result = live(timeline_of(log), case="person", where=Filters(), top=5, about=about_day(90))
    assert (result.nodes[0].channel, result.nodes[0].median_wait_s) == ("phone", 30.5)


def test_touchpoints_on_no_map_are_orphans(timeline_of, walk, about_day):
    log = [*walk("p", "x"), {"who": "p", "day": 2, "touchpoint": "payment"}]
    result = live(
        timeline_of(log), case="person", where=Filters(), top=5,
        designs=shipped(), about=about_day(90),
    )  # fmt: skip
    assert result.orphans == ("x",)


def test_an_empty_timeline_gives_an_empty_map(timeline_of, about_day):
    result = live(timeline_of([]), case="person", where=Filters(), top=5, about=about_day(1))
    assert (result.cases, result.nodes, result.edges, result.variants) == (0, (), (), ())


def test_a_filter_that_keeps_nothing_gives_an_empty_map(timeline_of, walk, about_day):
    where = Filters(channels=("fax",))
    result = live(
        timeline_of(walk("p", "ab", channel="web")), case="person", where=where, top=5,
        about=about_day(9),
    )  # fmt: skip
    assert (result.cases, result.interactions, result.variant_count) == (0, 0, 0)


@given(PATHS)
@settings(max_examples=60, deadline=None)
def test_counts_equal_a_plain_count(lived, paths):
    result = lived(*paths)
    steps = Counter(pair for path in paths for pair in pairwise(path))
    variants = Counter(tuple(path) for path in paths)
    assert {(e.source, e.target): e.count for e in result.edges} == steps
    assert {v.path: v.count for v in result.variants} == variants
    assert {n.touchpoint: n.count for n in result.nodes} == Counter("".join(paths))
    assert [(-v.count, v.path) for v in result.variants] == sorted(
        (-count, path) for path, count in variants.items()
    )


@given(PATHS, st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_the_first_variants_are_those_of_the_whole_list(lived, paths, top):
    assert lived(*paths, top=top).variants == lived(*paths, top=99).variants[:top]


@given(PATHS, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_in_which_rows_arrive_changes_nothing(
    timeline_of, walk, about_day, paths, shuffler: random.Random
):
    log = [row for i, path in enumerate(paths) for row in walk(f"p{i:02d}", path)]
    shuffled = log.copy()
    shuffler.shuffle(shuffled)
    one, other = (
        live(timeline_of(rows), case="person", where=Filters(), top=20, about=about_day(50))
        for rows in (log, shuffled)
    )
    assert one == other


@given(PATHS)
@settings(max_examples=30, deadline=None)
def test_other_names_for_the_touchpoints_change_only_the_names(timeline_of, walk, about_day, paths):
    names = dict(zip("abcd", ("delta", "beta", "omega", "alpha"), strict=True))
    log = [row for i, path in enumerate(paths) for row in walk(f"p{i:02d}", path)]
    renamed = [{**row, "touchpoint": names[str(row["touchpoint"])]} for row in log]
    plain, other = (
        live(timeline_of(rows), case="person", where=Filters(), top=20, about=about_day(50))
        for rows in (log, renamed)
    )
    assert {replace(node, touchpoint=names[node.touchpoint]) for node in plain.nodes} == set(
        other.nodes
    )
    assert {
        replace(edge, source=names[edge.source], target=names[edge.target]) for edge in plain.edges
    } == set(other.edges)
    assert {
        replace(variant, path=tuple(names[key] for key in variant.path))
        for variant in plain.variants
    } == set(other.variants)


@given(PATHS, st.integers(1, 30))
@settings(max_examples=30, deadline=None)
def test_variants_are_those_of_the_engine(timeline_of, walk, about_day, paths, top):
    timeline = timeline_of([row for i, path in enumerate(paths) for row in walk(f"p{i}", path)])
    result = live(timeline, case="person", where=Filters(), top=top, about=about_day(99))
    found = Kernels(timeline).variants(Walk(case="person"), top=top)
    assert result.variant_count == found.variants
    assert [(v.path, v.count) for v in result.variants] == [
        (path.labels, path.count) for path in found.top
    ]


@given(PATHS, PATHS)
@settings(max_examples=30, deadline=None)
def test_the_counts_of_two_groups_of_people_add(lived, some, others):
    parts = (lived(*some, top=99), lived(*others, top=99))
    whole = lived(*some, *others, top=99)
    for key in ("nodes", "edges", "variants"):
        added: Counter[object] = Counter()
        for part in parts:
            for found in getattr(part, key):
                added[_name(found)] += found.count
        assert added == {_name(found): found.count for found in getattr(whole, key)}
    assert sum(part.cases for part in parts) == whole.cases


def _name(found) -> object:
    for fields in (("touchpoint",), ("source", "target"), ("path",)):
        if hasattr(found, fields[0]):
            return tuple(getattr(found, field) for field in fields)
    raise AssertionError


def test_what_is_left_out_is_said(timeline_of, walk, about_day):
    log = [*walk("p", "ab", case_id="c"), *walk("q", "a"), {"who": "p", "day": 3, "case_id": "c"}]
    where = Filters(since=datetime(2026, 1, 1, tzinfo=UTC))
    result = live(
        timeline_of(log), case="case_id", where=where, top=5, designs=shipped(), about=about_day(9)
    )
    assert result.about.notes == (
        "note_without_touchpoint: n=1",
        "note_without_case: n=1",
        "note_journeys_cut",
        "note_drop_off: days=30",
        "note_unplaced: n=2, touchpoints=a · b",
    )
