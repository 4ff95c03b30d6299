"""Journeys as they are lived, and as they were designed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from verite.answer import Answer
from verite.home.door import Door
from verite.words.asked import EVERYTHING, Filters
from verite.words.errors import WrongUse

if TYPE_CHECKING:
    from verite.words.journey import Conformance, DesignedMap, JourneyPicture, LivedMap


class Maps(Door):
    """Designed and lived maps."""

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
