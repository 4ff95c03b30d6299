"""The page of event names: unknown ones are listed, explained in one click, and given back."""

from __future__ import annotations

from datetime import UTC, datetime

from verite.records.current import within
from verite.words.member import CONSOLE

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
PAGE = "/listen/events"


def meet(cast, *names, source="site", count=3):
    """What a drain counts."""
    with within(cast.alias):
        from verite.records.listen.rule_actions import count_unknown

        count_unknown(using=cast.alias, counted={(source, name): count for name in names}, at=AT)


def unknown(cast):
    with within(cast.alias):
        from verite.records.listen.rules import unknown_events

        return [(one.event, one.count) for one in unknown_events(using=cast.alias)]


def rules(cast):
    with within(cast.alias):
        from verite.records.listen.rules import event_rules

        return {
            rule.event: rule.touchpoint or rule.ignored for rule in event_rules(using=cast.alias)
        }


def test_an_unknown_event_is_listed_with_its_count_and_a_key_made_from_its_name(
    tmp_path, make_cast
):
    alice = make_cast(tmp_path / "home")
    meet(alice, "Panier Validé")
    meet(alice, "Panier Validé", count=4)
    page = alice.get(PAGE).content.decode()
    assert unknown(alice) == [("Panier Validé", 7)]
    assert 'value="panier_valide"' in page


def test_one_click_explains_it_and_one_more_gives_it_back(tmp_path, make_cast):
    alice = make_cast(tmp_path / "home")
    meet(alice, "Panier Validé")
    told = {"do": "map", "event": "Panier Validé", "touchpoint": "basket", "channel": "web"}
    assert alice.post(PAGE, told).status_code == 302
    assert (unknown(alice), rules(alice)) == ([], {"Panier Validé": "basket"})
    assert "Panier Validé" in alice.get(f"{PAGE}?lang=en").content.decode()
    alice.post(PAGE, {"do": "undo"})
    assert (unknown(alice), rules(alice)) == ([("Panier Validé", 3)], {})


def test_ignoring_then_removing_then_undoing_ends_ignored(tmp_path, make_cast):
    alice = make_cast(tmp_path / "home")
    meet(alice, "Heartbeat")
    alice.post(PAGE, {"do": "ignore", "event": "Heartbeat"})
    assert rules(alice) == {"Heartbeat": True}
    alice.post(PAGE, {"do": "forget", "event": "heartbeat "})
    assert rules(alice) == {}
    alice.post(PAGE, {"do": "undo"})
    assert rules(alice) == {"Heartbeat": True}


def test_changing_a_rule_and_undoing_brings_the_former_one_back(tmp_path, make_cast):
    alice = make_cast(tmp_path / "home")
    for touchpoint in ("chat", "bot"):
        alice.post(PAGE, {"do": "map", "event": "Chat", "touchpoint": touchpoint})
    assert rules(alice) == {"Chat": "bot"}
    alice.post(PAGE, {"do": "undo"})
    assert rules(alice) == {"Chat": "chat"}


def test_a_rule_that_says_nothing_or_an_impossible_kind_is_refused_with_its_remedy(
    tmp_path, make_cast
):
    alice = make_cast(tmp_path / "home")
    for told in ({"event": "Chat"}, {"event": "Chat", "kind": "magic"}, {"event": " "}):
        answer = alice.post(f"{PAGE}?lang=en", {"do": "map", **told})
        assert answer.status_code == 400
        assert 'role="alert"' in answer.content.decode()
    assert rules(alice) == {}


def test_a_refusal_does_not_stand_beside_a_success_of_before(tmp_path, make_cast):
    alice = make_cast(tmp_path / "home")
    alice.post(PAGE, {"do": "ignore", "event": "Heartbeat"})
    assert 'role="status"' in alice.get(PAGE).content.decode()
    assert 'role="status"' not in alice.post(PAGE, {"do": "map", "event": " "}).content.decode()


def test_names_are_shown_as_text(tmp_path, make_cast):
    alice = make_cast(tmp_path / "home")
    meet(alice, "<script>alert(1)</script>")
    assert "<script>alert" not in alice.get(PAGE).content.decode()


def test_a_rule_changes_what_the_next_event_becomes(tmp_path, make_cast):
    alice = make_cast(tmp_path / "home")
    with within(alice.alias):
        from verite.records.listen.source_actions import Wanted, make_source

        made = make_source(using=alice.alias, by=CONSOLE, wanted=Wanted(name="site"), at=AT)

    def send(message_id):
        body = '{"batch": [{"type": "track", "event": "Chat", "userId": "u", "messageId": "%s"}]}'
        with within(alice.alias):
            alice.client.post(
                "/v1/batch",
                body % message_id,
                content_type="application/json",
                headers={"authorization": f"Bearer {made.key}"},
            )
            from verite.web.house import home_here

            home_here().drain(at=datetime.now(UTC))

    send("1")
    assert unknown(alice) == [("Chat", 1)]
    alice.post(PAGE, {"do": "map", "event": "chat", "touchpoint": "advisor_chat"})
    send("2")
    with within(alice.alias):
        from verite.web.house import home_here

        places = dict(home_here().status().result.touchpoints)
    assert places == {"chat": 1, "advisor_chat": 1}


def test_an_agent_reads_the_rules_and_changes_none(bob):
    page = bob.get(PAGE).content.decode()
    assert "<h1" in page
    assert 'name="do"' not in page
    assert bob.post(PAGE, {"do": "ignore", "event": "Chat"}).status_code == 403
    assert rules(bob) == {}


def test_another_company_sees_its_own_page_and_a_stranger_none(charlie, stranger):
    assert charlie.get(PAGE).status_code == 200
    assert stranger.get(PAGE).status_code in {302, 403}
