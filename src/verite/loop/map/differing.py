"""What a newer version of a designed map changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

from verite.words.journey import (
    ChangeKind,
    DesignChange,
    DesignDiff,
    DesignedMap,
    Part,
    Stage,
    Touchpoint,
)

Drawn = Stage | Touchpoint


def diff_designs(before: DesignedMap, after: DesignedMap) -> DesignDiff:
    """Stages and touchpoints added, removed or changed; then the path."""
    changes = [
        *_whole(before, after),
        *_parts(Part.STAGE, before.stages, after.stages),
        *_parts(Part.TOUCHPOINT, before.touchpoints, after.touchpoints),
    ]
    if before.path != after.path:
        changes.append(DesignChange(kind=ChangeKind.CHANGED, part=Part.PATH, key=after.key))
    return DesignDiff(before=before, after=after, changes=tuple(changes))


def _whole(before: DesignedMap, after: DesignedMap) -> Iterator[DesignChange]:
    named = ("key", "names", "language")
    changed = tuple(name for name in named if getattr(before, name) != getattr(after, name))
    if changed:
        yield DesignChange(kind=ChangeKind.CHANGED, part=Part.MAP, key=after.key, fields=changed)


def _parts(part: Part, before: Sequence[Drawn], after: Sequence[Drawn]) -> Iterator[DesignChange]:
    old = {drawn.key: drawn for drawn in before}
    new = {drawn.key: drawn for drawn in after}
    for key in old:
        if key not in new:
            yield DesignChange(kind=ChangeKind.REMOVED, part=part, key=key)
    kept = [key for key in old if key in new]
    moved = _moved(kept, [key for key in new if key in old])
    for key, drawn in new.items():
        if key not in old:
            yield DesignChange(kind=ChangeKind.ADDED, part=part, key=key)
            continue
        changed = _changed(old[key], drawn) + (("order",) if key in moved else ())
        if changed:
            yield DesignChange(kind=ChangeKind.CHANGED, part=part, key=key, fields=changed)


def _changed(before: Drawn, after: Drawn) -> tuple[str, ...]:
    names = (field.name for field in fields(after))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The keys whose place among those kept has changed."""
    return {key for key, other in zip(after, before, strict=True) if key != other}
