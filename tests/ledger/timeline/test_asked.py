"""What is asked of a timeline: cases, codes of time, filters, ids."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.ledger.timeline.rows import DAY, START, Row, Write, sources

from verite.ledger.timeline.build import build
from verite.ledger.timeline.timeline import Timeline
from verite.words.asked import Filters
from verite.words.errors import WrongUse


def test_cases_by_id_cross_people_and_leave_out_rows_without_one(
    tmp_path: Path, write_rows: Write
) -> None:
    rows: list[Row] = [
        {"identity_key": 2, "ts_us": START, "id_hi": 0, "id_lo": 0, "case_id": "a"},
        {"identity_key": 1, "ts_us": START + 1, "id_hi": 0, "id_lo": 1, "case_id": "a"},
        {"identity_key": 1, "ts_us": START + 2, "id_hi": 0, "id_lo": 2},
    ]
    line = Timeline(build(sources([write_rows(tmp_path / "0.parquet", rows)]), tmp_path / "t"))
    cases = line.cases("case_id")
    assert [int(line.id_lo[row]) for row in cases.order] == [0, 1]
    assert cases.starts.tolist() == [0, 2]


def test_a_session_ends_after_the_silence_asked(tmp_path: Path, write_rows: Write) -> None:
    days = (0, 30, 61)
    rows: list[Row] = [
        {"identity_key": 1, "ts_us": START + d * DAY, "id_hi": 0, "id_lo": d} for d in days
    ]
    line = Timeline(build(sources([write_rows(tmp_path / "0.parquet", rows)]), tmp_path / "t"))
    assert line.cases("gap:30d").starts.tolist() == [0, 2, 3]
    with pytest.raises(WrongUse):
        line.cases("gap:soon")


def test_time_codes_follow_the_zone_over_a_change_of_hour(
    tmp_path: Path, write_rows: Write
) -> None:
    # Paris leaves winter time on 2026-03-29 at 01:00 UTC.
    moments = (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 3, 29, 22, 30, tzinfo=UTC))
    rows: list[Row] = [
        {"identity_key": 1, "ts_us": int(m.timestamp()) * 1_000_000, "id_hi": 0, "id_lo": i}
        for i, m in enumerate(moments)
    ]
    folder = build(sources([write_rows(tmp_path / "0.parquet", rows)]), tmp_path / "t")
    line = Timeline(folder, zone="Europe/Paris")
    assert line.time_codes("hour")[1] == ("00", "01")
    assert line.time_codes("day")[1] == ("2026-03-29", "2026-03-30")
    assert line.time_codes("week")[1] == ("2026-03-23", "2026-03-30")
    assert line.time_codes("weekday")[1] == ("1", "7")
    assert line.time_codes("month")[1] == ("2026-03",)
    with pytest.raises(WrongUse):
        Timeline(folder, zone="Mars/Olympus").time_codes("day")


def test_filters_are_half_open_and_segment_values_are_alternatives(
    tmp_path: Path, write_rows: Write
) -> None:
    rows: list[Row] = [
        {
            "identity_key": 1,
            "ts_us": START + i * DAY,
            "id_hi": 0,
            "id_lo": i,
            "segment_offer": offer,
        }
        for i, offer in enumerate(("pro", "home", None))
    ]
    line = Timeline(build(sources([write_rows(tmp_path / "0.parquet", rows)]), tmp_path / "t"))
    window = Filters(since=datetime(2026, 1, 1, tzinfo=UTC), until=datetime(2026, 1, 2, tzinfo=UTC))
    both = Filters(segments=(("offer", "pro"), ("offer", "home")))
    assert line.rows_of(window).tolist() == [True, False, False]
    assert line.rows_of(both).tolist() == [True, True, False]
    assert line.rows_of(Filters(channels=("web",))).tolist() == [False] * 3
    assert line.segments == ("offer",)


def test_ids_are_the_32_hexadecimal_digits(tmp_path: Path, write_rows: Write) -> None:
    rows: list[Row] = [{"identity_key": 1, "ts_us": START, "id_hi": -1, "id_lo": 10}]
    line = Timeline(build(sources([write_rows(tmp_path / "0.parquet", rows)]), tmp_path / "t"))
    assert line.ids([0]) == ["f" * 16 + "000000000000000a"]
