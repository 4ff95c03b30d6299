"""Cells of the text tables are read by people."""

from __future__ import annotations

from verite.cli.cells import Tongue, node_rows, told_rows, variant_rows
from verite.words.asked import About
from verite.words.estimate import Estimate, Unit
from verite.words.journey import LivedMap, Node, Variant

FRENCH, ENGLISH = Tongue(lang="fr"), Tongue(lang="en")
ROW = {"metric": "wait", "value": 900.0, "low": 840.0, "high": 1020.0, "unit": "s"}
CODES = {"status": "few", "better": "lower", "method": "wilson_clustered", "nps_kind": "relational"}


def _lived(people: int) -> LivedMap:
    share = Estimate(value=29.0, low=25.0, high=33.0, n=410, unit=Unit.PERCENT, method="m")
    node = Node(
        touchpoint="ivr",
        count=8,
        people=people,
        cases=8,
        entries=1,
        exits=1,
        rework=0,
        median_stay_s=172_800.0,
        median_wait_s=900.0,
        drop_off=share,
        feeling=None,
    )
    return LivedMap(
        about=About(asked="", as_of=None, ledger_version=0),
        case="person",
        interactions=8,
        cases=8,
        people=people,
        nodes=(node,),
        edges=(),
        variants=(Variant(path=("ivr", "chat"), count=3, share=0.375, median_duration_s=None),),
        variant_count=1,
        switches=(),
        orphans=(),
    )


def test_durations_are_told_in_the_unit_that_suits_them() -> None:
    told = told_rows([ROW], FRENCH)[0]
    assert (told["value"], told["low"], told["unit"]) == ("15\xa0min", "14\xa0min", "durée")


def test_a_gap_narrower_than_a_point_is_not_told_as_none() -> None:
    row = {"now": 98.7, "low": 98.5, "high": 98.9, "unit": "%", "target": 99.0, "gap": -0.3}
    assert told_rows([row], FRENCH)[0]["gap"] == "−0,3\xa0pt"


def test_codes_are_named_in_both_languages() -> None:
    assert list(told_rows([CODES], FRENCH)[0].values()) == [
        "peu de réponses",
        "plus bas",
        "Wilson, par client",
        "relationnel",
    ]
    assert list(told_rows([CODES], ENGLISH)[0].values()) == [
        "few",
        "lower",
        "Wilson, by customer",
        "relational",
    ]


def test_a_share_carries_its_interval_and_its_count() -> None:
    row = node_rows(_lived(8), FRENCH)[0]
    assert row["drop_off"] == "29\u202f% [25\u202f; 33], n\u202f=\u202f410"
    assert (row["median_stay_s"], row["median_wait_s"]) == ("2,0\xa0j", "15\xa0min")


def test_a_wait_of_fewer_than_five_customers_is_hidden() -> None:
    assert node_rows(_lived(4), FRENCH)[0]["median_wait_s"] == "masqué, n\u202f<\u202f5"


def test_touchpoints_go_by_their_designed_names() -> None:
    named = Tongue(lang="fr", names={"ivr": (("fr", "Menu vocal"), ("en", "Voice menu"))})
    assert node_rows(_lived(8), named)[0]["touchpoint"] == "Menu vocal"
    assert variant_rows(_lived(8), named)[0] == {
        "path": ["Menu vocal", "Chat"],
        "count": 3,
        "share": "37,5\u202f%",
    }
