"""One customer: every definition on a planted life; the story, its id, its refusals."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

import verite
from verite.home import Home
from verite.sentences.card import tell_card
from verite.words.customer import Customer, Effort, Mark, read_person, show_person
from verite.words.errors import BadInput

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
HEAD = ("message_id", "identity", "at", "channel", "touchpoint", "kind", "direction", "case_id",
        "motive", "step", "agent", "team", "wait_s", "duration_s", "menus", "outcome", "text",
        "aliases", "segment.offer")  # fmt: skip
Moment = tuple[float, dict[str, object]]  # hours after the start, what happened


def call(hours: float, agent: str = "ann", **more: object) -> Moment:
    usual = {"channel": "phone", "kind": "contact", "case_id": "1", "motive": "net",
             "agent": agent, "outcome": "unresolved", "wait_s": 60, "duration_s": 600}  # fmt: skip
    return hours, {**usual, **more}


def asked(hours: float, step: str, agent: str = "ann", **more: object) -> Moment:
    usual = {"channel": "phone", "kind": "other", "direction": "outbound", "case_id": "1",
             "motive": "net", "agent": agent, "step": step}  # fmt: skip
    return hours, {**usual, **more}


def passed(hours: float, outcome: str, team: str = "lan", agent: str = "") -> Moment:
    return hours, {"channel": "phone", "kind": "handover", "case_id": "1", "motive": "net",
                   "agent": agent, "team": team, "outcome": outcome, "wait_s": 300}  # fmt: skip


def menu(hours: float, case_id: str = "1") -> Moment:
    return hours, {"channel": "phone", "kind": "other", "direction": "inbound", "menus": 1,
                   "touchpoint": "ivr", "case_id": case_id}  # fmt: skip


LIVES: dict[str, list[Moment]] = {
    "told_again": [call(0), call(30, "bob")],
    "told_to_the_same": [call(0), call(30)],
    "back_to_the_first": [call(0), call(30, "bob"), call(60)],
    "other_motive": [call(0), call(30, "bob", motive="bill")],
    "handed_on": [call(0, outcome="transferred"), call(0.3, "bob")],
    "handed_on_too_late": [call(0, outcome="transferred"), call(70, "bob")],
    "no_case_in_a_week": [call(0, case_id=""), call(160, "bob", case_id="")],
    "no_case_later": [call(0, case_id=""), call(200, "bob", case_id="")],
    "unanswered": [call(0, "", outcome="abandoned", duration_s=""), call(1)],
    "same_step_same_call": [call(0), asked(0.1, "box"), asked(0.2, "box")],
    "same_step_next_call": [call(0), asked(0.1, "box"), call(30), asked(30.1, "box"),
                            asked(30.2, "box")],
    "step_not_done": [call(0), asked(0.1, "box", outcome="abandoned"), call(30),
                      asked(30.1, "box")],
    "handover_well": [call(0, outcome="transferred"), passed(0.2, "resolved", agent="cid")],
    "handover_badly": [call(0, outcome="transferred"), passed(0.2, "transfer_failed")],
    "missed_then_met": [call(0, outcome="transferred"), passed(0.2, "transfer_failed"),
                        call(30, "dan", team="lan", outcome="resolved")],
    "given_up_in_transfer": [call(0, outcome="transferred"), passed(0.2, "abandoned")],
    "called_back": [call(0, channel="chat"), call(3, "bob", direction="outbound")],
    "came_by_phone": [call(0, channel="chat"), call(3, "bob")],
    "sent_by_the_bot": [call(0, "", channel="bot", outcome="transferred"),
                        call(0.1, channel="chat")],
    "menus": [menu(0), call(0.1), menu(5), call(5.1)],
    "menus_of_no_case": [menu(0, ""), menu(5, "")],
    "waits": [call(0, wait_s=60), call(9, channel="store", wait_s=120),
              call(20, channel="email", wait_s=7200), call(40, channel="chat", wait_s=30),
              (50, {"channel": "phone", "kind": "contact", "direction": "outbound", "wait_s": 99})],
    "solved": [call(0), call(30, outcome="resolved")],
    "solved_then_back": [call(0, outcome="resolved"), call(400, outcome="unresolved")],
    "promised": [call(0), asked(0.1, "call_back", text="Nous vous rappelons demain matin.")],
    "promise_kept": [call(0), asked(0.1, "call_back"), asked(20, "call_back", outcome="done")],
    "given_up_on_chat": [call(0, channel="chat", outcome="abandoned"), call(1), call(90)],
    "chat_went_well_since": [call(0, channel="chat", outcome="abandoned"),
                             call(9, channel="chat", outcome="resolved")],
    "quiet": [(0, {"channel": "web", "kind": "visit", "touchpoint": "home"})],
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("lives")
    with (folder / "lives.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEAD, restval="")
        writer.writeheader()
        for name, moments in LIVES.items():
            for place, (hours, told) in enumerate(moments):
                at = (START + timedelta(hours=hours)).isoformat()
                who = {"message_id": f"{name}-{place}", "identity": f"user:{name}", "at": at}
                more = {"aliases": f"email:{name}@example.org", "segment.offer": "fibre"}
                case = f"{name}-{told['case_id']}" if told.get("case_id") else ""
                writer.writerow({**who, **more, **told, "case_id": case})
    with verite.create(folder / "acme", name="Acme") as made:
        (made.path / "verite.toml").write_text(
            '[home]\nname = "Acme"\n[story.grants]\nnet = ["Geste jusqu’à 20 €"]\n'
            'default = ["Excuses"]\n',
            encoding="utf-8",
        )
    with Home.open(folder / "acme") as opened:
        opened.listen(folder / "lives.csv")
        yield opened


@pytest.fixture(scope="module")
def life(home: Home) -> Callable[[str], Customer]:
    return lambda name: home.customer(f"user:{name}").result


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("told_again", {"retold": 1, "repeats": 1, "agents_reached": 2, "contacts": 2}),
        ("told_to_the_same", {"retold": 0, "repeats": 1, "agents_reached": 1}),
        ("back_to_the_first", {"retold": 1, "repeats": 2}),
        ("other_motive", {"retold": 0, "repeats": 0}),
        ("handed_on", {"retold": 0, "repeats": 0, "transfers": 1, "failed_transfers": 0}),
        ("handed_on_too_late", {"retold": 1, "repeats": 1, "transfers": 1}),
        ("no_case_in_a_week", {"retold": 1, "repeats": 1}),
        ("no_case_later", {"retold": 0, "repeats": 0}),
        ("unanswered", {"retold": 0, "repeats": 0, "abandoned": 1, "agents_reached": 1}),
        ("same_step_same_call", {"redone_steps": 0}),
        ("same_step_next_call", {"redone_steps": 1}),
        ("step_not_done", {"redone_steps": 0}),
        ("handover_well", {"transfers": 1, "failed_transfers": 0, "agents_never_reached": 0,
                           "agents_reached": 2}),
        ("handover_badly", {"transfers": 1, "failed_transfers": 1, "agents_never_reached": 1}),
        ("missed_then_met", {"failed_transfers": 1, "agents_never_reached": 0}),
        ("given_up_in_transfer", {"failed_transfers": 1, "abandoned": 1}),
        ("called_back", {"channel_switches": 1, "switches_by_customer": 0, "contacts": 1}),
        ("came_by_phone", {"channel_switches": 1, "switches_by_customer": 1}),
        ("sent_by_the_bot", {"channel_switches": 1, "switches_by_customer": 0, "retold": 0}),
        ("menus", {"menus": 2, "menus_again": 1}),
        ("waits", {"wait_s": 210.0, "answer_wait_s": 7200.0}),
        ("solved", {"resolved": True}),
        ("solved_then_back", {"resolved": False}),
        ("quiet", {"contacts": 0, "resolved": None}),
    ],
)  # fmt: skip
def test_every_definition_holds_on_a_planted_life(
    life: Callable[[str], Customer], name: str, expected: dict[str, object]
) -> None:
    effort = life(name).effort
    assert {key: getattr(effort, key) for key in expected} == expected


def test_menus_of_no_case_and_no_motive_are_nobodys_loop(life: Callable) -> None:
    assert life("menus_of_no_case").year == Effort(menus=2)


def test_waits_are_told_by_kind(life: Callable) -> None:
    kinds = dict(life("waits").effort.wait_kinds)
    assert kinds == {"phone": 60.0, "online": 30.0, "counter": 120.0}


def test_marks_say_which_contact_repeats(life: Callable) -> None:
    marks = [beat.marks for beat in life("told_again").timeline]
    assert marks == [(), (Mark.RETOLD, Mark.REPEAT)]


def test_agents_are_letters_of_their_case_never_names(life: Callable) -> None:
    assert [beat.agent for beat in life("back_to_the_first").timeline] == ["A", "B", "A"]


def test_an_open_promise_is_told_as_written_and_a_kept_one_no_more(life: Callable) -> None:
    promised, kept = life("promised").story, life("promise_kept").story
    assert promised.promises == ("Nous vous rappelons demain matin.",)
    assert (promised.waiting_for, promised.advice) == ("call_back", "call_back")
    assert (kept.promises, kept.tried) == ((), ())


@pytest.mark.parametrize(
    ("days", "advice", "silent"),
    [(30.0, "call_back", 30), (30.1, "resume", 30), (48, "resume", 48)],
)
@pytest.mark.parametrize("name", ["told_to_the_same", "promised"])
def test_after_a_month_of_silence_one_gets_back_in_touch(
    home: Home, name: str, days: float, advice: str, silent: int
) -> None:
    last = START + timedelta(hours=30 if name == "told_to_the_same" else 0.1)
    with Home.open(home.path, as_of=last + timedelta(days=days)) as then:
        answer = then.customer(f"user:{name}")
    assert (answer.result.story.advice, answer.result.story.silent_days) == (advice, silent)
    told = answer.sentence("fr").replace("\xa0", " ")
    assert ("reprenez contact" in told) == (advice == "resume")
    assert (f": {silent} jours sans nouvelles" in told) == (advice == "resume")


def test_a_channel_given_up_does_not_suit_until_it_went_well(life: Callable) -> None:
    left, back = life("given_up_on_chat").story, life("chat_went_well_since").story
    assert (left.unfit_channels, left.preferred_channel, left.preferred_n) == (
        ("chat",),
        "phone",
        2,
    )
    assert (back.unfit_channels, back.preferred_channel) == ((), "chat")


def test_grants_are_those_of_the_motive(life: Callable) -> None:
    assert life("told_again").story.grants == ("Geste jusqu’à 20 €",)
    assert life("quiet").story.grants == ()


def test_a_quiet_customer_has_a_sensible_card(home: Home) -> None:
    answer = home.customer("user:quiet")
    assert answer.result.story.advice == "none"
    assert answer.sentence("fr").startswith("Aucun contact à reprendre")
    assert answer.json("en")["story"]["summary"].startswith("No contact to take up")


def test_a_feeling_is_told_with_its_date_or_told_unknown(home: Home) -> None:
    at = START + timedelta(days=20)
    with Home.open(home.path, as_of=at) as then:
        solved, quiet = (then.customer(f"user:{who}").result for who in ("solved", "quiet"))
    told = dict(tell_card(solved, "fr"))["Ressenti"].replace("\xa0", " ")
    assert "sur 2 contacts dont on connaît le ressenti" in told
    assert told.endswith("au 22 mars 2026, les contacts anciens pesant moins")
    assert dict(tell_card(quiet, "en"))["Feeling"] == "no feeling is known yet"


@pytest.mark.parametrize("asked_as", ["user:solved", "solved", "Solved@Example.org",
                                      "email:solved@example.org"])  # fmt: skip
def test_any_identity_leads_to_the_person(home: Home, asked_as: str) -> None:
    person = home.customer("user:solved").result
    assert home.customer(asked_as).result.person == person.person
    assert home.customer(person.person).result.identities == person.identities


@pytest.mark.parametrize("asked_as", ["", "nobody@example.org", "zzzzzzzzzzzzz", "é", "user:"])
def test_an_unknown_customer_is_refused_in_one_sentence(home: Home, asked_as: str) -> None:
    with pytest.raises(BadInput) as refused:
        home.customer(asked_as)
    assert refused.value.code == "unknown_customer"


def test_a_case_that_is_named_is_the_one_told(home: Home) -> None:
    named = home.customer("user:told_again", case="told_again-1").result
    assert named.story.case_id == "told_again-1"


@pytest.mark.parametrize("case", ["of nobody", "solved-1", ""])
def test_a_case_that_is_not_theirs_is_refused(home: Home, case: str) -> None:
    with pytest.raises(BadInput) as refused:
        home.customer("user:told_again", case=case)
    assert (refused.value.code, refused.value.fields) == ("unknown_customer_case", {"case": case})


def test_nothing_after_the_date_is_read(home: Home) -> None:
    with Home.open(home.path, as_of=START + timedelta(hours=1)) as then:
        effort = then.customer("user:told_again").result.effort
    assert (effort.contacts, effort.retold) == (1, 0)


def test_how_a_contact_ends_is_not_known_while_it_goes_on(home: Home) -> None:
    def at(minutes: float) -> Customer:
        with Home.open(home.path, as_of=START + timedelta(minutes=minutes)) as then:
            return then.customer("user:given_up_on_chat").result

    going, over = at(10.9), at(11.1)  # a minute of waiting, ten of talk, then given up
    beat = going.timeline[0]
    assert (beat.outcome, beat.duration_s, beat.until, beat.feeling, beat.marks) == (
        None, None, None, None, (),
    )  # fmt: skip
    assert (going.effort.abandoned, going.story.result, going.feeling.n) == (0, None, 0)
    assert going.effort.wait_s == 60
    assert at(0.5).effort.wait_s == 30
    assert (over.timeline[0].outcome, over.effort.abandoned) == ("abandoned", 1)
    assert (over.story.result, over.feeling.n) == ("abandoned", 1)


@pytest.mark.parametrize("key", [0, 1, 35, 36, 2**40 + 7, 2**63 - 1])
def test_a_shown_id_is_read_back(key: int) -> None:
    assert read_person(show_person(key)) == key
