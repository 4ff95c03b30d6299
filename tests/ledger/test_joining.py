"""Who is joined: laws that hold whatever the links, and the cases that the guards are for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.ledger.joining import APPLIED, CROWD, SHARED, TWO_KNOWN, Bounds, Web, solve

ANON, NAMED, USER, ACCOUNT = 0, 1, 2, 3
NODES = 14
KINDS = st.lists(
    st.sampled_from([ANON, NAMED, NAMED, USER, ACCOUNT]), min_size=NODES, max_size=NODES
)
LINKS = st.lists(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(lambda p: p[0] < p[1]),
    unique=True,
    max_size=26,
)


def solved(kinds, links, forced=(), bounds=None):
    ends = np.array(links, dtype=np.int32).reshape(-1, 2)
    web = Web(
        kinds=np.array(kinds, dtype=np.uint8),
        one=ends[:, 0].copy(),
        other=ends[:, 1].copy(),
        forced=np.array([link in set(forced) for link in links], dtype=bool),
    )
    return solve(web, bounds or Bounds())


def people(joined):
    groups = {}
    for node, person in enumerate(joined.person.tolist()):
        groups.setdefault(person, set()).add(node)
    return {frozenset(group) for group in groups.values()}


@settings(deadline=None, max_examples=150)
@given(KINDS, LINKS, st.randoms(use_true_random=False))
def test_the_order_of_links_changes_nobody_and_no_verdict(kinds, links, chance):
    bounds = Bounds(named=4, anonymous=9)
    first = solved(kinds, links, forced=links[:2], bounds=bounds)
    order = list(range(len(links)))
    chance.shuffle(order)
    mixed = [links[place] for place in order]
    second = solved(kinds, mixed, forced=links[:2], bounds=bounds)
    assert people(first) == people(second)
    assert [first.states[place] for place in order] == second.states.tolist()


@settings(deadline=None, max_examples=60)
@given(KINDS, LINKS, st.randoms(use_true_random=False))
def test_the_numbers_of_identities_change_nobody(kinds, links, chance):
    """Keys are drawn at random: another home with the same links has the same people."""
    names = list(range(NODES))
    chance.shuffle(names)
    renamed_kinds = [0] * NODES
    for node, name in enumerate(names):
        renamed_kinds[name] = kinds[node]
    renamed = [tuple(sorted((names[one], names[other]))) for one, other in links]
    bounds = Bounds(named=4, anonymous=9)
    first, second = (
        solved(kinds, links, bounds=bounds),
        solved(renamed_kinds, renamed, bounds=bounds),
    )
    assert {frozenset(names[node] for node in group) for group in people(first)} == people(second)


@settings(deadline=None, max_examples=60)
@given(KINDS, LINKS)
def test_nobody_is_two_users_nor_two_accounts_unless_a_person_said_so(kinds, links):
    for group in people(solved(kinds, links)):
        assert sum(kinds[node] == USER for node in group) <= 1
        assert sum(kinds[node] == ACCOUNT for node in group) <= 1


@settings(deadline=None, max_examples=60)
@given(KINDS, LINKS)
def test_people_are_the_components_of_the_links_in_force(kinds, links):
    joined = solved(kinds, links)
    expected = list(range(NODES))
    held = [link for link, state in zip(links, joined.states, strict=True) if state == APPLIED]
    for _ in range(NODES):
        for one, other in held:
            expected[one] = expected[other] = min(expected[one], expected[other])
    assert joined.person.tolist() == expected


@settings(deadline=None, max_examples=60)
@given(KINDS, LINKS)
def test_an_accepted_link_always_joins(kinds, links):
    joined = solved(kinds, links, forced=links[::2])
    assert all(joined.person[one] == joined.person[other] for one, other in links[::2])


@settings(deadline=None, max_examples=60)
@given(KINDS, LINKS)
def test_no_crowd_is_left(kinds, links):
    joined = solved(kinds, links, bounds=Bounds(named=3, anonymous=6))
    for group in people(joined):
        assert sum(kinds[node] != ANON for node in group) <= 3
        assert len(group) <= 6


def test_an_identity_of_two_customers_glues_nothing():
    joined = solved([USER, USER, NAMED, ANON], [(0, 2), (1, 2), (2, 3)])
    assert people(joined) == {frozenset({n}) for n in range(4)}
    assert joined.states.tolist() == [SHARED] * 3
    assert joined.culprits.tolist() == [2, 2, 2]


def test_two_customers_met_through_their_mails_wait():
    """user 0 - mail 2 - mail 3 - user 1."""
    joined = solved([USER, USER, NAMED, NAMED], [(0, 2), (2, 3), (1, 3)])
    assert people(joined) == {frozenset({0, 2}), frozenset({1, 3})}
    assert joined.states.tolist() == [APPLIED, TWO_KNOWN, APPLIED]


def test_a_user_and_an_account_are_one_when_told_so_directly():
    assert people(solved([USER, ACCOUNT], [(0, 1)])) == {frozenset({0, 1})}


def test_a_user_and_an_account_met_through_a_phone_wait():
    joined = solved([USER, ACCOUNT, NAMED], [(0, 2), (1, 2)])
    assert joined.states.tolist() == [SHARED, SHARED]


def test_an_account_of_two_users_waits():
    joined = solved([USER, USER, ACCOUNT], [(0, 2), (1, 2)])
    assert joined.states.tolist() == [TWO_KNOWN, TWO_KNOWN]


@pytest.mark.parametrize("mails", [13, 60])
def test_the_phone_of_a_company_makes_nobody_of_its_mails(mails):
    links = [(0, n) for n in range(1, mails + 1)]
    joined = solved([NAMED] * (mails + 1), links)
    assert len(people(joined)) == mails + 1
    assert set(joined.states.tolist()) == {CROWD}
    assert set(joined.culprits.tolist()) == {0}


def test_a_customer_next_to_a_crowd_keeps_their_own():
    """user 0 has a mail (1) and a phone (2); the phone has twenty other mails."""
    links = [(0, 1), (0, 2)] + [(2, n) for n in range(3, 23)]
    joined = solved([USER] + [NAMED] * 22, links)
    assert frozenset({0, 1}) in people(joined)
    assert joined.states.tolist() == [APPLIED] + [CROWD] * 21


def test_many_browsers_of_one_customer_are_no_crowd():
    links = [(0, n) for n in range(1, 200)]
    assert len(people(solved([USER] + [ANON] * 199, links))) == 1


def test_a_kiosk_of_thirty_strangers_is_a_crowd():
    links = [(0, n) for n in range(1, 31)]
    assert len(people(solved([ANON] * 31, links))) == 31
