"""The demo home: Clairvoie's files, listened to like anyone's."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from verite.home.door import SETTINGS
from verite.home.home import Home
from verite.words.member import console

if TYPE_CHECKING:
    from verite.rows import Json

COMPANY = "Clairvoie"
UNFINISHED = "making-the-demo"
FITTED_FROM = 4_000  # customers: with fewer there are too few losses to fit the feeling to


class Stage(StrEnum):
    """What takes time in the making of a demo, in order."""

    GENERATE = "generate"
    LISTEN = "listen"
    SORT = "sort"
    FIT = "fit"


Tell = Callable[[Stage, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What was made."""

    home: Path
    interactions: int
    people: int
    quarantined: int

    def json(self) -> dict[str, Json]:
        """The keys of the contract."""
        return {
            "home": str(self.home),
            "interactions": self.interactions,
            "people": self.people,
            "quarantined": self.quarantined,
        }


def make_demo(
    path: Path, *, people: int, seed: int, at: datetime, tell: Tell = lambda stage, count: None
) -> Demo:
    """The demo home in a folder; a whole one is kept as it is, a broken-off one made again.

    `tell` hears of each stage as it starts, with how many customers, then files, then rows.
    """
    unfinished = path / UNFINISHED
    if unfinished.exists():
        shutil.rmtree(path)
    if (path / SETTINGS).exists():
        with Home.open(path) as home:
            return _told(home)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished.touch()
    with Home.create(path, name=COMPANY) as home:
        _grant(path)
        tell(Stage.GENERATE, people)
        rows = _fill(home, people=people, seed=seed, at=at, tell=tell)
        tell(Stage.SORT, rows)
        told = _told(home)
        if people >= FITTED_FROM:
            tell(Stage.FIT, people)
            home.fit_feeling(by=console("demo"), at=at)
    _hear_inside(path, at)
    unfinished.unlink()
    return told


def _grant(path: Path) -> None:
    """What advisers may give without asking and what the company stands for, in the settings."""
    from verite.demo.grants import GRANTS
    from verite.demo.inside import VALUES

    with (path / SETTINGS).open("a", encoding="utf-8") as file:
        file.write(GRANTS + VALUES)


def _hear_inside(path: Path, at: datetime) -> None:
    """Answers of staff and check contacts, apart from customers, by the values just declared."""
    from verite.demo.inside import write_inside
    from verite.loop.listen import Request

    with (
        Home.open(path) as home,
        tempfile.TemporaryDirectory(dir=path, prefix="making-") as folder,
    ):
        for file in write_inside(Path(folder)):
            home.listen_to(Request(files=(file,), inside=True), at=at)


def _fill(home: Home, *, people: int, seed: int, at: datetime, tell: Tell) -> int:
    from verite.demo import demo_promises, demo_targets, generate
    from verite.loop.listen import Request
    from verite.loop.map import shipped

    with tempfile.TemporaryDirectory(dir=home.path, prefix="making-") as folder:
        files = generate(Path(folder), people=people, seed=seed)
        tell(Stage.LISTEN, len(files))
        heard = home.listen_to(Request(files=files), at=at).result
    home.set_targets(demo_targets(), by="demo", at=at)
    home.set_promises(demo_promises(), by="demo", at=at)
    using = home.open_records()
    from verite.records.map.actions import keep_design

    design = next(design for design in shipped() if design.key == "clairvoie")
    keep_design(design, by=console("demo"), at=at, using=using)
    return heard.kept


def _told(home: Home) -> Demo:
    status = home.status().result
    return Demo(
        home=home.path,
        interactions=status.interactions,
        people=status.people,
        quarantined=status.quarantined,
    )
