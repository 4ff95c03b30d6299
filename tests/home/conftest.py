"""A small home, filled once for this room."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.home.marie import fill, hear, written

import verite
from verite.home import Home

HEAD = "message_id,identity,at,channel,touchpoint,kind,wait_s,metric,score,scale_min,scale_max,text"


def write_visits(file: Path, people: int = 40) -> Path:
    """Each person: a visit, a chat that waits, and a satisfaction score with words."""
    lines = [HEAD]
    for person in range(people):
        day = f"2026-03-{1 + person % 28:02d}"
        who = f"user:{person}"
        score = 2 if person % 4 == 0 else 5
        lines += [
            f"v{person},{who},{day}T09:00:00+01:00,web,site_home,visit,,,,,,",
            f"c{person},{who},{day}T10:00:00+01:00,chat,chat,contact,{60 + person},,,,,",
            f"s{person},{who},{day}T12:00:00+01:00,email,survey,feedback,,csat,{score},1,5,Merci",
        ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home of 40 people and 120 interactions."""
    folder = tmp_path_factory.mktemp("home")
    with verite.create(folder / "acme", name="Acme") as home:
        home.listen(write_visits(folder / "visits.csv"))
        yield home


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Marie in buckets, fresh files, quarantine, inbox, uploads, records and the timeline."""
    folder = tmp_path_factory.mktemp("made")
    first, second = written(folder)
    with verite.create(folder / "home") as home:
        hear(home, first)
        home.desk.ledger.compact()
        hear(home, second)
        fill(home)
        home.interactions()  # texts and names of columns are kept beside the timeline
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Iterator[Home]:
    """Marie's home, to spoil."""
    shutil.copytree(made / "home", tmp_path / "home")
    with verite.open(tmp_path / "home") as opened:
        yield opened
