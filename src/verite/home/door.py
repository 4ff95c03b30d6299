"""The door of a home: made, opened, closed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from verite.answer import Answer
from verite.home.desk import Desk
from verite.words.errors import BadInput, HomeError
from verite.words.settings import Settings, read_settings, write_settings

SETTINGS = "verite.toml"
R = TypeVar("R")


class Door:
    """Opens and closes a home; knows its settings, its versions and its records."""

    def __init__(self, path: Path, settings: Settings, *, as_of: datetime | None = None) -> None:
        self.path = path
        self.settings = settings
        self.desk = Desk(path, settings, as_of)

    @classmethod
    def create(cls, path: str | Path, *, name: str = "Vérité") -> Self:
        """A new home; refuses a folder that already holds one."""
        from verite.ledger.ledger import Ledger

        folder = Path(path).expanduser().resolve()
        if (folder / SETTINGS).exists():
            raise HomeError("home_exists", fields={"home": folder})
        try:
            # Customers are in there: a new folder opens to its owner only.
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            Ledger.create(folder)
            (folder / SETTINGS).write_text(write_settings(Settings(name=name)), encoding="utf-8")
        except OSError as error:
            raise HomeError("home_not_writable", fields={"home": folder}) from error
        return cls.open(folder)

    @classmethod
    def open(cls, path: str | Path, *, as_of: datetime | None = None) -> Self:
        """The home in a folder."""
        folder = Path(path).expanduser().resolve()
        try:
            text = (folder / SETTINGS).read_text(encoding="utf-8-sig")
        except OSError as error:
            raise HomeError("no_home", fields={"home": folder}) from error
        except UnicodeDecodeError as error:
            raise BadInput("bad_settings", fields={"detail": error}) from error
        return cls(folder, read_settings(text), as_of=as_of)

    def open_records(self) -> str:
        """The database alias of what people wrote here; models load only after this."""
        from verite.records.setup import prepare

        return prepare(self.path)

    def told(self, result: R) -> Answer[R]:
        """A result as an answer in the home's language and zone."""
        return Answer(result, self.settings.language, self.settings.zone)

    def close(self) -> None:
        """Lets go of the home's files."""
        self.desk.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def versions(self) -> tuple[int, int]:
        """The ledger's and the people's versions: the key of everything derived."""
        ledger = self.desk.ledger
        return ledger.version, ledger.people_version

    @property
    def as_of(self) -> datetime | None:
        """The date that answers are given for; None in an empty home."""
        return self.desk.as_of

    def segments(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Every segment key with its values."""

        def read() -> tuple[tuple[str, tuple[str, ...]], ...]:
            timeline = self.desk.timeline
            return tuple((key, timeline.labels(f"segment_{key}")) for key in timeline.segments)

        return self.desk.recovering(read)

    def ratings(self) -> tuple[str, ...]:
        """The names of the company's own ratings, beside NPS, CSAT and CES."""
        from verite.measure import METRICS

        return self.desk.recovering(
            lambda: tuple(sorted(set(self.desk.timeline.labels("metric")) - set(METRICS)))
        )
