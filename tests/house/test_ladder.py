"""No text says that something causes something below the fourth rung of the ladder of evidence.

Read: every French and English text of the catalogues, every template, every page of docs. A
sentence may bear the word where it denies it ("an association, not a cause"), where a text is of
the fourth rung (its key ends in `measured`), or where it stands below, with its reason.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "verite"
SAYS = re.compile(
    r"\b(caus(e|es|er|ent|é|ée|és|ées|ait|aient|era|eront|ant|ed|ing|al|ally|ation|ality|alité)"
    r"|causal\w*)\b",
    re.IGNORECASE,
)
DENIES = re.compile(
    r"\b(not|never|nobody|no longer|pas|jamais|personne|aucune?|sans)\b", re.IGNORECASE
)
# The product's own noun for the why-tree; what a score must not be used for; where a wait may
# come from, which is a question and not a finding.
ALLOWED = (
    "| cause, why | cause, pourquoi |",
    "Telling the cause of a loss",
    "Dire la cause d'un départ",
    "its cause may lie",
    "la cause peut être avant",
    "la cause peut être dans",
    "verite[causal]",  # the name of an extra
    "extra `causal`",
)
VERBATIMS = SOURCE / "demo" / "verbatims.toml"  # what made-up customers write
FOURTH = "measured"


def test_nothing_is_said_to_cause_anything_below_the_fourth_rung() -> None:
    guilty = [f"{where}: {one}" for where, text in texts() for one in claims(text)]
    assert guilty == []


def test_the_rule_sees_a_claim_and_lets_a_denial_pass() -> None:
    assert claims("Late delivery causes losses.") == ["Late delivery causes losses."]
    assert claims("La livraison tardive cause des départs.") != []
    assert claims("An association, not a cause.") == []
    assert claims("Une pause, à écauser.") == []


def claims(text: str) -> list[str]:
    """The sentences of a text that claim a cause."""
    plain = " ".join(text.split())
    sentences = re.split(r"(?<=[.!?;])\s+", plain)
    return [
        one
        for one in sentences
        if SAYS.search(one)
        and not DENIES.search(one)
        and not any(allowed in one for allowed in ALLOWED)
    ]


def texts() -> Iterator[tuple[str, str]]:
    """Where, and what is written there."""
    for file in sorted(SOURCE.rglob("*.toml")):
        if file != VERBATIMS:
            table = tomllib.loads(file.read_text(encoding="utf-8"))
            yield from ((f"{file.name} {key}", text) for key, text in told(table, ""))
    for file in sorted([*SOURCE.rglob("*.html"), *ROOT.glob("README*.md")]):
        yield file.name, file.read_text(encoding="utf-8")
    for file in sorted((ROOT / "docs").rglob("*.md")):
        for part in re.split(r"\n\s*\n|\n(?=[|#-])", file.read_text(encoding="utf-8")):
            yield file.name, part


def told(table: dict[str, object], key: str) -> Iterator[tuple[str, str]]:
    """The texts of a catalogue, but those of the fourth rung."""
    for name, inner in table.items():
        place = f"{key}.{name}" if key else name
        if isinstance(inner, dict):
            yield from told(inner, place)
        elif isinstance(inner, str) and not key.endswith(FOURTH):
            yield place, inner
