"""What cells become: times, numbers, scores, identities, channels, words."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.loop.listen.sql import open_desk
from verite.loop.listen.zones import offset_sql

PARIS = "Europe/Paris"
DESK = open_desk()
TIMES = {
    "2024-05-01T10:00:00+02:00": "2024-05-01T08:00:00Z",
    "2024-05-01 10:00:00.123456+02:00": "2024-05-01T08:00:00.123456Z",
    "2024-05-01T10:00Z": "2024-05-01T10:00:00Z",
    "2024-05-01 10:00:00 UTC": "2024-05-01T10:00:00Z",
    "2024-05-01 10:00:00 +0200": "2024-05-01T08:00:00Z",
    "2024-05-01T05:00-05:00": "2024-05-01T10:00:00Z",
    "2024-05-01 10:00:00": "2024-05-01T08:00:00Z",
    "2024-05-01": "2024-04-30T22:00:00Z",
    "01/05/2024 10:00": "2024-05-01T08:00:00Z",
    "1.5.24 10:00:30": "2024-05-01T08:00:30Z",
    "01/05/2024 à 10h00": "2024-05-01T08:00:00Z",
    "01/05/2024 10:00 PM": "2024-05-01T20:00:00Z",
    "26 février 2021": "2021-02-25T23:00:00Z",
    "1er mars 2020 09:05": "2020-03-01T08:05:00Z",
    "15 août 2023": "2023-08-14T22:00:00Z",
    "3 April 2019 10:00": "2019-04-03T08:00:00Z",
    "1714557600": "2024-05-01T10:00:00Z",
    "1714557600.5": "2024-05-01T10:00:00.500000Z",
    "1714557600123": "2024-05-01T10:00:00.123000Z",
    "1714557600123456": "2024-05-01T10:00:00.123456Z",
    "20240501": "2024-04-30T22:00:00Z",
    "20240501100000": "2024-05-01T08:00:00Z",
}
NO_TIMES = [
    "soon", "2024-13-01", "31/02/2024", "2024-05-01 25:00", "10:00", "99", "1/2",
    "2024-05-01 10:00 tomorrow", "2450-01-01", "infinity",
]  # fmt: skip


def lines(header: str, cells: list[str]) -> str:
    return header + "\n" + "".join(f"{cell}\n" for cell in cells)


def test_times_are_read_as_people_write_them(read, us) -> None:
    found = read(lines("at;identity", [f"{time};u" for time in TIMES]), zone=PARIS)
    got = dict(zip(TIMES, [row["ts_us"] for row in found.rows], strict=True))
    assert got == {written: us(meant) for written, meant in TIMES.items()}


def test_times_that_are_none_are_refused(read) -> None:
    found = read(lines("at;identity", [*(f"{time};u" for time in NO_TIMES), ";u"]))
    assert found.failed == [*(("bad_time", time) for time in NO_TIMES), ("missing_time", None)]


def test_a_day_over_twelve_tells_the_order_of_dates(read, us) -> None:
    found = read("at;identity\n04/13/2024;u\n05/01/2024;u\n")
    assert found.decided.day_first is False
    assert [r["ts_us"] for r in found.rows] == [us("2024-04-13T00:00Z"), us("2024-05-01T00:00Z")]


def test_dates_that_leave_a_doubt_take_the_day_first_and_say_so(read, us) -> None:
    text = "at;identity\n03/04/2024;u\n"
    found = read(text)
    assert found.rows[0]["ts_us"] == us("2024-04-03T00:00Z")
    assert "note_day_first_assumed: file=a.csv" in found.notes
    told = read(text, day_first=False)
    assert told.rows[0]["ts_us"] == us("2024-03-04T00:00Z")
    assert not any("day_first" in note for note in told.notes)


def test_an_hour_that_does_not_exist_is_refused(read) -> None:
    found = read("at;identity\n2024-03-31 02:30:00;u\n", zone=PARIS)
    assert found.failed == [("time_in_clock_gap", "2024-03-31 02:30:00")]


def test_an_hour_that_occurs_twice_is_the_first_and_noted(read, us) -> None:
    found = read("at;identity\n2024-10-27 02:30:00;u\n", zone=PARIS)
    assert found.rows[0]["ts_us"] == us("2024-10-27T02:30:00+02:00")
    assert "note_hour_twice: file=a.csv, count=1" in found.notes


@settings(max_examples=60, deadline=None)
@given(
    st.integers(-315_000_000, 3_471_000_000),
    st.sampled_from([PARIS, "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]),
)
def test_local_times_agree_with_the_calendar_of_python(second: int, zone: str) -> None:
    found = DESK.execute(f"SELECT {offset_sql(zone, 't')} FROM (SELECT {second * 1_000_000} AS t)")
    offset = found.fetchall()[0][0]
    local = datetime.fromtimestamp(second, UTC).replace(tzinfo=None)
    meant = local.replace(tzinfo=ZoneInfo(zone))
    exists = meant.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local
    if offset is None:
        assert not exists
    elif exists:
        assert offset // 2 * 2 == round(meant.utcoffset().total_seconds()) * 1_000_000


@pytest.mark.parametrize(
    ("decimal", "numbers"),
    [
        (",", {"12,5": 12.5, "1.234,5": 1234.5, "1 234,50": 1234.5, "7": 7.0, "0:02:30": 150.0}),
        (".", {"12.5": 12.5, "1,234.50": 1234.5, "7": 7.0, "1:00:00": 3600.0}),
    ],
)
def test_numbers_are_read_as_people_write_them(
    read, decimal: str, numbers: dict[str, float]
) -> None:
    found = read(lines("at;identity;wait_s", [f"2024-05-01;u;{number}" for number in numbers]))
    assert [row["wait_s"] for row in found.rows] == list(numbers.values())
    assert found.decided.decimal == decimal


def test_a_number_that_is_none_is_refused_and_an_absent_one_is_null(read) -> None:
    found = read(
        lines("at;identity;wait_s", ["2024-05-01;u;many", "2024-05-01;u;N/A", "2024-05-01;v;-3"])
    )
    assert found.failed == [("bad_number", "wait_s: many"), ("below_zero", None)]
    assert found.rows[0]["wait_s"] is None


SCORED = "at;identity;metric;score;scale_min;scale_max;polarity"


def test_scores_that_cannot_be_true_are_refused(read) -> None:
    cases = {
        "nps;9;;;": "score_without_scale",
        ";9;0;10;": "score_without_metric",
        "nps;11;0;10;": "score_outside_scale",
        "nps;9;10;0;": "scale_order",
        "nps;9;0;10;sideways": "unknown_polarity",
    }
    found = read(lines(SCORED, [f"2024-05-01;u;{cells}" for cells in cases]))
    assert [reason for reason, _ in found.failed] == list(cases.values())


def test_a_score_keeps_scale_and_polarity_and_makes_the_row_feedback(read) -> None:
    (row,) = read(lines(SCORED, ["2024-05-01;u;CES;2;1;7;good_low"])).rows
    kept = (row["metric"], row["score"], row["scale_min"], row["scale_max"], row["polarity"])
    assert kept == ("ces", 2.0, 1.0, 7.0, "good_low")
    assert row["kind"] == "feedback"


def test_words_without_a_score_are_in_no_metric(read) -> None:
    (row,) = read(lines(SCORED + ";text", ["2024-05-01;u;nps;;0;10;;hi"])).rows
    assert (row["metric"], row["score"], row["scale_min"], row["text"]) == (None, None, None, "hi")


def test_many_equal_scores_outside_the_scale_raise_a_question(read) -> None:
    fine = [f"2024-05-01;u{i};csat;4;1;5;" for i in range(50)]
    odd = [f"2024-05-01;v{i};csat;99;1;5;" for i in range(5)]
    found = read(lines(SCORED, fine + odd))
    assert "note_not_applicable: file=a.csv, metric=csat, score=99, count=5" in found.notes
    assert len(found.failed) == 5


def test_an_identity_has_one_spelling(read) -> None:
    spelled = {
        "user:1": "user:1", "Jean@X.fr": "email:jean@x.fr", "email:A@B.fr": "email:a@b.fr",
        "+33 6 12 34 56 78": "phone:+33612345678", "phone:06 12 34 56 78": "phone:+33612345678",
        "0033612345678": "phone:+33612345678", "C42": "user:C42", "card:9": "card:9",
    }  # fmt: skip
    found = read(lines("at;identity", [f"2024-05-01;{written}" for written in spelled]))
    assert [row["identity"] for row in found.rows] == list(spelled.values())


def test_a_row_without_identity_is_a_person_unknown_and_noted(read) -> None:
    found = read("at;message_id\n2024-05-01;m1\n2024-05-01;m2\n")
    assert [row["identity"] for row in found.rows] == ["anon:m1", "anon:m2"]
    assert "note_anonymous: file=a.csv, count=2" in found.notes


def test_aliases_are_lists_in_json_or_with_bars(read) -> None:
    found = read(
        'at,identity,aliases\n2024-05-01,u,"[""email:A@b.fr""]"\n2024-05-01,v,phone:0612345678|card:3\n2024-05-01,w,\n'
    )
    assert [row["aliases"] for row in found.rows] == [
        '["email:a@b.fr"]', '["phone:+33612345678","card:3"]', None,
    ]  # fmt: skip


def test_a_channel_has_one_name(read) -> None:
    named = {
        "E-mail": "email", "Internet": "web", "Agence": "store", "Tél": "phone", "WEB": "web",
        "Fax": "fax", "": "other",
    }  # fmt: skip
    found = read(lines("at;identity;channel", [f"2024-05-01;u;{written}" for written in named]))
    assert [row["channel"] for row in found.rows] == list(named.values())
    assert "note_unknown_channels: file=a.csv, channels=fax (1)" in found.notes


def test_closed_sets_are_checked(read) -> None:
    text = (
        "at;identity;kind;direction;outcome\n2024-05-01;u;x;;\n2024-05-01;u;;x;\n2024-05-01;u;;;x\n"
    )
    found = read(text)
    assert found.failed == [
        ("unknown_kind", "x"),
        ("unknown_direction", "x"),
        ("unknown_outcome", "x"),
    ]


def test_personal_data_in_words_is_masked(read) -> None:
    said = "Appelez le 06 12 34 56 78 ou jean@x.fr"
    header = "at;identity;text;motive;properties.note;segment.x"
    (row,) = read(lines(header, [f"2024-05-01;u;{said};{said};{said};a@b.fr"])).rows
    assert row["text"] == row["motive"] == "Appelez le [phone] ou [e-mail]"
    assert row["properties"] == '{"note":"Appelez le [phone] ou [e-mail]"}'
    assert row["segment_x"] == "[e-mail]"


def test_an_end_before_its_start_is_refused(read) -> None:
    found = read("at;identity;ended_at\n2024-05-02;u;2024-05-01\n2024-05-02;u;x\n")
    assert [reason for reason, _ in found.failed] == ["ends_before_start", "bad_end_time"]


def test_columns_that_nothing_maps_are_named(read) -> None:
    found = read("at;identity;colour;segment.Offre;journey_id\n2024-05-01;u;red;fibre;J1\n")
    assert found.decided.unmapped == ("colour",)
    assert (found.rows[0]["segment_offre"], found.rows[0]["case_id"]) == ("fibre", "J1")


def test_nobody_is_not_one_customer(read) -> None:
    spelled = ["NULL", "n/a", "-", "None", "\\N"]
    found = read(lines("at;message_id;identity", [f"2024-05-01;{w};{w}" for w in spelled]))
    assert [row["identity"] for row in found.rows] == [f"anon:{w}" for w in spelled]


def test_aliases_are_written_like_identities(read) -> None:
    found = read(
        lines("at|identity|aliases", ["2024-05-01|u|email:A@b.fr; +33612345678;c@d.fr;NULL;7"])
    )
    assert found.rows[0]["aliases"] == (
        '["email:a@b.fr","phone:+33612345678","email:c@d.fr","user:7"]'
    )


def test_twelve_digits_are_a_date_with_its_minute(read, us) -> None:
    found = read("at,identity\n202405010930,u\n20240501093015,u\n", zone="UTC")
    assert [row["ts_us"] for row in found.rows] == [
        us("2024-05-01T09:30:00Z"), us("2024-05-01T09:30:15Z"),
    ]  # fmt: skip
