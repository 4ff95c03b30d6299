"""A home: one company's interactions, and every question that can be asked of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from verite.answer import Answer
from verite.home.alerts import Alerts
from verite.home.control import ControlDesk
from verite.home.council import CouncilDesk
from verite.home.customers import Customers
from verite.home.feelings import Feelings
from verite.home.identical import IdenticalDesk
from verite.home.live import Live
from verite.home.moments import MomentsDesk
from verite.home.people import People
from verite.home.promises import PromiseDesk
from verite.home.rights import Rights
from verite.words.asked import Filters, Window
from verite.words.errors import WrongUse
from verite.words.evidence import Interactions, Page
from verite.words.member import console

if TYPE_CHECKING:
    from verite.loop.listen import Preview, Request
    from verite.words.heard import Heard, HomeStatus
    from verite.words.journey import Conformance, DesignedMap, JourneyPicture, LivedMap
    from verite.words.measured import Changes, Measured, Target, Targets, Trend

EVERYTHING = Filters()
QUARANTINED_FOR = timedelta(days=30)  # it holds cells as they came, names among them
Progress = Callable[[int, int], None]


class Home(
    Live,
    People,
    Customers,
    Feelings,
    Alerts,
    Rights,
    CouncilDesk,
    ControlDesk,
    IdenticalDesk,
    MomentsDesk,
    PromiseDesk,
):
    """One company's interactions, and what is asked of them. Use it in a `with` block."""

    # Listening

    def listen(
        self, *files: str | Path, mapping: str | Path | None = None, zone: str | None = None
    ) -> Answer[Heard]:
        """Imports files; what cannot be read is kept in quarantine with its reason."""
        from verite.loop.listen import Request

        request = Request(
            files=tuple(Path(file) for file in files),
            mapping=None if mapping is None else Path(mapping),
            zone=zone,
            allow_sql=True,
        )
        return self.listen_to(request, at=datetime.now(UTC))

    def listen_to(
        self, request: Request, *, at: datetime, progress: Progress | None = None
    ) -> Answer[Heard]:
        """Imports as asked in every detail, at a given time, telling how far it is."""
        from verite.loop.listen import listen

        zoned = self._at_home(request)
        self.desk.ledger.expire_quarantine(before=at - QUARANTINED_FOR)
        heard = listen(zoned, self.desk.ledger, at=at, progress=progress)
        if not request.dry_run:
            self.drain_waiting(at=at)
        self.desk.tidy()
        return self.told(heard)

    def preview(self, request: Request) -> Preview:
        """The first rows of files as they would be read; nothing is kept."""
        from verite.loop.listen import preview

        return preview(self._at_home(request))

    def _at_home(self, request: Request) -> Request:
        """The request, with the zone and the country of this home."""
        zone, country = self.settings.zone, self.settings.country or None
        return replace(request, home_zone=zone, home_country=country)

    def status(self) -> Answer[HomeStatus]:
        """What is here: counts, period, channels, sources and their silence."""
        from verite.home.evidence import read_status

        # Neither the quarantine nor the inbox changes a version.
        ledger = self.desk.ledger
        question = ("status", ledger.quarantine_count, ledger.inbox_count)
        return self.told(self.desk.answer(question, lambda: read_status(self.desk)))

    # Measuring

    def measure(
        self, *metrics: str, by: tuple[str, ...] = (), where: Filters = EVERYTHING
    ) -> Answer[Measured]:
        """Metrics with their intervals, whole and by dimensions."""
        from verite.measure import measure

        question = ("measure", metrics, by, where, self.desk.agents_are_open(by))
        compute = lambda: measure(self.desk.study(by), metrics, by=by, where=where)  # noqa: E731
        return self.told(self.desk.answer(question, compute))

    def changes(
        self, *metrics: str, windows: tuple[Window, Window], where: Filters = EVERYTHING
    ) -> Answer[Changes]:
        """What changed between two windows, told apart from noise or not."""
        from verite.measure import compare

        before, after = windows
        question = ("changes", metrics, windows, where)
        compute = lambda: compare(self.desk.study(), metrics, before, after, where=where)  # noqa: E731
        return self.told(self.desk.answer(question, compute))

    def trend(
        self, metric: str, *, where: Filters = EVERYTHING, periods: int = 16, period: str = "week"
    ) -> Answer[Trend]:
        """A metric over successive weeks or months, with its control limits."""
        from verite.measure import trend

        question = ("trend", metric, where, periods, period)
        compute = lambda: trend(  # noqa: E731
            self.desk.study(), metric, where=where, periods=periods, period=period
        )
        return self.told(self.desk.answer(question, compute))

    def targets(self, *, where: Filters = EVERYTHING) -> Answer[Targets]:
        """KPI, now, target, gap, trend."""
        from verite.measure import set_against

        using = self.open_records()
        from verite.records.measure.records import list_targets

        wishes = tuple(list_targets(using=using))
        question = ("targets", wishes, where)
        compute = lambda: set_against(self.desk.study(), wishes, where=where)  # noqa: E731
        return self.told(self.desk.answer(question, compute))

    def set_targets(self, targets: Sequence[Target], *, by: str, at: datetime) -> None:
        """Replaces the targets; who and when are kept in the audit."""
        using = self.open_records()
        from verite.records.measure.actions import set_targets

        set_targets(tuple(targets), by=console(by), at=at, using=using)

    # Mapping

    def map(
        self, *, case: str = "person", top: int = 20, where: Filters = EVERYTHING
    ) -> Answer[LivedMap]:
        """Lived journeys: nodes, edges, variants, switches."""
        from verite.loop.map import live

        designs = self.designs()

        def compute() -> LivedMap:
            about = self.desk.about(f"map --case {case} --top {top}", where)
            timeline = self.desk.timeline
            return live(timeline, case=case, where=where, top=top, designs=designs, about=about)

        return self.told(self.desk.answer(("map", case, top, where, designs), compute))

    def conform(
        self, design: DesignedMap, *, case: str = "person", where: Filters = EVERYTHING
    ) -> Answer[Conformance]:
        """Planned against lived."""
        from verite.loop.map import conform

        def compute() -> Conformance:
            about = self.desk.about(f"map --design {design.key} --case {case}", where)
            return conform(self.desk.timeline, design, case=case, where=where, about=about)

        return self.told(self.desk.answer(("conform", design, case, where), compute))

    def journey(
        self,
        *,
        design: DesignedMap | None = None,
        case: str = "person",
        where: Filters = EVERYTHING,
    ) -> Answer[JourneyPicture]:
        """A lived map laid on a designed one, with the feeling of each stage."""
        from verite.loop.map import lay

        drawn = design or next(iter(self.designs()), None)
        if drawn is None:
            raise WrongUse("no_design")

        def compute() -> JourneyPicture:
            about = self.desk.about(f"journey {drawn.key} --case {case}", where)
            return lay(self.desk.timeline, drawn, case=case, where=where, about=about)

        return self.told(self.desk.answer(("journey", drawn, case, where), compute))

    def designs(self) -> tuple[DesignedMap, ...]:
        """The designed maps of this home, the active one first."""
        using = self.open_records()
        from verite.records.map.records import list_designs

        return tuple(list_designs(using=using))

    def find_design(self, name: str) -> DesignedMap:
        """A designed map by its file or its key."""
        from verite.loop.map import read_design_file

        return read_design_file(Path(name)) if name.endswith(".toml") else self.known_design(name)

    def known_design(self, name: str) -> DesignedMap:
        """A designed map by its key, shipped or drawn here; never a file."""
        from verite.loop.map import shipped

        known = {design.key: design for design in (*shipped(), *self.designs())}
        if name not in known:
            raise WrongUse("unknown_design", fields={"design": name, "known": ", ".join(known)})
        return known[name]

    # Evidence and pictures

    def interactions(
        self, *, where: Filters = EVERYTHING, page: Page | None = None
    ) -> Answer[Interactions]:
        """The interactions behind a figure."""
        from verite.home.evidence import find_interactions

        def find() -> Interactions:
            about = self.desk.about("interactions", where)
            return find_interactions(self.desk, where, page or Page(), about)

        return self.told(self.desk.recovering(find))

    def picture(self, name: str, *, lang: str | None = None, dark: bool = False) -> str:
        """A named picture as a standalone SVG: journey, transitions, scores, trend.METRIC."""
        from verite.home.gallery import draw_named

        return draw_named(self, name, lang=lang or self.settings.language, dark=dark)
