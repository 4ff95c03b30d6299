"""The scene of the wide journey: all that is decided before the first stroke, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from verite.pictures.journey.columns import Columns, positions, share_out
from verite.pictures.journey.flows import Drawn, choose
from verite.pictures.journey.order import untangle
from verite.pictures.journey.plan import Flow, Plan, Stop
from verite.pictures.journey.settle import LINE, Ground, Spot, scale, settle, volume_text
from verite.pictures.wrap import Room, wrap
from verite.sentences.catalogue import phrase
from verite.sentences.numbers import count, duration, share

WIDE: Final = 1190.0
LEAST: Final = 107.0  # narrowest column
GUTTER: Final = 22.0
LEFT: Final = 12.0  # room for what goes back to the first column


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that was decided before the first stroke."""

    plan: Plan
    columns: Columns
    spots: tuple[Spot, ...]
    drawn: Drawn
    per_case: float
    pitch: float
    ground: float  # the top of the columns, under their heads
    lang: str

    @property
    def foot(self) -> float:
        """The lowest point of the columns."""
        return max((spot.foot + (20 if spot.tail else 0) for spot in self.spots), default=120.0)

    def span(self, stage: int) -> tuple[float, float]:
        """From where to where a stage goes across."""
        first, after = self.columns.starts[stage], self.columns.starts[stage + 1]
        return LEFT + first * self.pitch, LEFT + after * self.pitch - GUTTER + 4

    def head_lines(self, stage: int) -> tuple[str, ...]:
        """The name of a stage, wrapped over its columns."""
        wide = self.columns.starts[stage + 1] - self.columns.starts[stage]
        return wrap(self.plan.heads[stage].name, _head_room(wide, self.pitch))


def _ground(plan: Plan, columns: Columns, pitch: float) -> float:
    """Heads of one to three lines stand on one rule."""
    most = max(
        len(wrap(head.name, _head_room(columns.starts[i + 1] - columns.starts[i], pitch)))
        for i, head in enumerate(plan.heads)
    )
    return 48.0 + LINE * (most - 1)


def _head_room(columns: int, pitch: float) -> Room:
    return Room(width=columns * pitch - GUTTER + 4, lines=3, size=12.5)


def set_scene(plan: Plan, lang: str) -> Scene:
    """Share out the columns, choose and untangle the flows, and settle every stop."""
    columns = share_out(plan)
    drawn = choose(plan.flows, positions(columns))
    columns = untangle(columns, drawn.forward)
    pitch = max((WIDE - LEFT) / max(len(columns.stops), 1), LEAST)
    top = _ground(plan, columns, pitch)
    ground = Ground(top=top, left=LEFT, pitch=pitch, label=pitch - GUTTER)
    spots = settle(plan, columns, drawn.forward, ground, lang)
    return Scene(
        plan=plan, columns=columns, spots=spots, drawn=drawn,
        per_case=scale(plan, columns), pitch=pitch, ground=top, lang=lang,
    )  # fmt: skip


def stop_title(stop: Stop, plan: Plan, lang: str) -> str:
    """A stop in one line of words, for a pointer that rests on it and for those who listen."""
    if not stop.volume or stop.masked:
        return f"{stop.name}, {volume_text(stop, lang)}"
    said = [stop.name, count(stop.volume, plan.noun, lang)]
    if stop.wait_s:
        said.append(phrase("journey.median_wait", lang, {"time": duration(stop.wait_s, lang)}))
    if stop.lost:
        said.append(phrase("journey.lost", lang, {"share": share(stop.lost, lang)}))
    return ", ".join(said)


def passage_title(scene: Scene, flow: Flow) -> str:
    """A flow in one line of words: from, to, how many."""
    stops = scene.plan.stops
    counted = count(flow.volume, scene.plan.noun, scene.lang)
    return f"{stops[flow.source].name} › {stops[flow.target].name}, {counted}"


def threshold_note(scene: Scene) -> str:
    """What is drawn, what is left to the table, and what the marks mean."""
    drawn, lang = scene.drawn, scene.lang
    said = phrase("journey.threshold", lang, {
        "count": count(drawn.threshold, scene.plan.noun, lang),
        "left": count(drawn.left, "flow", lang),
    })  # fmt: skip
    if drawn.within:
        said += phrase("journey.within", lang)
    if any(stop.sign for stop in scene.plan.stops):
        said += phrase("journey.signs", lang)
    if scene.plan.left_out:
        said += phrase("journey.left_out", lang, {
            "count": count(scene.plan.left_out, "touchpoint", lang)
        })  # fmt: skip
    return said
