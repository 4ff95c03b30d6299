"""Customers who look alike: planted doubles are found, namesakes and crowds are not."""

from __future__ import annotations

import random
import sys

import pytest

from verite.loop.unify.profiles import Profile, profiles_of, rare
from verite.loop.unify.proposing import propose
from verite.words.errors import WrongUse
from verite.words.people import Alike, Likely

FIRST = ("marie", "jean", "nora", "paul", "luc", "anne", "julie", "karim", "ines", "hugo")
LAST = tuple(
    start + end
    for start in ("dur", "mar", "pet", "ber", "rou", "fon", "gar", "mor")
    for end in ("and", "tin", "nard", "ssel", "taine", "nier", "eau", "evre", "ard")
)
DOMAINS = ("gmail.com", "orange.fr", "free.fr", "sfr.fr")


def needs_splink():
    pytest.importorskip("splink", reason="the extra `identity` (splink) is not installed")


def town(people=400, seed=3):
    chance = random.Random(seed)
    return [
        Profile(
            number,
            " ".join(sorted((chance.choice(FIRST), chance.choice(LAST)))),
            chance.choice(DOMAINS),
            f"+336{chance.randrange(10**8):08d}",
        )
        for number in range(people)
    ]


def swapped(phone):
    return phone[:6] + phone[7] + phone[6] + phone[8:]


@pytest.fixture(scope="module")
def found():
    needs_splink()
    rows = town()
    for place in (5, 17, 40):  # planted: the same name, two digits of the phone swapped
        one = rows[place]
        rows.append(Profile(1_000 + place, one.name, one.domain, swapped(one.phone)))
    rows.append(Profile(2_000, rows[60].name, rows[60].domain, "+33799999999"))  # a namesake
    return propose(rows)


def test_planted_doubles_are_found_with_what_agrees(found):
    pairs = {(one.one, one.other): one for one in found}
    assert pairs.keys() >= {(5, 1_005), (17, 1_017), (40, 1_040)}
    double = pairs[5, 1_005]
    assert double.agreed == ("same_name", "same_domain", "near_phone")
    assert double.apart == ()
    assert double.likely is not Likely.POSSIBLE


def test_namesakes_with_another_phone_are_not_proposed(found):
    assert not any(2_000 in (one.one, one.other) for one in found)
    assert len(found) <= 5


def test_the_most_alike_come_first_and_each_pair_once(found):
    weights = [one.weight for one in found]
    assert weights == sorted(weights, reverse=True)
    assert len({(one.one, one.other) for one in found}) == len(found)
    assert all(one.one < one.other for one in found)


def test_the_same_town_gives_the_same_proposals_in_whatever_order():
    needs_splink()
    rows = town(120)
    rows.append(Profile(900, rows[3].name, rows[3].domain, swapped(rows[3].phone)))
    assert propose(rows) == propose(rows[::-1])


def test_two_mails_of_one_customer_are_never_proposed():
    needs_splink()
    rows = town(80)
    assert propose([*rows, *rows]) == propose(rows)


def test_a_crowd_under_one_name_does_not_meet():
    needs_splink()
    crowd = [Profile(n, "client service", "exemple.fr", f"+331{n:08d}") for n in range(3_000)]
    assert "client service" not in rare(crowd)
    assert propose(crowd[:300]) == ()


def test_too_few_customers_is_a_sentence_and_so_is_a_missing_extra(monkeypatch):
    with pytest.raises(WrongUse, match="too_few_profiles"):
        propose(town(49))
    monkeypatch.setitem(sys.modules, "splink", None)
    with pytest.raises(WrongUse, match="splink_missing"):
        propose(town(60))


def test_a_weight_is_said_in_words():
    words = [Alike(one=1, other=2, weight=w, agreed=()).likely for w in (0.1, 3.17, 6.63)]
    assert words == [Likely.POSSIBLE, Likely.LIKELY, Likely.VERY_LIKELY]


def test_a_customer_with_two_mails_and_a_phone_is_two_profiles():
    told = ["phone:+33612345678", "email:b.c@x.fr", "email:marie.durand@exemple.fr", "user:1"]
    assert profiles_of(1, told) == (
        Profile(1, None, "x.fr", "+33612345678"),
        Profile(1, "durand marie", "exemple.fr", "+33612345678"),
    )
    assert profiles_of(1, ["user:1", "device:9"]) == ()
