"""Designed maps: shipped ones, reading with good errors, writing back."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.loop.map.drawn import SMALL, designs

from verite.loop.map import read_design, read_design_file, shipped, shipped_design, write_design
from verite.words.errors import BadInput, WrongUse
from verite.words.interaction import CHANNELS
from verite.words.journey import Contact, Line

ERRORS = Path(__file__).parents[3] / "src" / "verite" / "sentences" / "errors" / "map.toml"


def caught(text: str) -> BadInput:
    """The error of a text that cannot be read."""
    with pytest.raises(BadInput) as found:
        read_design(text, file="shop.toml")
    return found.value


def attempt(text: str) -> BadInput | None:
    """The error of a text, None when it is a map; anything else than a BadInput is a bug."""
    try:
        read_design(text)
    except BadInput as error:
        return error
    return None


def test_the_purchase_has_the_nine_steps_of_the_seed():
    assert shipped_design("online_purchase").path == (
        "web_search", "site_visit", "online_reviews", "basket", "payment",
        "order_confirmation", "delivery", "product_use", "customer_service",
    )  # fmt: skip


def test_the_service_has_the_four_steps_of_the_seed():
    assert shipped_design("service").path == (
        "booking", "waiting", "provider_meeting", "follow_up",
    )  # fmt: skip


def test_the_fifteen_examples_stand_on_the_axis_that_the_seed_gives_them():
    examples = shipped_design("examples").touchpoints
    names = [dict(found.names)["fr"] for found in examples]
    assert names == [
        "Site web", "Application mobile", "Réseaux sociaux", "E-mails", "Chatbots",
        "Magasins physiques", "Centres d’appels", "Événements", "Brochures",
        "Interactions avec les employés", "Service client", "Ventes",
        "Avis en ligne", "Bouche-à-oreille", "Publicités",
    ]  # fmt: skip
    assert {found.line for found in examples[:5]} == {Line.ONLINE}
    assert {found.line for found in examples[5:9]} == {Line.OFFLINE}
    assert {found.contact for found in examples[9:12]} == {Contact.DIRECT}
    assert {found.contact for found in examples[12:]} == {Contact.INDIRECT}
    assert all(found.line and found.contact for found in examples)


def test_the_demo_map_has_seven_stages_each_with_touchpoints():
    design = shipped_design("clairvoie")
    assert [dict(stage.names)["fr"] for stage in design.stages] == [
        "Découvrir", "Comparer", "Acheter", "Recevoir", "Utiliser", "Être aidé", "Rester",
    ]  # fmt: skip
    assert {found.stage for found in design.touchpoints} == {s.key for s in design.stages}
    assert 30 <= len(design.touchpoints) <= 40


@pytest.mark.parametrize("design", shipped(), ids=lambda design: design.key)
def test_a_shipped_map_speaks_both_languages_on_known_channels(design):
    for touchpoint in design.touchpoints:
        assert set(dict(touchpoint.names)) == {"fr", "en"}
        assert set(touchpoint.channels) <= {*CHANNELS, "field"}  # technicians: Clairvoie's own
        assert touchpoint.key.isascii()
        if touchpoint.need:
            assert [said.language for said in touchpoint.translations] == ["en"]
            assert all(said.need and said.frustration for said in touchpoint.translations)


def test_an_unknown_map_is_refused_with_those_that_exist():
    with pytest.raises(WrongUse) as found:
        shipped_design("airline")
    assert "clairvoie" in found.value.fields["known"]


@pytest.mark.parametrize("design", shipped(), ids=lambda design: design.key)
def test_a_shipped_map_written_is_read_again_the_same(design):
    assert read_design(write_design(design)) == design


@given(designs())
@settings(max_examples=150, deadline=None)
def test_any_map_written_is_read_again_the_same(design):
    assert read_design(write_design(design)) == design


@given(st.text(max_size=80) | st.text("[]={}\"',.#\n abkeystagpoint01", max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_map_or_a_typed_error(text):
    for body in (text, SMALL + text):
        error = attempt(body)
        assert error is None or error.fields["place"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(st.sampled_from(["names", "path", "stages", "version", "language", "touchpoints"]), VALUES)
@settings(max_examples=200, deadline=None)
def test_a_wrong_value_is_a_typed_error(key, value):
    kept = "\n".join(line for line in SMALL.splitlines() if not line.startswith(key))
    error = attempt(f"{key} = {_toml(value)}\n{kept}")
    assert error is None or error.code.startswith("design_")


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml(k)} = {_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.encode("ascii", "xmlcharrefreplace").decode().replace("\\", "/") + '"'
    return "0" if value is None else repr(value)


@pytest.mark.parametrize(
    ("wrong", "code", "line"),
    [
        (SMALL.replace('"buy"\nline', '"by"\nline'), "design_value", 9),
        (SMALL.replace("line =", "lines ="), "design_unknown_key", 10),
        (SMALL.replace('"offline"', '"outside"'), "design_value", 10),
        (SMALL.replace('stage = "buy"\n', ""), "design_missing", 7),
        (SMALL.replace('["desk"]', '["desk", "till"]'), "design_path", 2),
        (SMALL.replace('["desk"]', '"desk"'), "design_type", 2),
        (SMALL + "expected_feeling = 2\n", "design_feeling", 11),
        (SMALL + 'owner = ""\n', "design_type", 11),
        (SMALL + "need = \n", "design_syntax", 11),
        (SMALL + '\n[[touchpoints]]\nkey = "desk"\nstage = "buy"\n', "design_twice", 13),
        (SMALL + '\n[[stages]]\nkey = "buy"\n', "design_twice", 13),
        ("version = 0\n" + SMALL, "design_type", 1),
        (SMALL + "[touchpoints.translations.en]\nneeds = 'x'\n", "design_unknown_key", 12),
    ],
)
def test_an_error_points_at_its_line(wrong, code, line):
    error = caught(wrong)
    assert (error.code, error.fields["place"]) == (code, f"shop.toml:{line}")


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path):
    file = tmp_path / "shop.toml"
    file.write_bytes(("\ufeff" + SMALL.replace("\n", "\r\n")).encode())
    assert read_design_file(file) == read_design(SMALL)


@pytest.mark.parametrize(
    ("content", "code"), [(None, "design_unreadable"), (b"key = '\xe9'", "design_encoding")]
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, content, code):
    file = tmp_path / "shop.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadInput) as found:
        read_design_file(file)
    assert (found.value.code, found.value.fields["place"]) == (code, "shop.toml")


def test_a_number_too_long_to_print_is_an_error_like_any_other():
    assert caught("version = 0x" + "f" * 9000 + "\n" + SMALL).code == "design_type"
    assert caught("version = " + "9" * 9000 + "\n" + SMALL).code == "design_syntax"
    assert caught(SMALL + "expected_feeling = 0x" + "f" * 9000).code == "design_feeling"


def test_a_nest_too_deep_is_an_error_like_any_other():
    assert caught("path = " + "[" * 5000).code == "design_syntax"


def test_every_error_has_its_sentence_in_both_languages_with_its_fields():
    sentences = tomllib.loads(ERRORS.read_text(encoding="utf-8"))
    for wrong in (SMALL.replace("buy", "by", 1), SMALL + "x = 1\n", "key = 1"):
        error = caught(wrong)
        for language in ("fr", "en"):
            said = sentences[error.code][language].format(**error.fields)
            assert error.fields["place"] in said
