"""Effort: kernels and portable SQL find the same marks and seconds, ties included."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from verite.ledger.efforts import ALL, BITS, LOSSES, EffortRules, Losses
from verite.ledger.engines.marking import mark_rows
from verite.ledger.engines.spark import SparkEngine
from verite.ledger.port import Group
from verite.words.asked import Filters
from verite.words.customer import Mark

HOUR = 3_600_000_000
START = 1_767_225_600_000_000  # 2026-01-01 UTC
RULES = EffortRules()
# minutes, channel, kind, direction, motive, step, agent, team, outcome, wait, talk, menus
GOLDEN = (
    (0, "chat", "contact", "inbound", "net", None, "c3", "chat", "abandoned", 1200.0,
     1080.0, None),
    (23, "chat", "other", "outbound", "net", "box", "c3", "chat", None, None, None, None),
    (30, "chat", "other", "outbound", "net", "lights", "c3", "chat", None, None, None, None),
    (45, "phone", "other", "inbound", None, None, None, None, "transferred", None, 60.0, 1),
    (46, "phone", "contact", "inbound", "net", None, "t5", "tech", "transferred", 900.0,
     720.0, None),
    (64, "phone", "other", "outbound", "net", "box", "t5", "tech", None, None, None, None),
    (68, "phone", "other", "outbound", "net", "lights", "t5", "tech", None, None, None, None),
    (73, "phone", "handover", "inbound", "net", None, None, "lan", "transfer_failed", 1200.0,
     None, None),
    (93, "phone", "other", "inbound", None, None, None, None, "unresolved", None, 60.0, 1),
)  # fmt: skip
COLUMNS = ("channel", "kind", "direction", "motive", "step", "agent", "team", "outcome", "wait_s",
           "duration_s", "menus")  # fmt: skip
SUMS = ("n", "people", "sum_y", "sum_yy", "sum_ss", "sum_sm", "sum_mm")


def golden(person: int = 1, *, case: str | None = "T1") -> list[dict[str, object]]:
    return [
        {
            "identity_key": person,
            "ts_us": START + line[0] * 60_000_000,
            "case_id": case,
            "id_hi": person,
            "id_lo": i,
            **dict(zip(COLUMNS, line[1:], strict=True)),
        }
        for i, line in enumerate(GOLDEN)
    ]


row = st.fixed_dictionaries(
    {
        "identity_key": st.integers(1, 3),
        "ts_us": st.sampled_from([0, 1, 2, 3, 40, 169, 200, 400]).map(lambda h: START + h * HOUR),
        "channel": st.sampled_from(["phone", "email", "bot", None]),
        "touchpoint": st.sampled_from(["desk", "line", None]),
        "kind": st.sampled_from(["contact", "contact", "handover", "other", "visit"]),
        "direction": st.sampled_from(["inbound", "outbound", None]),
        "case_id": st.sampled_from(["a", None]),
        "motive": st.sampled_from(["bill", "net", None]),
        "step": st.sampled_from(["box", None, None]),
        "agent": st.sampled_from(["ann", "bob", None]),
        "team": st.sampled_from(["red", "blue", None]),
        "outcome": st.sampled_from(
            ["transferred", "transfer_failed", "abandoned", "resolved", None]
        ),
        "wait_s": st.sampled_from([None, 0.0, 60.0, 300.0]),
        "duration_s": st.sampled_from([None, 0.0, 100.0, 500.0, 900.0]),
        "menus": st.sampled_from([None, 0, 1, 3]),
        "segment_offer": st.sampled_from(["pro", None]),
    }
)
ledgers = st.lists(row, min_size=1, max_size=40).map(
    lambda rows: [{**r, "id_hi": (i * 37) % 11 - 5, "id_lo": i} for i, r in enumerate(rows)]
)


def told(losses: Losses) -> dict[tuple[str, Group, str], float]:
    """Every sum of every kind and group; -0.0 and dust apart, engines must agree on them."""
    return {
        (kind, group, f"{whose}.{name}"): float(getattr(tally, name))
        for kind, groups in losses.items()
        for group, lost in groups.items()
        for whose, tally in (("spent", lost.spent), ("paid", lost.paid))
        for name in SUMS
    }


@pytest.mark.parametrize("by", [(), ("touchpoint", "team"), ("segment.offer",), ("week",)])
def test_the_golden_story_costs_the_same_on_every_engine(make_ledger: Callable, by: tuple) -> None:
    small = make_ledger([*golden(1), *golden(2, case=None), *golden(3)], {3: 1})
    kernels, duck = (small.engine(name).effort(RULES, by=by, where=Filters())
                     for name in ("kernels", "duckdb"))  # fmt: skip
    assert told(kernels) == pytest.approx(told(duck))


def test_the_golden_story_loses_48_minutes_of_which_12_are_paid(make_ledger: Callable) -> None:
    """Retold 2 + redone 2 × 3 + the rest of the second contact 19 + transfer 20 + menu 1."""
    small = make_ledger(golden())
    found = small.engine("duckdb").effort(RULES, by=(), where=Filters())
    minutes = {kind: groups[()].spent.sum_y / 60 for kind, groups in found.items() if groups}
    assert {mark.value: minutes[mark.value] for mark in LOSSES} == pytest.approx(
        {"repeat": 19.0, "retold": 2.0, "redone": 6.0, "transfer_failed": 20.0, "menu_again": 1.0}
    )
    assert minutes[ALL] == pytest.approx(48.0)
    assert found[ALL][()].paid.sum_y == pytest.approx(720.0)


@given(ledgers, st.sampled_from([(), ("touchpoint",), ("team", "channel")]))
@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
def test_kernels_say_what_the_sql_defines_and_kinds_add_up(
    make_ledger: Callable, rows: list[dict[str, object]], by: tuple[str, ...]
) -> None:
    small = make_ledger(rows, {3: 2}, files=1)
    where = Filters(channels=("phone",)) if len(rows) % 2 else Filters()
    until = START + 201 * HOUR if len(rows) % 3 == 0 else None
    rules = replace(RULES, until_us=until)
    kernels, duck = (small.engine(name).effort(rules, by=by, where=where)
                     for name in ("kernels", "duckdb"))  # fmt: skip
    assert told(kernels) == pytest.approx(told(duck))
    for group, lost in kernels[ALL].items():
        parts = [kernels[mark.value][group].spent.sum_y for mark in LOSSES
                 if group in kernels[mark.value]]  # fmt: skip
        assert lost.spent.sum_y == pytest.approx(sum(parts))
        assert min(parts) >= 0


def test_filters_choose_what_is_counted_not_what_came_before(make_ledger: Callable) -> None:
    small = make_ledger(golden())
    late = Filters(since=datetime(2026, 1, 1, 0, 40, tzinfo=UTC))
    for name in ("kernels", "duckdb"):
        found = small.engine(name).effort(RULES, by=(), where=late)
        assert found[Mark.RETOLD][()].spent.n == 1


def test_other_people_change_nothing_of_ones_marks(make_ledger: Callable) -> None:
    alone = mark_rows(make_ledger(golden(2)).timeline(), RULES).marks.tolist()
    among = make_ledger([*golden(1, case=None), *golden(2), *golden(3)])
    line = among.timeline()
    place = line.persons.tolist().index(2)
    marks = mark_rows(line, RULES).marks[line.starts[place] : line.starts[place + 1]].tolist()
    assert marks == alone


@given(
    st.lists(st.tuples(row, st.booleans()), min_size=2, max_size=24),
)
@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
def test_a_case_cut_between_two_people_repeats_no_more_than_whole(
    make_ledger: Callable, drawn: list[tuple[dict[str, object], bool]]
) -> None:
    """Without transfers: a passing on that is cut off may turn into a story told again."""
    rows = [
        {**one, "case_id": "a", "id_hi": 0, "id_lo": i,
         "outcome": None if one["outcome"] == "transferred" else one["outcome"]}
        for i, (one, _) in enumerate(drawn)
    ]  # fmt: skip
    whole = [{**one, "identity_key": 1} for one in rows]
    cut = [{**one, "identity_key": 1 + moved} for one, (_, moved) in zip(rows, drawn, strict=True)]
    before, after = (
        mark_rows(make_ledger(ledger, files=1).timeline(), RULES).marks for ledger in (whole, cut)
    )
    for mark in (Mark.RETOLD, Mark.REDONE, Mark.REPEAT, Mark.MENU_AGAIN):
        assert int((after & BITS[mark] > 0).sum()) <= int((before & BITS[mark] > 0).sum()), mark


def test_sail_says_what_the_kernels_say(make_ledger: Callable, sail: object) -> None:
    small = make_ledger([*golden(1), *golden(2, case=None), *golden(3)], {3: 1})
    people = small.folder / "people.parquet"
    linked = dict(zip(("identity_key", "person"), small.people_arrays(), strict=True))
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT * FROM linked) TO '{people}' (FORMAT parquet)")
    del linked
    engine = SparkEngine(sail, small.files, str(people))  # type: ignore[arg-type]
    kernels = small.engine("kernels")
    for by in ((), ("team",)):
        found, held = (e.effort(RULES, by=by, where=Filters()) for e in (engine, kernels))
        assert told(found) == pytest.approx(told(held))
