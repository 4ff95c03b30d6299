"""The desk of a home: its ledger and timeline, opened when first needed, kept in step."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar, cast

from verite.home.reading import Reading
from verite.words.asked import About, Filters, Window
from verite.words.errors import HomeError
from verite.words.settings import Settings

if TYPE_CHECKING:
    from verite.ledger.ledger import Ledger
    from verite.ledger.timeline.timeline import Timeline
    from verite.measure import Study

T = TypeVar("T")
ANSWERS_KEPT = 512
START_OF_TIME = datetime(1970, 1, 1, tzinfo=UTC)


class Desk:
    """Opens what a question needs and remembers answers per (ledger, people) version."""

    def __init__(self, path: Path, settings: Settings, as_of: datetime | None) -> None:
        self.path = path
        self.settings = settings
        self._as_of = as_of
        self._ledger: Ledger | None = None
        self._timeline: Timeline | None = None
        self._span: tuple[int, int] | None = None
        self._answers: OrderedDict[Hashable, object] = OrderedDict()
        self._answered = (-1, -1)  # the versions that they are of
        self._lock = RLock()
        self._opening = RLock()  # held while a timeline is built: answers known need not wait
        self._here = Reading()

    @property
    def ledger(self) -> Ledger:
        """The ledger, opened (and repaired) once."""
        if self._ledger is not None:
            return self._ledger
        with self._opening:
            if self._ledger is None:
                from verite.ledger.ledger import Ledger

                self._ledger = Ledger.open(self.path)
                self._ledger.bound_people(self.settings.identities_at_most)
            return self._ledger

    @property
    def timeline(self) -> Timeline:
        """The timeline of the ledger as it stands now, built when missing.

        One question reads one timeline to its end, whatever arrives meanwhile.
        """
        if self._here.timeline is not None:
            return self._here.timeline
        with self._opening:
            version = (self.ledger.version, self.ledger.people_version)
            held = self._timeline
            if held is None or (held.ledger_version, held.people_version) != version:
                held = self._timeline = self._open_timeline()
        if self._here.is_asking:
            self._here.timeline = held
        return held

    def _open_timeline(self) -> Timeline:
        """The whole one, or at a past date what was known then."""
        from verite.ledger.timeline.timeline import open_timeline

        whole = open_timeline(self.path, self.ledger, zone=self.settings.zone)
        self._span = (int(whole.ts.min()), int(whole.ts.max())) if whole.rows else None
        if self._as_of is None or self._span is None:
            return whole
        until = (self._as_of - START_OF_TIME) // timedelta(microseconds=1)
        from verite.ledger.timeline.until import Until, last_end

        if until > self._span[1] and until >= last_end(whole):
            return whole
        return Until(whole, until)

    @property
    def is_dated(self) -> bool:
        """Whether a date was asked: then nothing that ends after it is known."""
        return self._as_of is not None

    @property
    def as_of(self) -> datetime | None:
        """The date asked, else just after the last interaction; None in an empty home."""
        if self._as_of is not None:
            return self._as_of
        timeline = self.timeline
        if timeline.rows == 0:
            return None
        return START_OF_TIME + timedelta(microseconds=self.span[1] + 1)

    @property
    def span(self) -> tuple[int, int]:
        """When the first and the last interaction began (UTC µs), whatever the date asked.

        Not for an empty home.
        """
        _ = self.timeline  # finds it
        if self._span is None:
            raise ValueError("an empty home has no span")
        return self._span

    def agents_are_open(self, by: Sequence[str]) -> bool:
        """Whether the dimensions asked hold agents, and a consultation in force allows them.

        Read anew each time: another process may have withdrawn it. Records open only for agents.
        """
        if "agent" not in by:
            return False
        from verite.records.setup import prepare

        using = prepare(self.path)
        from verite.records.council.records import agents_are_open

        return agents_are_open(using=using)

    def study(self, by: Sequence[str] = ()) -> Study:
        """What `measure` works from, for the dimensions asked: agents need a record."""
        from verite.ledger.engines.kernels import Kernels
        from verite.measure import Study, read_definitions

        timeline = self.timeline
        return Study(
            timeline=timeline,
            engine=Kernels(timeline),
            definitions=replace(
                read_definitions(self.settings.definitions),
                agent_figures=self.agents_are_open(by),
            ),
            as_of=self.as_of or START_OF_TIME,
            zone=self.settings.zone,
        )

    def about(self, asked: str, where: Filters | None = None) -> About:
        """What an answer says about itself."""
        timeline = self.timeline
        window: Window | None = None
        as_of = self.as_of
        if as_of is not None:
            first = START_OF_TIME + timedelta(microseconds=self.span[0])
            start = where.since if where is not None and where.since is not None else first
            end = where.until if where is not None and where.until is not None else as_of
            window = Window(start=start, end=max(start, end))
        return About(
            asked=asked,
            as_of=as_of,
            ledger_version=timeline.ledger_version,
            people_version=timeline.people_version,
            window=window,
        )

    def answer(self, question: Hashable, compute: Callable[[], T]) -> T:
        """The answer, computed once per question and version."""
        key = (*self._here.versions(self.ledger), question)
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return cast("T", self._answers[key])
        value = self.recovering(compute)
        ledger = self.ledger
        with self._lock:
            if (ledger.version, ledger.people_version) != key[:2]:
                return value  # of data that was replaced meanwhile: it may tell of who was erased
            if self._answered != key[:2]:
                # Nobody asks an older version again, and it may tell of who was erased since.
                self._answers.clear()
                self._answered = key[:2]
            self._answers[key] = value
            while len(self._answers) > ANSWERS_KEPT:
                self._answers.popitem(last=False)
        return value

    def recovering(self, compute: Callable[[], T]) -> T:
        """What `compute` finds, begun again when files it was reading were put in order."""
        if self._here.is_asking:
            return compute()  # part of a question: that one begins again
        try:
            return self._here.ask(compute)
        except HomeError as error:
            if error.code != "timeline_outdated":
                raise
        with self._opening:
            self._timeline = None
        return self._here.ask(compute)

    def tidy(self, *, threads: int | None = None) -> None:
        """Puts fresh files in order once there are many; what was kept stays kept if it fails."""
        self.ledger.finish_erasing()
        with suppress(HomeError):
            if self.ledger.is_untidy:
                self.ledger.compact(threads=threads)
                self.ledger.vacuum()

    def forget(self) -> None:
        """Forgets answers and mapped files: somebody was erased."""
        with self._opening, self._lock:
            self._timeline = None
            self._answers.clear()

    def close(self) -> None:
        """Lets go of the ledger and of the mapped files."""
        with self._opening, self._lock:
            if self._ledger is not None:
                self._ledger.close()
            self._ledger = None
            self._timeline = None
            self._span = None
            self._answers.clear()
