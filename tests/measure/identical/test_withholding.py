"""What is hidden in the cells is hidden in the pairs; agents under thirty stand in neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from verite.measure import Study
from verite.measure.identical import identical
from verite.words.estimate import Status
from verite.words.identical import Identical, IdenticalAsked

Made = Callable[..., list[dict[str, Any]]]
StudyOf = Callable[..., Study]


def cut(
    study_of: StudyOf, rows: list[dict[str, Any]], over: str, sizes: dict[str, int]
) -> Identical:
    """The answers, the first ones with the first value of the dimension, and so on."""
    names = [name for name, size in sizes.items() for _ in range(size)]
    plain = [
        row | {over: name, "team": None, "channel": "phone"}
        for row, name in zip(rows, names, strict=True)
    ]
    study = study_of(plain)
    study = replace(study, definitions=replace(study.definitions, agent_figures=True))
    return identical(study, IdenticalAsked(metric="ease", over=(over,)))


def test_a_pair_of_hidden_cells_tells_nothing(study_of: StudyOf, made: Made) -> None:
    """Site a has 3 answers; b is hidden with it. b − c would tell b, and so a."""
    found = cut(study_of, made(523), "site", {"a": 3, "b": 20, "c": 500})
    assert {one.effect.status for one in found.cells} == {Status.HIDDEN, Status.OK}
    told = {(one.first, one.second): one.difference for one in found.contrasts}
    assert set(told) == {("a", "b"), ("a", "c"), ("b", "c")}
    for one in told.values():
        assert (one.status, one.low, one.high, one.n) == (Status.HIDDEN, None, None, None)
    assert all(one.alike is None for one in found.contrasts)


@pytest.mark.parametrize(
    ("sizes", "cells", "pairs"),
    [
        ({"ann": 200, "bob": 150}, {"ann", "bob"}, {("ann", "bob")}),
        ({"ann": 200, "bob": 20}, set(), set()),
        ({"ann": 200, "bob": 150, "cem": 20}, {"ann"}, set()),
        ({"ann": 200, "bob": 150, "cem": 20, "dan": 20}, {"ann", "bob"}, {("ann", "bob")}),
    ],
)
def test_an_agent_under_thirty_answers_is_in_no_cell_and_no_pair(
    study_of: StudyOf,
    made: Made,
    sizes: dict[str, int],
    cells: set[str],
    pairs: set[tuple[str, str]],
) -> None:
    """Where a single one is left out, the smallest goes with it: no telling by subtraction."""
    found = cut(study_of, made(sum(sizes.values())), "agent", sizes)
    assert {one.by[0].value for one in found.cells} == cells
    assert {(one.first, one.second) for one in found.contrasts} == pairs
