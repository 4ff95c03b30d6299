"""A home: one company's interactions, and every question that can be asked of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from verite.answer import Answer
from verite.home.alerts import Alerts
from verite.home.control import ControlDesk
from verite.home.council import CouncilDesk
from verite.home.customers import Customers
from verite.home.experience import ExperienceDesk
from verite.home.feelings import Feelings
from verite.home.identical import IdenticalDesk
from verite.home.inside import InsideDesk
from verite.home.live import Live
from verite.home.maps import Maps
from verite.home.measures import Measures
from verite.home.moments import MomentsDesk
from verite.home.people import People
from verite.home.promises import PromiseDesk
from verite.home.rights import Rights
from verite.words.asked import EVERYTHING, Filters
from verite.words.evidence import Interactions, Page

if TYPE_CHECKING:
    from verite.loop.listen import Preview, Request
    from verite.words.heard import Heard, HomeStatus

QUARANTINED_FOR = timedelta(days=30)  # it holds cells as they came, names among them
Progress = Callable[[int, int], None]


class Home(
    Live,
    Measures,
    Maps,
    People,
    Customers,
    Feelings,
    Alerts,
    Rights,
    CouncilDesk,
    ControlDesk,
    ExperienceDesk,
    IdenticalDesk,
    InsideDesk,
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
        if request.inside:
            return self.told(self.hear_inside(zoned, at=at, progress=progress))
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
        """The request, with the zone, the country and the values of this home."""
        zone, country = self.settings.zone, self.settings.country or None
        columns = self.value_columns()
        return replace(request, home_zone=zone, home_country=country, values=columns)

    def status(self) -> Answer[HomeStatus]:
        """What is here: counts, period, channels, sources and their silence."""
        from verite.home.evidence import read_status

        # Neither the quarantine nor the inbox changes a version.
        ledger = self.desk.ledger
        question = ("status", ledger.quarantine_count, ledger.inbox_count)
        return self.told(self.desk.answer(question, lambda: read_status(self.desk)))

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
