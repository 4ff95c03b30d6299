"""Identities, keys, links and people."""

from __future__ import annotations

import json

import numpy as np
import pytest

from verite.ledger.ledger import Ledger


@pytest.fixture
def link(ledger, table, at):
    """Appends one row of an identity with aliases."""
    counter = iter(range(10_000))

    def append(identity, *aliases):
        row = {
            "message_id": f"link-{next(counter)}",
            "identity": identity,
            "aliases": json.dumps(aliases) if aliases else None,
        }
        return ledger.append(table([row]), source="s", at=at)

    return append


def person_of(ledger, identity):
    keys, people = ledger.people()
    return int(people[np.searchsorted(keys, ledger.key_of(identity))])


def test_an_identity_keeps_its_key(ledger, link, home):
    link("email:a@x.fr")
    key = ledger.key_of("email:a@x.fr")
    link("email:a@x.fr")
    assert 0 <= key < 2**63
    with Ledger.open(home) as again:
        assert again.key_of("email:a@x.fr") == key


def test_an_unknown_identity_has_no_key(ledger):
    assert ledger.key_of("email:nobody@x.fr") is None


def test_identities_without_links_are_their_own_person(ledger, link):
    link("user:1")
    link("user:2")
    keys, people = ledger.people()
    assert keys.tolist() == people.tolist() == sorted(keys.tolist())
    assert (len(keys), ledger.people_version) == (2, 0)


def test_aliases_join_identities_into_one_person(ledger, link):
    link("anon:1", "email:a@x.fr")
    link("email:a@x.fr", "user:1")
    link("anon:2")
    person = person_of(ledger, "user:1")
    assert person == person_of(ledger, "anon:1") != person_of(ledger, "anon:2")
    assert ledger.identities_of(person) == ("anon:1", "email:a@x.fr", "user:1")
    assert person == min(ledger.key_of(i) for i in ledger.identities_of(person))


def test_the_people_version_grows_with_links_only(ledger, link):
    link("anon:1", "email:a@x.fr")
    before = ledger.people_version
    link("anon:1", "email:a@x.fr")
    link("anon:3")
    assert ledger.people_version == before == 1
    link("anon:3", "email:a@x.fr")
    assert ledger.people_version == 2


def test_a_link_that_would_join_two_users_waits(ledger, link):
    link("user:1", "phone:+33612345678")
    link("user:2", "phone:+33612345678")
    assert person_of(ledger, "user:1") != person_of(ledger, "user:2")
    pending = ledger.pending_links()
    phone = ledger.key_of("phone:+33612345678")
    assert {frozenset((link.one, link.other)) for link in pending} == {
        frozenset((ledger.key_of(user), phone)) for user in ("user:1", "user:2")
    }
    assert {link.reason for link in pending} == {"alias"}


def test_two_components_met_later_do_not_melt_two_users(ledger, link):
    link("user:1", "anon:1")
    link("user:2", "anon:2")
    link("anon:1", "anon:2")
    assert person_of(ledger, "user:1") != person_of(ledger, "user:2")


def test_a_user_may_have_an_account(ledger, link):
    link("user:1", "account:9")
    assert person_of(ledger, "user:1") == person_of(ledger, "account:9")


def test_links_are_remembered_by_another_opening(ledger, link, home, table, at):
    link("user:1", "phone:+33612345678")
    with Ledger.open(home) as again:
        rows = table([{"identity": "user:2", "aliases": '["phone:+33612345678"]'}])
        again.append(rows, source="s", at=at)
        assert person_of(again, "user:2") != person_of(again, "phone:+33612345678")


def test_aliases_that_are_not_json_or_name_oneself_link_nothing(ledger, table, at):
    rows = table([{"aliases": "oops"}, {"aliases": '["user:a", "", null]'}])
    assert ledger.append(rows, source="s", at=at).kept == 2
    assert (ledger.people_version, ledger.identity_count) == (0, 1)


def test_the_order_of_rows_does_not_change_who_is_linked(tmp_path, table, at):
    rows = [
        {"message_id": "a", "identity": "user:1", "aliases": '["phone:+33612345678"]'},
        {"message_id": "b", "identity": "user:2", "aliases": '["phone:+33612345678"]'},
        {"message_id": "c", "identity": "anon:1", "aliases": '["user:2"]'},
    ]
    seen = []
    for number, order in enumerate((rows, rows[::-1])):
        Ledger.create(tmp_path / str(number))
        with Ledger.open(tmp_path / str(number)) as ledger:
            ledger.append(table(order), source="s", at=at)
            seen.append({ledger.identities_of(p) for p in set(ledger.people()[1].tolist())})
    assert seen[0] == seen[1]


def test_many_new_identities_are_keyed_apart(ledger, table, at):
    rows = [{"message_id": str(n), "identity": f"user:{n}"} for n in range(5_000)]
    ledger.append(table(rows), source="s", at=at)
    assert len(set(ledger.people()[0].tolist())) == ledger.identity_count == 5_000
