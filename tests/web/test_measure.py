"""Setting targets on a page."""

from __future__ import annotations

import re


def fields(text: str) -> dict[str, list[str]]:
    """What the form holds, as a browser would send it back."""
    pairs = re.findall(r'name="(metric|touchpoint|figure)"[^>]*?value="([^"]*)"', text)
    found: dict[str, list[str]] = {"metric": [], "touchpoint": [], "figure": []}
    for name, value in pairs:
        found[name].append(value)
    return found


def test_a_target_is_changed_and_the_cockpit_shows_it(alice) -> None:
    form = fields(alice.get("/measure/targets").content.decode())
    kept = {name: list(values) for name, values in form.items()}
    form["figure"][form["metric"].index("nps")] = "42"
    assert alice.post("/measure/targets", form).status_code == 302
    assert ">42<" in alice.get("/").content.decode()
    alice.post("/measure/targets", kept)


def test_times_are_set_in_minutes(alice) -> None:
    form = fields(alice.get("/measure/targets").content.decode())
    assert form["figure"][form["metric"].index("resolution")] == "10"


def test_an_emptied_box_removes_its_target(alice, served: str) -> None:
    from verite.records.measure.records import list_targets

    form = fields(alice.get("/measure/targets").content.decode())
    kept = {name: list(values) for name, values in form.items()}
    form["figure"][0] = ""
    alice.post("/measure/targets", form)
    left = len(list_targets(using=served))
    alice.post("/measure/targets", kept)
    assert (left, len(list_targets(using=served))) == (2, 3)


def test_a_figure_that_is_no_number_is_said(alice) -> None:
    form = fields(alice.get("/measure/targets").content.decode())
    form["figure"][0] = "beaucoup"
    answer = alice.post("/measure/targets", form)
    assert answer.status_code == 400
    assert "n’est pas un nombre" in answer.content.decode()


def test_an_agent_changes_no_target(bob) -> None:
    data = {"metric": ["nps"], "touchpoint": [""], "figure": ["1"]}
    assert bob.post("/measure/targets", data).status_code == 403


def test_the_change_is_in_the_log(alice, served: str) -> None:
    from verite.records.audit.records import latest

    form = fields(alice.get("/measure/targets").content.decode())
    alice.post("/measure/targets", form)
    entry = next(e for e in latest(using=served) if e.did == "set_targets")
    assert entry.by == "alice@example.org"


def test_a_rating_of_the_company_s_own_is_measured_like_the_others(alice) -> None:
    text = alice.get("/measure?period=all&metric=ease").content.decode()
    assert "ease, seize semaines" in text
    assert "/interactions?period=all&amp;of=ease" in text
    assert "ease" in alice.get("/measure/targets").content.decode()
    assert alice.get("/measure?metric=ease&channel=phone").status_code == 200


def test_saving_the_form_as_it_is_changes_no_target(alice, served: str) -> None:
    from dataclasses import replace
    from datetime import UTC, datetime

    from verite.records.measure.actions import set_targets
    from verite.records.measure.records import list_targets
    from verite.words.measured import Target
    from verite.words.member import CONSOLE

    before = list_targets(using=served)
    told = Target(touchpoint=None, metric="wait", target=100.0, now=140.0, label="Standard")
    unheard = Target(touchpoint=None, metric="wifi", target=4.0)
    wishes = (*(replace(one) for one in before), told, unheard)
    set_targets(wishes, by=CONSOLE, at=datetime.now(UTC), using=served)
    answer = alice.post("/measure/targets", fields(alice.get("/measure/targets").content.decode()))
    kept = list_targets(using=served)
    set_targets(before, by=CONSOLE, at=datetime.now(UTC), using=served)
    assert answer.status_code == 302
    assert kept == wishes


def test_a_form_cut_short_changes_nothing(alice, served: str) -> None:
    from verite.records.measure.records import list_targets

    before = list_targets(using=served)
    form = fields(alice.get("/measure/targets").content.decode())
    assert alice.post("/measure/targets", {**form, "figure": form["figure"][:1]}).status_code == 400
    assert list_targets(using=served) == before
