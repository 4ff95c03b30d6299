"""What comes from inside the house, kept apart: staff and check visitors are no customers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Final

from verite.answer import Answer
from verite.home.desk import Desk
from verite.home.door import Door
from verite.words.asked import EVERYTHING, Filters

if TYPE_CHECKING:
    from verite.loop.listen import Request
    from verite.measure.inside import ValuesSettings
    from verite.words.heard import Heard
    from verite.words.inside import CheckContact, SameAnswers, Values
    from verite.words.items import Items

FOLDER: Final = "inside"  # of the home: a ledger of its own, that no figure of customers reads
Progress = Callable[[int, int], None]
_opening: Final = RLock()  # two pages may ask first at once


class InsideDesk(Door):
    """Items to ask, values known by staff, the same answer everywhere."""

    _inside: Desk | None = None

    def items(self) -> Answer[Items]:
        """The questions that ship, and one per declared value, ready for any survey tool."""
        from verite.measure.items import items_of
        from verite.words.asked import About
        from verite.words.items import Items

        version, people = self.versions
        about = About(asked="items", as_of=None, ledger_version=version, people_version=people)
        return self.told(Items(about=about, items=items_of(self.values_settings().values)))

    def values(self, *, where: Filters = EVERYTHING) -> Answer[Values]:
        """The share of staff who know each declared value: the whole, by team, by site."""
        from verite.measure.inside import know_values

        settings, desk = self.values_settings(), self.inside()
        compute = lambda: know_values(desk.study(), settings, where)  # noqa: E731
        return self.told(desk.answer(("values", settings, where), compute))

    def answers(self, *, where: Filters = EVERYTHING) -> Answer[SameAnswers]:
        """Whether a question gets the same answer on every channel that it was asked on."""
        from verite.measure.inside import read_answers_settings, same_answers

        settings, desk = read_answers_settings(self.settings.answers), self.inside()
        compute = lambda: same_answers(desk.study(), settings, where)  # noqa: E731
        return self.told(desk.answer(("answers", settings, where), compute))

    def contacts_of(
        self, question: str, *, where: Filters = EVERYTHING
    ) -> tuple[CheckContact, ...]:
        """The contacts on which a question was asked, newest first."""
        from verite.measure.inside import contacts_of

        desk = self.inside()
        return desk.recovering(lambda: contacts_of(desk.timeline, question, where))

    def values_settings(self) -> ValuesSettings:
        """The values declared in verite.toml."""
        from verite.measure.inside import read_values_settings

        return read_values_settings(self.settings.values)

    def value_columns(self) -> tuple[str, ...]:
        """The columns by which a file asks whether the declared values are known."""
        from verite.words.items import VALUE_PREFIX

        return tuple(VALUE_PREFIX + one.key for one in self.values_settings().values)

    def inside(self) -> Desk:
        """The desk of what comes from inside; its ledger is made at first need."""
        with _opening:
            if self._inside is None:
                from verite.ledger.ledger import Ledger

                folder: Path = self.path / FOLDER
                if not (folder / "inbox.sqlite3").exists():
                    Ledger.create(folder)
                asked = self.desk.as_of if self.desk.is_dated else None
                self._inside = Desk(folder, self.settings, asked)
            return self._inside

    def hear_inside(
        self, request: Request, *, at: datetime, progress: Progress | None = None
    ) -> Heard:
        """Imports answers of staff or check contacts; nobody is named in what is kept."""
        from verite.loop.listen import listen
        from verite.records.databases import secret_key

        desk = self.inside()
        traced = replace(request, trace_key=secret_key(self.path))
        heard = listen(traced, desk.ledger, at=at, progress=progress)
        desk.tidy()
        return heard

    def close(self) -> None:
        """Lets go of both ledgers."""
        if self._inside is not None:
            self._inside.close()
            self._inside = None
        super().close()
