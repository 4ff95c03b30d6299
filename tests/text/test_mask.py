"""What is masked, and that SQL masks as Python does."""

from __future__ import annotations

import re

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.text.mask import MASKS, mask, mask_sql

DESK = duckdb.connect()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("écrivez à jean.dupont+x@mail.example.fr.", "écrivez à [e-mail]."),
        ("tel 06 12 34 56 78", "tel [phone]"),
        ("IBAN AR85173F7R0BR65RR", "IBAN [IBAN]"),
        ("née en Corse : 185052A004123", "née en Corse : [NIR]"),
        ("tel 0612345678, merci", "tel [phone], merci"),
        ("tel +33 (0)6 12 34 56 78", "tel [phone]"),
        ("tel 0033612345678", "tel [phone]"),
        ("tel 06\u00a012\u00a034\u00a056\u00a078", "tel [phone]"),
        ("tel +33\u202f6\u202f12\u202f34\u202f56\u202f78", "tel [phone]"),
        ("tel 06/12/34/56/78", "tel [phone]"),
        ("à rené.lévêque@société.fr svp", "à [e-mail] svp"),
        ("carte 4970 1012 3456 7890", "carte [card]"),
        ("carte 4970101234567890", "carte [card]"),
        ("FR76 3000 6000 0112 3456 7890 189 svp", "[IBAN] svp"),
        ("ma sécu 1 84 12 76 451 089 46", "ma sécu [NIR]"),
        ("sécu 284127645108946", "sécu [NIR]"),
        (
            "dossier 451278, 12 jours, 1 500 euros, en 2024",
            "dossier 451278, 12 jours, 1 500 euros, en 2024",
        ),
        ("attendu 3 fois le 12/05/2024 à 10h30", "attendu 3 fois le 12/05/2024 à 10h30"),
    ],
)
def test_what_says_who_someone_is_is_masked(said: str, kept: str) -> None:
    assert mask(said) == kept


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("0123456789 \u00a0\u202f.-+()@abFRé/\n"), max_size=40))
def test_sql_masks_as_python_does(said: str) -> None:
    found = DESK.execute(f"SELECT {mask_sql('t')} FROM (SELECT ? AS t)", [said]).fetchall()
    assert found[0][0] == mask(said)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_masking_twice_is_masking_once(said: str) -> None:
    assert mask(mask(said)) == mask(said)


@settings(max_examples=500)
@given(st.text("0123456789+ .-/@aB2", max_size=24))
def test_what_is_too_short_for_a_pattern_is_what_no_pattern_finds(said: str) -> None:
    masked = said
    for one in MASKS:
        masked = re.sub(one.pattern, one.stands_for, masked, flags=re.ASCII)
    assert mask(said) == masked
