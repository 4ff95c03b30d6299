"""Delimited files as they occur: encodings, separators, quotes, broken lines."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.loop.listen.sources.table.blocks import Shape, cut
from verite.loop.listen.sources.table.records import RECORD_AT_MOST, _compiled, find_records

HEADER = "at;identity;text\n"
ROW = "2024-05-01T10:00:00+02:00;user:1;été à l'île\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_an_encoding_is_found_and_stated(ear, encoding: str, said: str) -> None:
    heard = ear.hear(ear.write((HEADER + ROW * 3).encode(encoding)))
    assert heard.sources[0].encoding == said
    assert (heard.kept, heard.duplicates) == (1, 2)
    assert ear.rows()[0]["text"] == "été à l'île"


def test_latin_1_past_a_megabyte_of_ascii_is_found(ear) -> None:
    plain = f"2024-05-01T10:00:00Z;user:1;{'abc' * 50_000}\n" * 8
    heard = ear.hear(ear.write((HEADER + plain).encode() + ROW.encode("latin-1")))
    assert heard.sources[0].encoding == "cp1252"
    assert heard.quarantined == 0


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_separator_is_found_and_stated(read, separator: str) -> None:
    found = read(
        separator.join(("at", "identity", "text\n"))
        + separator.join(("2024-05-01T10:00Z", "u", f'"a{separator}b"\n'))
    )
    assert found.decided.separator == separator
    assert found.rows[0]["text"] == f"a{separator}b"


def test_the_line_that_declares_a_separator_is_no_header(ear) -> None:
    assert ear.hear(ear.write("sep=|\nat|identity\n2024-05-01T10:00Z|u\n")).kept == 1


def test_lines_end_as_on_any_machine(ear) -> None:
    for number, newline in enumerate(("\n", "\r\n", "\r")):
        text = f"at;identity{newline}2024-05-0{number + 1}T10:00Z;u{newline}"
        assert ear.hear(ear.write(text)).kept == 1


def test_quotes_hold_newlines_separators_and_quotes(read) -> None:
    found = read('at;identity;text\n2024-05-01T10:00Z;u;"a;\n""b"""\n')
    assert found.rows[0]["text"] == 'a;\n"b"'


def test_a_quote_inside_a_bare_cell_is_a_letter(read) -> None:
    found = read('at;identity;text\n2024-05-01T10:00Z;u;un écran 12" neuf\n')
    assert found.rows[0]["text"] == 'un écran 12" neuf'


def test_a_line_that_is_no_row_is_quarantined_with_its_number_and_text(ear) -> None:
    lines = [
        "at;identity;text",
        "2024-05-01T10:00Z;u1;fine",
        "2024-05-01T10:00Z;u2",
        "2024-05-01T10:00Z;u3;a;b",
        '2024-05-01T10:00Z;u4;"never closed',
        "",
        ";;",
        '2024-05-01T10:00Z;u5;"closed" twice',
        "2024-05-01T10:00Z;u6;nul \0 here",
        "2024-05-01T10:00Z;u7;fine too",
    ]
    heard = ear.hear(ear.write("\n".join(lines)))
    found = [(one.line, one.reason) for one in heard.quarantine]
    assert found == [
        (3, "ragged_row"),
        (4, "ragged_row"),
        (5, "unclosed_quote"),
        (8, "text_after_quote"),
        (9, "nul_character"),
    ]
    assert (heard.read, heard.kept) == (7, 2)
    raws = {one.line: one.raw for one in ear.ledger.quarantined(limit=9)}
    assert raws[5] == lines[4]


def test_bytes_that_are_no_text_cost_their_line_only(ear) -> None:
    data = (HEADER + ROW).encode() + b"2024-05-02T10:00Z;u;\xff\xfe\n" + ROW.encode()
    heard = ear.hear(ear.write(data))
    assert [(one.line, one.reason) for one in heard.quarantine] == [(3, "bad_encoding")]


def test_a_line_of_megabytes_costs_itself_only(ear) -> None:
    heard = ear.hear(ear.write(HEADER + "x" * 40_000_000 + "\n" + ROW))
    assert [(one.line, one.reason) for one in heard.quarantine] == [(2, "line_too_long")]
    assert heard.kept == 1


def test_line_numbers_count_the_lines_inside_quotes(ear) -> None:
    text = 'at;identity;text\n2024-05-01T10:00Z;u;"a\nb\nc"\nnever;u;d\n'
    assert ear.hear(ear.write(text)).quarantine[0].line == 5


def test_columns_with_one_name_are_told_apart(read) -> None:
    found = read("at;identity;note;note;\n2024-05-01T10:00Z;u;1;2;3\n")
    assert found.decided.unmapped == ("note", "note_2", "column_5")


CELL = st.text(st.sampled_from('ab;"\n\r é\0'), max_size=5)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from('ab;"\n '), max_size=60), st.integers(1, 20))
def test_blocks_of_any_size_give_the_same_records(text: str, size: int) -> None:
    shape = Shape(encoding="utf-8", separator=ord(";"), cells=2)
    whole = list(cut(io.BytesIO(text.encode()), shape))
    pieces = list(cut(io.BytesIO(text.encode()), shape, block=size))
    lines = [line for block in pieces for line in block.lines.tolist()]
    assert lines == [line for block in whole for line in block.lines.tolist()]
    unread = [(one.line, one.raw) for block in pieces for one in block.unread]
    assert unread == [(one.line, one.raw) for block in whole for one in block.unread]


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('ab;"\n \t'), max_size=80), st.booleans())
def test_the_compiled_pass_equals_the_plain_one(text: str, final: bool) -> None:
    import verite.loop.listen.sources.table.records as records

    plain = find_records(text.encode(), 59, first_line=1, final=final)
    kept, records.COMPILE_FROM = records.COMPILE_FROM, 0
    try:
        compiled = find_records(text.encode(), 59, first_line=1, final=final)
    finally:
        records.COMPILE_FROM = kept
    assert _compiled() is not None
    assert plain.consumed == compiled.consumed
    assert plain.tidy == compiled.tidy
    for name in ("starts", "ends", "cells", "flaws", "blank", "lines"):
        assert getattr(plain, name).tolist() == getattr(compiled, name).tolist()


def test_a_quote_never_closed_is_told_without_reading_all() -> None:
    stream = io.BytesIO(b'a;b\n"c\n' + b"x" * (6 * RECORD_AT_MOST) + b"\nd;e\n")
    shape = Shape(encoding="utf-8", separator=59, cells=2)
    read: list[int] = []
    reasons: list[str] = []
    for block in cut(stream, shape, block=1 << 18):
        reasons += [one.reason for one in block.unread]
        read += [stream.tell()] * len(block.unread)
    assert reasons == ["unclosed_quote", "line_too_long"]
    assert max(read) < 5 * RECORD_AT_MOST
