"""Mappings: TOML and back, branches, constants, SELECTs, guesses, previews."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.loop.listen import (
    Branch,
    Filling,
    Mapping,
    Request,
    guess,
    preview,
    read_mapping,
    write_mapping,
)
from verite.loop.listen.mapping import FIELDS
from verite.words.errors import BadInput, WrongUse

TICKETS = """Date;Client;Canal;Note NPS;Fin;Équipe
01/05/2024 10:00;C1;Guichet;9;;Nord
13/05/2024 10:00;C2;Tel;99;14/05/2024;Sud
"""
TOML = """
zone = "Europe/Paris"
[columns]
at = "Date"
identity = "Client"
channel = "Canal"
"segment.team" = "Équipe"
[prefixes]
identity = "client"
[values.channel]
Guichet = "store"
[[rows]]
name = "answer"
when = "Note NPS"
columns = { score = "Note NPS" }
constants = { metric = "nps" }
values = { score = { "99" = "" } }
[[rows]]
name = "closing"
when = "Fin"
columns = { at = "Fin" }
constants = { kind = "handover" }
"""


def test_a_mapping_names_columns_constants_values_and_branches(ear, us) -> None:
    heard = ear.hear(ear.write(TICKETS), mapping=ear.write(TOML, "m.toml"))
    assert (heard.read, heard.kept) == (3, 3)
    rows = ear.rows()
    assert [row["ts_us"] for row in rows] == [
        us("2024-05-01T10:00+02:00"),
        us("2024-05-13T10:00+02:00"),
        us("2024-05-14T00:00+02:00"),
    ]
    assert [row["score"] for row in rows] == [9.0, None, None]
    assert (rows[0]["scale_min"], rows[0]["scale_max"]) == (0.0, 10.0)
    assert [row["channel"] for row in rows] == ["store", "phone", "phone"]
    assert [row["segment_team"] for row in rows] == ["Nord", "Sud", "Sud"]
    assert ear.ledger.key_of("client:C1") is not None


def test_rows_that_no_branch_takes_are_counted_in_a_note(ear) -> None:
    mapping = ear.write('[columns]\nat = "Date"\n[[rows]]\nwhen = "Fin"', "m.toml")
    heard = ear.hear(ear.write(TICKETS), mapping=mapping)
    assert "note_yielding_nothing: file=a.csv, count=1" in heard.about.notes


def test_a_format_reads_a_time_that_detection_cannot(ear, us) -> None:
    mapping = ear.write('[columns]\nat = "When"\n[formats]\nat = "%Y|%d|%m"', "m.toml")
    ear.hear(ear.write("When;x\n2024|31|12;1\n"), mapping=mapping)
    assert ear.rows()[0]["ts_us"] == us("2024-12-31T00:00Z")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("columns = 3", "mapping_key"),
        ("colums = {}", "mapping_key"),
        ("[columns]\nat = [1]", "mapping_key"),
        ("[columns]\ncolour = 'x'", "unknown_field"),
        ("not toml", "mapping_toml"),
        ("[[rows]]\nwho = 1", "mapping_key"),
        ("zone = 3", "mapping_key"),
    ],
)
def test_a_mapping_that_is_none_says_why(text: str, code: str) -> None:
    with pytest.raises(BadInput) as raised:
        read_mapping(text)
    assert raised.value.code == code


def test_a_column_that_is_not_there_is_named_with_those_that_are(ear) -> None:
    with pytest.raises(BadInput) as raised:
        ear.hear(ear.write("jour;nom\n1;2\n"))
    assert raised.value.code == "missing_column"
    assert raised.value.fields == {"column": "at", "file": "a.csv", "found": "jour, nom"}


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.builds(
            lambda field, column, constant, words, values: (
                Filling(
                    field=field,
                    column=None if constant is not None else column,
                    constant=constant,
                    prefix=words,
                    values=tuple(values.items()),
                )
                if constant is None
                else Filling(field=field, constant=constant)
            ),
            st.sampled_from([*FIELDS, "segment.x", "properties.é"]),
            TEXTS,
            st.none() | TEXTS,
            st.none() | TEXTS,
            st.dictionaries(TEXTS, TEXTS, max_size=2),
        ),
        unique_by=lambda filling: filling.field,
        max_size=6,
    ),
    TEXTS,
)
def test_a_mapping_survives_its_text(fillings: list[Filling], name: str) -> None:
    ordered = sorted(fillings, key=lambda one: one.column is None)
    mapping = Mapping(branches=(Branch(fillings=tuple(ordered), name=name),), day_first=False)
    assert read_mapping(write_mapping(mapping)) == mapping


def test_a_select_maps_files_named_after_their_stems(ear) -> None:
    visits = ear.write("who,day\nu1,2024-05-01\nu2,2024-05-02\n", "Web-Visits.csv")
    people = ear.write("who;région\nu1;Sud\n", "people.csv")
    query = """SELECT 'user:' || who AS identity, day AS "at", 'visit' AS kind,
        "région" AS segment_region, 1 AS colour FROM web_visits LEFT JOIN people USING (who);"""
    heard = ear.hear(visits, people, mapping=ear.write(query, "m.sql"), allow_sql=True)
    assert (heard.read, heard.kept) == (2, 2)
    assert [row["segment_region"] for row in ear.rows()] == ["Sud", None]
    assert heard.sources[0].unmapped == ("colour",)


def test_lines_that_a_select_cannot_see_are_quarantined(ear) -> None:
    path = ear.write("at,identity\n2024-05-01,u\nbroken\n2024-05-02,v\n", "v.csv")
    mapping = ear.write("SELECT * FROM v", "m.sql")
    heard = ear.hear(path, mapping=mapping, allow_sql=True)
    assert (heard.read, heard.kept, heard.quarantined) == (3, 2, 1)
    assert (heard.quarantine[0].file, heard.quarantine[0].line) == ("v.csv", 3)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('{other}')",
        "SELECT * FROM read_text('{other}')",
        "SELECT * FROM '{other}'",
        "SELECT * FROM glob('/*')",
    ],
)
def test_a_select_sees_no_other_file(ear, query: str) -> None:
    other = ear.write("at,identity\n2024-05-01,secret\n", "other.csv")
    path = ear.write("at,identity\n2024-05-01,u\n", "v.csv")
    mapping = ear.write(query.format(other=other), "m.sql")
    with pytest.raises(BadInput) as raised:
        ear.hear(path, mapping=mapping, allow_sql=True)
    assert raised.value.code in {"mapping_sql", "missing_column"}


@pytest.mark.parametrize(
    "query",
    [
        "COPY (SELECT 1) TO 'x'",
        "SET threads = 1",
        "SELECT 1; SELECT 2",
        "ATTACH 'x'",
        "",
        "DROP VIEW v",
    ],
)
def test_a_mapping_is_one_select(ear, query: str) -> None:
    with pytest.raises(BadInput) as raised:
        ear.hear(ear.write("a\n1\n", "v.csv"), mapping=ear.write(query, "m.sql"), allow_sql=True)
    assert raised.value.code == "mapping_not_one_select"


def test_a_select_is_refused_where_it_is_not_allowed(ear) -> None:
    with pytest.raises(WrongUse) as raised:
        ear.hear(ear.write(TICKETS), mapping=ear.write("SELECT 1", "m.sql"))
    assert raised.value.code == "sql_not_allowed"


def test_columns_are_guessed_from_french_names() -> None:
    guessed = guess(
        (
            "Date",
            "Client",
            "Canal",
            "Note NPS",
            "Commentaire",
            "Conseiller",
            "Équipe",
            "Offre",
            "Zut",
        )
    )
    assert guessed is not None
    fields = {f.column or f.constant: f.field for f in guessed.branches[0].fillings}
    assert fields == {
        "Date": "at", "Client": "identity", "Canal": "channel", "Note NPS": "score",
        "Commentaire": "text", "Conseiller": "agent", "Équipe": "team", "Offre": "segment.offre",
        "nps": "metric", "0": "scale_min", "10": "scale_max",
    }  # fmt: skip


def test_nothing_is_guessed_without_a_time() -> None:
    assert guess(("a", "b")) is None


def test_a_preview_shows_rows_as_mapped_and_as_they_stand(ear) -> None:
    shown = preview(Request(files=(ear.write(TICKETS),), zone="Europe/Paris"))
    assert shown.columns == ("Date", "Client", "Canal", "Note NPS", "Fin", "Équipe")
    assert shown.sample[0][:2] == ("01/05/2024 10:00", "C1")
    first = dict(zip(shown.fields, shown.rows[0], strict=True))
    assert (first["at"], first["score"]) == ("2024-05-01T08:00:00Z", "9.0")
    assert dict(shown.refused) == {"score_outside_scale": 1}
    assert shown.decided.day_first is True
    assert ear.ledger.version == -1


def test_a_preview_without_a_time_asks_for_it(ear) -> None:
    shown = preview(Request(files=(ear.write("a;b\n1;2\n"),)))
    assert shown.notes == ("note_no_time_column: file=a.csv",)
    assert shown.sample == (("1", "2"),)


def test_shipped_mappings_are_read() -> None:
    examples = Path(__file__).parents[3] / "src" / "verite" / "loop" / "listen" / "examples"
    assert read_mapping((examples / "receipt.toml").read_text(encoding="utf-8")).branches
    assert {path.name for path in examples.iterdir()} >= {"receipt.toml", "olist.sql", "nps.sql"}


@pytest.mark.parametrize(
    "key", ["x y", "Offre", "a, (SELECT content FROM read_text('/etc/hostname')) AS b", ""]
)
def test_a_segment_that_is_no_name_of_a_column_is_refused(key: str) -> None:
    with pytest.raises(BadInput, match="segment_key"):
        Filling(field=f"segment.{key}", column="c")


@pytest.mark.parametrize("form", ["%Q", "%d/%m/%", "epoch_ns"])
def test_a_format_that_is_none_is_refused(read, form: str) -> None:
    mapping = read_mapping(f'[columns]\nat = "d"\n[formats]\nat = "{form}"')
    with pytest.raises(BadInput, match="bad_format"):
        read("d\n2024\n", mapping=mapping)


def test_an_epoch_too_large_is_a_bad_time(read) -> None:
    mapping = read_mapping('[columns]\nat = "d"\n[formats]\nat = "epoch_s"')
    found = read("d\n99999999999999999999\n1e300\n0\n", mapping=mapping)
    assert [reason for reason, _ in found.failed] == ["bad_time", "bad_time"]
