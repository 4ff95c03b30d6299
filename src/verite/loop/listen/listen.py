"""Listening: files become interactions in the ledger, and every row read is accounted for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from verite.loop.listen.ahead import one_ahead
from verite.loop.listen.gathering import merged
from verite.loop.listen.hearing import Round
from verite.loop.listen.normalise import Failed
from verite.loop.listen.notes import note
from verite.loop.listen.opening import Hears, open_hearings
from verite.loop.listen.request import Request
from verite.loop.listen.traceless import Traceless
from verite.words.asked import About
from verite.words.heard import Heard, Refused

if TYPE_CHECKING:
    from verite.ledger.kept import Refusal
    from verite.ledger.ledger import Ledger
    from verite.ledger.rehearsal import Rehearsal

Progress = Callable[[int, int], None]
SHOWN = 100


@dataclass(slots=True, kw_only=True)
class Count:
    """What became of the rows so far."""

    kept: int = 0
    duplicates: int = 0
    quarantined: int = 0
    shown: list[Refused] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Every row, once."""
        return self.kept + self.duplicates + self.quarantined


def listen(
    request: Request, ledger: Ledger, *, at: datetime, progress: Progress | None = None
) -> Heard:
    """Hears files into the ledger: new rows are kept, known ones counted, bad ones quarantined.

    All files are opened and their columns checked before any row is kept. `dry_run` keeps
    nothing and counts what would be kept; `strict` keeps nothing when any row is bad.
    """
    scratch = request.scratch or ledger.home / "scratch"
    try:
        return _listen(replace(request, scratch=scratch), ledger, at=at, progress=progress)
    finally:
        shutil.rmtree(scratch / f"spill-{os.getpid()}", ignore_errors=True)
        with suppress(OSError):
            scratch.rmdir()


def _listen(request: Request, ledger: Ledger, *, at: datetime, progress: Progress | None) -> Heard:
    hearings = open_hearings(request)
    if request.inside:
        hearings = tuple(Traceless(one, request.trace_key) for one in hearings)
    notes: list[str] = []
    if request.dry_run or request.strict:
        count = _hear(hearings, ledger.rehearse(), at=at, progress=progress)
        if request.dry_run:
            return _heard(hearings, count, ledger, at, ["note_dry_run"])
        if count.quarantined:
            notes = [note("note_strict", {"count": count.kept})]
            count.kept = 0
            return _heard(hearings, count, ledger, at, notes)
    count = _hear(hearings, ledger, at=at, progress=progress)
    return _heard(hearings, count, ledger, at, notes)


def _hear(
    hearings: Sequence[Hears],
    ledger: Ledger | Rehearsal,
    *,
    at: datetime,
    progress: Progress | None,
) -> Count:
    count = Count()
    whole = sum(hearing.size for hearing in hearings) or 1
    before = 0.0
    for hearing in hearings:
        with one_ahead(merged(hearing.rounds())) as rounds:
            for one in rounds:
                _take(one, hearing, ledger, at=at, count=count)
                if progress is not None:
                    done = before + one.share_done * hearing.size
                    progress(count.read, max(count.read, round(count.read * whole / max(done, 1))))
        before += hearing.size
    return count


def _take(
    one: Round, hearing: Hears, ledger: Ledger | Rehearsal, *, at: datetime, count: Count
) -> None:
    """A round into the ledger, or into its rehearsal."""
    if one.table is not None:
        kept = ledger.append(one.table, source=hearing.name, at=at)
        count.kept += kept.kept
        count.duplicates += kept.duplicates
        count.quarantined += kept.conflicts
        _show(count, [Refused(file=hearing.file, line=None, reason="conflict")] * kept.conflicts)
    if one.failed:
        ledger.refuse([_refusal(failed, hearing.file) for failed in one.failed], at=at)
    count.quarantined += len(one.failed)
    _show(
        count,
        [
            Refused(file=f.file or hearing.file, line=f.line, reason=f.reason, detail=f.detail)
            for f in one.failed[:SHOWN]
        ],
    )


def _show(count: Count, refused: list[Refused]) -> None:
    count.shown.extend(refused[: SHOWN - len(count.shown)])


def _refusal(failed: Failed, file: str) -> Refusal:
    from verite.ledger.kept import Refusal

    return Refusal(
        file=failed.file or file,
        line=failed.line,
        reason=failed.reason,
        detail=failed.detail,
        raw=failed.raw,
        identity=failed.identity,
    )


def _heard(
    hearings: Sequence[Hears], count: Count, ledger: Ledger, at: datetime, notes: list[str]
) -> Heard:
    told = [told for hearing in hearings for told in hearing.notes()]
    return Heard(
        about=About(
            asked="listen",
            as_of=at,
            ledger_version=ledger.version,
            people_version=ledger.people_version,
            notes=(*notes, *told),
        ),
        read=count.read,
        kept=count.kept,
        duplicates=count.duplicates,
        quarantined=count.quarantined,
        sources=tuple(decided for hearing in hearings for decided in hearing.decided()),
        quarantine=tuple(count.shown),
    )
