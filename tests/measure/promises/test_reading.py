"""Promises as a person writes them: read, refused in one sentence, written back."""

from __future__ import annotations

import pytest

from verite.measure.promises import promise_of, read_promises, written
from verite.sentences import explain
from verite.words.errors import BadInput
from verite.words.promises import Event, Promise, PromiseKind

GOOD = {
    "key": "quick", "fr": "Vite", "en": "Quick", "kind": "answered", "within": "10 min",
    "target": 90, "channels": ["phone"],
}  # fmt: skip


def test_a_promise_is_read_with_its_time_its_hours_and_its_channels() -> None:
    text = """[[promise]]
key = "evening"
fr = "Le soir"
en = "In the evening"
kind = "open"
channels = ["phone", "chat"]
target = 80
hours = { daily = ["18:00-22:00"], sun = [] }"""
    one = read_promises(text)[0]
    assert (one.kind, one.target, one.channels) == (PromiseKind.OPEN, 80.0, ("phone", "chat"))
    assert one.hours[0] == ((1080, 1320),)
    assert one.hours[6] == ()
    assert not one.is_always


@pytest.mark.parametrize(
    "one",
    [
        Promise(key="a", fr="A", en="A", kind=PromiseKind.OPEN, target=90.0,
                hours=(((540, 1020),),) * 5 + ((), ())),
        Promise(key="b", fr="B", en="B", kind=PromiseKind.BY_DATE, target=95.0,
                start=Event(kind="purchase"), end=Event(touchpoint="parcel"), due="promised"),
        Promise(key="c", fr="C", en="C", kind=PromiseKind.SOLVED, target=80.0, within_s=28800.0,
                channels=("phone",), touchpoints=("advisor",)),
    ],
    ids=["hours", "events", "scope"],
)  # fmt: skip
def test_what_is_written_is_read_back_alike(one: Promise) -> None:
    assert promise_of(written(one)) == one


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"channels": ["carrier_pigeon"]}, "promise_channel"),
        ({"within": "0 min"}, "promise_time"),
        ({"within": -5}, "promise_time"),
        ({"within": "soon"}, "promise_time"),
        ({"within": None}, "promise_no_time"),
        ({"target": 120}, "promise_target"),
        ({"target": 0}, "promise_target"),
        ({"target": float("nan")}, "promise_target"),
        ({"target": "ninety"}, "promise_field"),
        ({"hours": {"mon": ["08:00-12:00", "11:00-18:00"]}}, "promise_hours_overlap"),
        ({"hours": {"mon": ["18:00-08:00"]}}, "promise_hours"),
        ({"hours": {"mon": ["8 to 12"]}}, "promise_hours"),
        ({"hours": {}}, "promise_hours"),
        ({"hours": "always"}, "promise_hours"),
        ({"kind": "friendly"}, "promise_kind"),
        ({"key": "À tout prix"}, "promise_key"),
        ({"fr": "", "en": ""}, "promise_name"),
        ({"colour": "red"}, "promise_field"),
        ({"kind": "followed"}, "promise_no_event"),
        ({"kind": "by_date", "within": None}, "promise_no_due"),
        ({"kind": "open"}, "promise_extra_time"),
        ({"end": {"kind": "delivery"}}, "promise_extra_event"),
        ({"end": {"kind": "parcel"}}, "promise_event"),
        ({"end": {}}, "promise_event"),
    ],
)
def test_bad_input_is_one_sentence_in_both_languages(change: dict[str, object], code: str) -> None:
    table = {name: value for name, value in {**GOOD, **change}.items() if value is not None}
    with pytest.raises(BadInput) as raised:
        promise_of(table)
    assert raised.value.code == code
    for lang in ("fr", "en"):
        told = explain(raised.value, lang)
        assert told.endswith(".")
        assert "{" not in told
        assert code not in told


def test_a_key_is_written_once_and_a_file_holds_promises() -> None:
    table = '[[promise]]\nkey="a"\nfr="A"\nkind="open"\ntarget=90\n'
    with pytest.raises(BadInput) as twice:
        read_promises(table * 2)
    assert twice.value.code == "promise_twice"
    for text in ("", "target = 3", "promise = 3", "[[promise"):
        with pytest.raises(BadInput) as none:
            read_promises(text)
        assert none.value.code == "bad_promises"
