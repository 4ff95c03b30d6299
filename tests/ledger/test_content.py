"""Fingerprints: the same words give the same number, in any release and any company of rows."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.ledger.content import fingerprint
from verite.words.columns import RECEIVED

TEXTS = [name for name, kind in RECEIVED.items() if kind == "VARCHAR" and name != "message_id"]
ENGINE = duckdb.connect()
NUMBERS = [name for name, kind in RECEIVED.items() if kind == "DOUBLE"]


def contents(table, rows):
    return fingerprint(ENGINE, table(rows)).content.tolist()


def test_the_content_of_a_row_never_changes_over_releases(table):
    """A change of this number would turn every replay into a conflict."""
    row = {
        "message_id": "m",
        "identity": "user:1",
        "ts_us": 1_700_000_000_000_000,
        "channel": "phone",
        "menus": 3,
        "wait_s": 12.5,
        "segment_offer": "pro",
    }
    assert contents(table, [row]) == [-413699726954126413]


def test_the_message_id_is_no_part_of_the_content(table):
    rows = [{"message_id": name, "ts_us": 1} for name in ("a", "b")]
    assert len(set(contents(table, rows))) == 1


def test_minus_zero_says_the_same_as_zero(table):
    rows = [{"ts_us": 1, "score": zero} for zero in (0.0, -0.0)]
    assert len(set(contents(table, rows))) == 1


@pytest.mark.parametrize("column", [*TEXTS, "segment_x"])
def test_each_text_column_counts_and_empty_is_not_absent(table, column):
    rows = [{"ts_us": 1, column: value} for value in ("a", "b", "", None)]
    wanted = 3 if column == "identity" else 4
    rows = rows[:wanted]
    assert len(set(contents(table, rows))) == wanted


@pytest.mark.parametrize("column", [*NUMBERS, "menus", "end_us"])
def test_each_number_column_counts_and_zero_is_not_absent(table, column):
    rows = [{"ts_us": 1, column: value} for value in (0, 1, 2, None)]
    assert len(set(contents(table, rows))) == 4


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"ts_us": st.integers(0, 3)},
            optional={
                "agent": st.sampled_from(["a", "b", ""]),
                "team": st.sampled_from(["a", "b", ""]),
                "score": st.sampled_from([0.0, 1.0, 2.5]),
                "segment_x": st.sampled_from(["a", ""]),
            },
        ),
        min_size=1,
        max_size=12,
    )
)
def test_rows_agree_exactly_when_they_say_the_same_whatever_stands_beside(rows):
    from tests.ledger.conftest import table_of

    together = contents(table_of, rows)
    alone = [contents(table_of, [row])[0] for row in rows]
    assert together == alone
    said = [tuple(sorted(row.items())) for row in rows]
    pairs = {(content, words) for content, words in zip(together, said, strict=True)}
    assert len(pairs) == len({c for c, _ in pairs}) == len({w for _, w in pairs})


def test_there_is_one_fingerprint_per_row_in_order(table):
    rows = [{"message_id": str(n), "ts_us": n % 2} for n in range(4000)]
    found = contents(table, rows)
    assert len(np.unique(found)) == 2
    assert found[:2] * 2000 == found
