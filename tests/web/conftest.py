"""A small home of its own for the pages, its members, and a browser-like client for each."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
WEEKS = 24
AT = START + timedelta(weeks=WEEKS)
OFFERS = ("Fibre", "Fibre Pro")
COLUMNS = (
    "message_id",
    "identity",
    "at",
    "channel",
    "touchpoint",
    "kind",
    "direction",
    "case_id",
    "motive",
    "team",
    "wait_s",
    "duration_s",
    "outcome",
    "metric",
    "score",
    "scale_min",
    "scale_max",
    "polarity",
    "text",
    "segment.offer",
)
TEXTS = (
    "J'ai attendu vingt minutes pour rien.",
    "Conseiller très clair, merci !",
    "<script>alert('x')</script> & rien n'est réparé",
    "=1+1 : toujours pas de fibre",
)


def write_interactions(path: Path, *, people: int = 240, seed: int = 5) -> Path:
    """A file of our own table: visits, contacts, answers, complaints, departures."""
    chance = random.Random(seed)
    rows: list[dict[str, object]] = []
    for person in range(people):
        rows += _life(person, chance)
    rows.append({**rows[0], "message_id": "bad-1", "at": "31/11/2026", "segment.offer": ""})
    rows.append({**rows[1], "message_id": "bad-2", "metric": "nps", "score": 14, "scale_min": 0,
                 "scale_max": 10})  # fmt: skip
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _life(person: int, chance: random.Random) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    offer = OFFERS[person % 12 == 0]
    at = START + timedelta(hours=chance.uniform(0, 24 * 40))
    turn = 0
    while at < AT - timedelta(days=1) and turn < 14:
        late = at > AT - timedelta(weeks=4)
        case = f"D-{person}-{turn}"
        rows.append(_row(person, offer, at, channel="web", touchpoint="site_home", kind="visit",
                         duration_s=chance.randint(3, 200)))  # fmt: skip
        at += timedelta(minutes=chance.uniform(10, 900))
        channel = chance.choice(("phone", "phone", "chat", "store"))
        point = {"phone": "advisor", "chat": "chat", "store": "shop_help"}[channel]
        solved = chance.random() < (0.55 if late else 0.75)
        rows.append(_row(person, offer, at, channel=channel, touchpoint=point, kind="contact",
                         direction="inbound", case_id=case, motive="panne",
                         team=chance.choice(("nord", "sud")),
                         wait_s=round(chance.expovariate(1 / (700 if late else 300))),
                         duration_s=chance.randint(120, 900),
                         outcome="resolved" if solved else "unresolved"))  # fmt: skip
        at += timedelta(hours=chance.uniform(2, 30))
        if chance.random() < 0.6:
            score = max(0, min(10, round(chance.gauss(5 if late else 7.5, 2))))
            text = chance.choice(TEXTS) if chance.random() < 0.4 else ""
            rows.append(_row(person, offer, at, channel="email", touchpoint="survey_contact",
                             kind="feedback", case_id=case, metric="nps", score=score,
                             scale_min=0, scale_max=10, text=text))  # fmt: skip
        if turn == 2:
            rows.append(_row(person, offer, at, channel="web", touchpoint="wifi_box",
                             kind="feedback", metric="ease", score=chance.randint(1, 5),
                             scale_min=1, scale_max=5))  # fmt: skip
        if chance.random() < 0.06:
            rows.append(_row(person, offer, at, channel="email", touchpoint="complaint",
                             kind="complaint", case_id=case))  # fmt: skip
        at += timedelta(days=chance.uniform(4, 25))
        turn += 1
    if person % 30 == 0:
        rows.append(_row(person, offer, AT - timedelta(days=person % 50 + 1), channel="post",
                         touchpoint="termination", kind="other"))  # fmt: skip
    return rows


def _row(person: int, offer: str, at: datetime, **more: object) -> dict[str, object]:
    row: dict[str, object] = {
        "identity": f"user:{person}",
        "at": at.isoformat(timespec="seconds"),
        "segment.offer": offer,
        **more,
    }
    row["message_id"] = f"{person}-{at.timestamp():.0f}-{more['touchpoint']}"
    return row


class Cast:
    """Somebody of the cast: a Django test client that stays in one home."""

    def __init__(self, alias: str, email: str | None) -> None:
        from django.test import Client

        from verite.records.accounts.actions import make_link
        from verite.records.current import within
        from verite.words.member import CONSOLE

        self.alias = alias
        self.client = Client()
        if email is not None:
            token = make_link(using=alias, by=CONSOLE, email=email, at=datetime.now(UTC))
            with within(alias):
                answer = self.client.post(f"/sign-in/{token}")
            assert answer.status_code == 302

    def get(self, url: str, **headers: str) -> object:
        """A GET in this home."""
        from verite.records.current import within

        with within(self.alias):
            return self.client.get(url, headers=headers)

    def post(self, url: str, data: dict[str, object] | None = None) -> object:
        """A POST in this home."""
        from verite.records.current import within

        with within(self.alias):
            return self.client.post(url, data or {})


def make_home(folder: Path, *, name: str, file: Path | None) -> str:
    """A served home with Alice (owner) and Bob (agent); its records alias."""
    from verite.home import Home
    from verite.loop.listen import Request
    from verite.records.current import within
    from verite.web.house import home_here, open_house
    from verite.web.settings import equip
    from verite.words.member import CONSOLE, Role

    Home.create(folder, name=name).close()
    alias = open_house(folder)
    equip()
    # Models can only be imported once the records are prepared.
    from verite.records.accounts.actions import add_member

    at = datetime.now(UTC)
    for email, role in (("alice@example.org", Role.OWNER), ("bob@example.org", Role.AGENT)):
        add_member(using=alias, by=CONSOLE, email=email, name=email[:5], role=role, at=at)
    if file is not None:
        with within(alias):
            home_here().listen_to(Request(files=(file,)), at=AT)
    return alias


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The alias of a home that holds interactions, targets and a designed map."""
    from verite.loop.map import shipped_design
    from verite.web.house import close_house
    from verite.words.measured import Target
    from verite.words.member import CONSOLE

    folder = tmp_path_factory.mktemp("served")
    file = write_interactions(folder / "interactions.csv")
    alias = make_home(folder / "home", name="Clairvoie", file=file)
    from verite.records.map.actions import keep_design
    from verite.records.measure.actions import set_targets

    keep_design(shipped_design("clairvoie"), by=CONSOLE, at=AT, using=alias)
    wishes = (
        Target(touchpoint=None, metric="nps", target=30),
        Target(touchpoint=None, metric="resolution", target=600),
        Target(touchpoint="chat", metric="wait", target=120),
    )
    set_targets(wishes, by=CONSOLE, at=AT, using=alias)
    yield alias
    close_house(alias)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The alias of a home that holds nothing: another company's."""
    from verite.web.house import close_house

    alias = make_home(tmp_path_factory.mktemp("other") / "home", name="Autre", file=None)
    yield alias
    close_house(alias)


@pytest.fixture
def cast(served: str) -> Callable[[str | None], Cast]:
    """Makes a client of the served home for a member's e-mail, or for a stranger."""
    return lambda email: Cast(served, email)


@pytest.fixture
def alice(served: str) -> Cast:
    """The owner."""
    return Cast(served, "alice@example.org")


@pytest.fixture
def bob(served: str) -> Cast:
    """An agent: reads, changes nothing."""
    return Cast(served, "bob@example.org")


@pytest.fixture
def charlie(empty: str) -> Cast:
    """The owner of another company's home, which is empty."""
    return Cast(empty, "alice@example.org")


@pytest.fixture
def stranger(served: str) -> Cast:
    """Nobody in particular."""
    return Cast(served, None)


@pytest.fixture(scope="session")
def make_cast() -> Iterator[Callable[[Path], Cast]]:
    """Makes an empty home in a folder and gives its owner's client."""
    from verite.web.house import close_house

    made: list[str] = []

    def make(folder: Path) -> Cast:
        alias = make_home(folder, name="Neuve", file=None)
        made.append(alias)
        return Cast(alias, "alice@example.org")

    yield make
    for alias in made:
        close_house(alias)


@pytest.fixture
def own_table() -> Callable[..., Path]:
    """Writes a file of our own table."""
    return write_interactions
