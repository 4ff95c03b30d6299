"""The page of effort: a finding, kinds that add up, links to the interactions, files."""

from __future__ import annotations

import json
import re

import pytest


def test_the_page_says_what_repetition_takes(alice) -> None:
    page = alice.get("/effort?period=all").content.decode()
    assert "La répétition a pris" in page
    assert "contacts répétés" in page


def test_the_page_is_in_english_too(alice) -> None:
    page = alice.get("/effort?period=all&lang=en").content.decode()
    assert "Repetition took" in page
    assert "Customers’ time" in page


def test_a_figure_opens_exactly_the_interactions_it_counts(alice) -> None:
    answer = json.loads(alice.get("/api/effort?by=team").content)
    counted = {row["loss"]: row["n"] for row in answer["rows"] if not row["by"]}
    page = alice.get("/interactions?period=all&of=effort.repeat&lang=en").content.decode()
    assert f"{counted['repeat']:,} interactions" in page.replace("\xa0", " ")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_table_is_handed_out_as_a_file(alice, kind: str) -> None:
    answer = alice.get(f"/effort/export.{kind}?period=all&by=team")
    assert answer.status_code == 200
    assert f"verite-effort.{kind}" in answer.headers["Content-Disposition"]


def test_another_column_sorts_the_groups(alice) -> None:
    page = alice.get("/effort?period=all&by=team&sort=n").content.decode()
    assert re.search(r'aria-sort="descending">Fois', page)


@pytest.mark.parametrize("query", ["by=agent", "by=joy", "sort=joy"])
def test_an_unknown_dimension_or_order_is_refused_in_one_sentence(alice, query: str) -> None:
    assert alice.get(f"/effort?period=all&{query}").status_code in {400, 404}


def test_agents_are_never_told_apart(alice) -> None:
    answer = alice.get("/api/effort?by=agent")
    assert (answer.status_code, json.loads(answer.content)["error"]) == (400, "effort_by_agent")


def test_a_table_tells_time_in_one_unit(alice) -> None:
    page = alice.get("/effort?period=all&by=team").content.decode()
    tables = re.findall(r"<table.*?</table>", page, re.S)
    units = [set(re.findall(r"\d\xa0(min|h)\b", table)) for table in tables]
    assert {"h"} in units
    assert all(len(found) <= 1 for found in units)
