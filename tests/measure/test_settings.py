"""Definitions in verite.toml, and the pages that explain them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from verite.measure import METRICS, Definitions, read_definitions
from verite.measure.definitions import SETTINGS
from verite.words.errors import BadInput

DOCS = Path(__file__).parents[2] / "docs"
PAGES = (DOCS / "measure.md", DOCS / "fr" / "measure.md")


@pytest.mark.parametrize("page", PAGES, ids=("en", "fr"))
def test_every_metric_and_every_setting_is_explained(page):
    text = page.read_text(encoding="utf-8")
    assert [metric for metric in METRICS if f"`{metric}`" not in text] == []
    assert [name for name in SETTINGS if name not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=("en", "fr"))
def test_the_settings_shown_can_be_read_and_are_the_defaults(page):
    block = re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.S)[0]
    found = read_definitions(tomllib.loads(block)["definitions"])
    ours = Definitions()
    for field in fields(Definitions):
        if field.name in ("hours", "loss_motives_apart"):
            continue
        assert getattr(found, field.name) == getattr(ours, field.name), field.name
    ((site, hours),) = found.hours
    assert site == "default"
    assert hours.week[0] == ((540, 750), (840, 1080))
    assert hours.week[6] == ()
    assert hours.holidays == "FR"


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ({"repeat_day": 7}, "unknown_definition"),
        ({"repeat_days": -1}, "bad_definition"),
        ({"repeat_days": ["7"]}, "bad_definition"),
        ({"contact_kinds": 3}, "bad_definition"),
        ({"agent_figures": True}, "agent_figures_is_a_record"),
        ({"answer_within_s": {"phone": "20 s"}}, "bad_definition"),
        ({"hours": {"Lyon": {"mon": ["9-18"]}}}, "bad_definition"),
        ({"hours": {"Lyon": {"mon": ["18:00-09:00"]}}}, "business_span"),
        ({"hours": {"Lyon": {"lundi": []}}}, "bad_definition"),
        ({"hours": {"Lyon": {"closed": ["25/12"]}}}, "bad_definition"),
        ({"hours": {"Lyon": {"holidays": "Pâques"}}}, "unknown_holidays"),
        ({"hours": {"Lyon": {"holidays": "FR-99"}}}, "unknown_holidays"),
        ({"hours": {"Lyon": {"holidays": True}}}, "bad_definition"),
        ({"one_case_per_motive": 1}, "bad_definition"),
    ],
)
def test_a_wrong_setting_is_one_typed_error(table, code):
    with pytest.raises(BadInput) as caught:
        read_definitions(table)
    assert caught.value.code == code


def test_a_channel_not_said_keeps_its_time():
    found = dict(read_definitions({"answer_within_s": {"phone": 30, "fax": 600}}).answer_within_s)
    assert (found["phone"], found["chat"], found["fax"]) == (30.0, 60.0, 600.0)
