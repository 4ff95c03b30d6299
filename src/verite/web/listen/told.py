"""Imports and quarantine as their pages print them."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from verite.home import Home
from verite.records.listen.records import ImportRecord, ImportState
from verite.rows import Row
from verite.sentences.dates import instant
from verite.sentences.explain import reason
from verite.sentences.numbers import number
from verite.web.language import language
from verite.web.listen.readable import told_cells
from verite.web.wording import say
from verite.words.heard import Refused

PER_PAGE = 25
EXPORT_AT_MOST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """One import of the history."""

    url: str
    file: str
    when: str
    by: str
    state: str
    is_failed: bool
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """One line of the quarantine."""

    file: str
    line: str
    why: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinePage:
    """One page of the quarantine."""

    total: int
    title: str
    lines: tuple[RefusedLine, ...]
    place: str
    previous: int | None
    following: int | None


def told_import(line: ImportRecord, zone: str) -> ImportLine:
    """One import, with what became of its rows."""
    lang = language()
    return ImportLine(
        url=f"/listen/{line.token}",
        file=line.file,
        when=instant(line.at.astimezone(ZoneInfo(zone)), lang),
        by=line.by,
        state=say(f"listen.state_{line.state}"),
        is_failed=line.state is ImportState.FAILED,
        told=told_counts(line),
    )


def told_counts(line: ImportRecord) -> str:
    """Read = kept + duplicates + quarantined, in words."""
    if line.error:
        return say("listen.interrupted") if line.error == "interrupted" else line.error
    if line.counts is None:
        return ""
    lang, counts = language(), line.counts
    return say(
        "listen.counts",
        read=number(counts.read, lang),
        kept=number(counts.kept, lang),
        duplicates=number(counts.duplicates, lang),
        quarantined=number(counts.quarantined, lang),
    )


def told_quarantine(home: Home, place: int) -> QuarantinePage:
    """The lines refused so far, in order of arrival."""
    lang, ledger = language(), home.desk.ledger
    total = ledger.quarantine_count
    place = min(place, max(-(-total // PER_PAGE), 1))  # beyond the end: the last page
    offset = (place - 1) * PER_PAGE
    found = ledger.quarantined(limit=PER_PAGE, offset=offset)
    last = min(offset + PER_PAGE, total)
    return QuarantinePage(
        total=total,
        title=say("listen.quarantine_title", count=total),
        lines=tuple(
            RefusedLine(
                file=one.file,
                line=number(one.line, lang) if one.line is not None else "",
                why=reason(
                    Refused(file=one.file, line=one.line, reason=one.reason, detail=one.detail),
                    lang,
                ),
                cells=told_cells(one.raw),
            )
            for one in found
        ),
        place=say("evidence.place", first=offset + 1, last=last, total=number(total, lang)),
        previous=place - 1 if place > 1 else None,
        following=place + 1 if last < total else None,
    )


def quarantine_rows(home: Home) -> list[Row]:
    """The quarantine as a table."""
    found = home.desk.ledger.quarantined(limit=EXPORT_AT_MOST)
    return [
        {
            "file": one.file,
            "line": one.line,
            "reason": one.reason,
            "detail": one.detail,
            "raw": one.raw,
        }
        for one in found
    ]
