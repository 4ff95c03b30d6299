"""One suite for every engine: kernels, DuckDB and Sail give the same answers, ties included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from verite.ledger.engines.spark import SparkEngine
from verite.ledger.port import (
    Check,
    Condition,
    Gaps,
    Graph,
    Need,
    OrderedEngine,
    Reading,
    Repeat,
    Tally,
    Walk,
)
from verite.words.asked import Filters

DAY = 86_400_000_000
START = 1_767_225_600_000_000  # 2026-01-01 UTC
PLACES = ("home", "phone", "chat")
AWKWARD = 'l\'été \\ "x"'
CONTACT = (Condition("kind", Check.IN, ("contact",)),)

row = st.fixed_dictionaries(
    {
        "identity_key": st.integers(1, 5),
        # Few distinct times: ties are the rule.
        "ts_us": st.sampled_from([0, 1, 2, 3, 8, 40, 41]).map(lambda d: START + d * DAY // 2),
        "touchpoint": st.sampled_from([*PLACES, AWKWARD, None]),
        "channel": st.sampled_from(["web", "phone", None]),
        "kind": st.sampled_from(["contact", "visit"]),
        "case_id": st.sampled_from(["a", "b", None]),
        "motive": st.sampled_from(["bill", None]),
        "wait_s": st.sampled_from([None, 0.0, 12.5, 300.0]),
        "score": st.sampled_from([None, 0.0, 6.0, 8.0, 9.0]),
        "scale_min": st.just(0.0),
        "scale_max": st.just(10.0),
        "polarity": st.sampled_from(["good_low", "good_high", None]),
        "segment_offer": st.sampled_from(["pro", "home", None]),
    }
)
ledgers = st.lists(row, min_size=1, max_size=40).map(
    lambda rows: [{**r, "id_hi": (i * 37) % 11 - 5, "id_lo": i} for i, r in enumerate(rows)]
)
WHERES = (
    Filters(),
    Filters(channels=("web",)),
    Filters(touchpoints=(AWKWARD, "phone"), segments=(("offer", "pro"), ("offer", "home"))),
    Filters(since=datetime(2026, 1, 2, tzinfo=UTC), until=datetime(2026, 1, 21, tzinfo=UTC)),
)
NEEDS = (
    Need(where=()),
    Need(where=(), reading=Reading.NUMBER, column="wait_s", spread=True),
    Need(where=(Condition("score", Check.PRESENT),), reading=Reading.NPS, spread=True),
    Need(where=(), reading=Reading.EASE),
    Need(where=(), reading=Reading.FEELING, spread=True),
    Need(
        where=CONTACT,
        reading=Reading.HOLDS,
        share=(Condition("wait_s", Check.BELOW, (20.0,)),),
    ),
    Need(where=(Condition("motive", Check.NOT_IN, ("bill",)),)),
    Need(where=(Condition("score", Check.NOT_IN, (6.0,)),)),
    Need(where=(Condition("case_id", Check.ABSENT), Condition("wait_s", Check.AT_LEAST, (12.5,)))),
    Need(where=(Condition("touchpoint", Check.IN, (AWKWARD,)),)),
    Need(where=(Condition("segment.offer", Check.PRESENT), Condition("team", Check.ABSENT))),
    Need(where=(Condition("text", Check.ABSENT), Condition("ts_us", Check.AT_LEAST, (START,)))),
)
BYS = (
    (),
    ("channel",),
    ("segment.offer", "week"),
    ("month", "weekday"),
    ("day", "hour"),
    ("team",),
)
# Sail interpolates quantiles in steps of a millionth of the distance between neighbours.
SAIL_BLUR_S = 2.0
ZONE = "Europe/Paris"
CASES = ("person", "case_id", "gap:3d")


Asked = tuple[Filters, tuple[str, ...], str, int]
ASKED: tuple[Asked, ...] = tuple(
    (WHERES[i % len(WHERES)], BYS[i % len(BYS)], CASES[i % len(CASES)], i % 3) for i in range(6)
)


def answers(engine: OrderedEngine, asked: Asked, blur_s: float = 0.0) -> dict[str, object]:
    """Every question of the port, in a form that compares; quantiles within `blur_s` seconds."""
    where, by, case, third = asked
    needs = frozenset(NEEDS[third::3])
    found: dict[str, object] = {
        f"tally {need}": {group: near(tally) for group, tally in groups.items()}
        for need, groups in engine.tally(needs, by=by, where=where).items()
    }
    for same in (None, "motive"):
        repeat = Repeat(contact=CONTACT, within_us=DAY, same=same, until_us=START + 9 * DAY)
        groups = engine.repeats(repeat, by=by, where=where)
        found[f"repeats {same}"] = {group: near(tally) for group, tally in groups.items()}
    walk = Walk(case=case, where=where)
    found["graph"] = near_graph(engine.graph(walk), blur_s)
    found["channels"] = near_graph(engine.graph(Walk(case=case, column="channel")), blur_s)
    found["variants"] = engine.variants(walk, top=3)
    found["funnel"] = engine.funnel(walk, ("home", AWKWARD, "phone"), within_us=2 * DAY)
    found["twice"] = engine.funnel(walk, ("home", "home"), within_us=DAY)
    return found


def near(tally: Tally) -> tuple[object, ...]:
    sums = (tally.sum_y, tally.sum_yy, tally.sum_ss, tally.sum_sm, tally.sum_mm)
    spread = None if tally.spread is None else dict(tally.spread)
    return (tally.n, tally.people, *(pytest.approx(s, rel=1e-9, abs=1e-9) for s in sums), spread)


def near_graph(graph: Graph, blur_s: float) -> list[object]:
    found: list[object] = [graph.cases, graph.interactions]
    for flow in graph.flows:
        found += [flow.source, flow.target, flow.count, flow.cases, *near_gaps(flow.gaps, blur_s)]
    for stop in graph.stops:
        found += [stop.label, stop.count, stop.cases, stop.rework, stop.starts, stop.ends]
        found += near_gaps(stop.stay, blur_s) if stop.stay is not None else []
    return found


def near_gaps(gaps: Gaps, blur_s: float) -> list[object]:
    quantiles = (gaps.median_s, gaps.p90_s)
    near_quantiles = [pytest.approx(q, rel=1e-9, abs=blur_s) for q in quantiles]
    return [pytest.approx(gaps.sum_s, rel=1e-9), *near_quantiles]


def exact(value: object) -> object:
    """The numbers behind what compares nearly: two approximations never compare."""
    if isinstance(value, dict):
        return {key: exact(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [exact(inner) for inner in value]
    return getattr(value, "expected", value)


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(
    rows=ledgers,
    links=st.dictionaries(st.integers(1, 5), st.integers(1, 2), max_size=3),
    asked=st.tuples(
        st.sampled_from(WHERES), st.sampled_from(BYS), st.sampled_from(CASES), st.integers(0, 2)
    ),
)
def test_kernels_and_duckdb_agree_on_every_small_ledger(
    make_ledger: Callable[..., object],
    rows: list[dict[str, object]],
    links: dict[int, int],
    asked: Asked,
) -> None:
    ledger = make_ledger(rows, links)
    kernels = exact(answers(ledger.engine("kernels", zone=ZONE), asked))  # type: ignore[attr-defined]
    duck = answers(ledger.engine("duckdb", zone=ZONE), asked)  # type: ignore[attr-defined]
    for question, answer in duck.items():
        assert kernels[question] == listed(answer), question  # type: ignore[index]


def listed(value: object) -> object:
    """Tuples as lists, as `exact` makes them; approximations stay."""
    if isinstance(value, dict):
        return {key: listed(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [listed(inner) for inner in value]
    return value


def seeded_rows(count: int) -> list[dict[str, object]]:
    random = np.random.default_rng(7)

    def pick(values: tuple[object, ...]) -> object:
        return values[int(random.integers(len(values)))]

    return [
        {
            "identity_key": int(random.integers(1, 40)),
            "ts_us": START + int(random.integers(0, 60)) * DAY // 4,
            "touchpoint": pick((*PLACES, AWKWARD, None)),
            "channel": pick(("web", "phone", None)),
            "kind": pick(("contact", "visit")),
            "case_id": pick(("a", "b", "c", "d", None)),
            "motive": pick(("bill", "fault", None)),
            "wait_s": pick((None, 0.0, 12.5, 300.0)),
            "score": pick((None, 0.0, 6.0, 8.0, 9.0)),
            "scale_min": 0.0,
            "scale_max": 10.0,
            "polarity": pick(("good_low", "good_high", None)),
            "segment_offer": pick(("pro", "home", None)),
            "id_hi": (i * 37) % 11 - 5,
            "id_lo": i,
        }
        for i in range(count)
    ]


def test_sail_agrees_with_the_kernels_on_every_question(
    make_ledger: Callable[..., object], sail: object
) -> None:
    ledger = make_ledger(seeded_rows(400), {k: k % 13 for k in range(1, 40)})
    people = write_people(ledger.folder / "people.parquet", ledger.people_arrays())  # type: ignore[attr-defined]
    engine = SparkEngine(sail, ledger.files, people, zone=ZONE)  # type: ignore[arg-type, attr-defined]
    kernels = ledger.engine("kernels", zone=ZONE)  # type: ignore[attr-defined]
    for asked in ASKED:
        held = exact(answers(kernels, asked))
        for question, answer in answers(engine, asked, SAIL_BLUR_S).items():
            assert held[question] == listed(answer), (asked, question)  # type: ignore[index]


def write_people(path: Path, people: tuple[np.ndarray, np.ndarray]) -> str:
    linked = {"identity_key": people[0], "person": people[1]}
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT * FROM linked) TO '{path}' (FORMAT parquet)")
    del linked
    return str(path)
