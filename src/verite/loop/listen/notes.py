"""Notes of an import: codes with fields, written like errors; the catalogue has their sentences."""

from __future__ import annotations

from collections.abc import Mapping

from verite.loop.listen.normalise import Noted

OUTSIDER_SHARE = 0.05
OUTSIDERS_AT_LEAST = 5


def note(code: str, fields: Mapping[str, object] | None = None) -> str:
    """A note as text, in the form of an error.

    >>> note("note_made_ids", {"count": 3})
    'note_made_ids: count=3'
    """
    told = ", ".join(f"{name}={value}" for name, value in (fields or {}).items())
    return f"{code}: {told}" if told else code


def notes_of(noted: Noted, file: str) -> tuple[str, ...]:
    """What was counted along the way, worth telling."""
    counts = (
        ("note_anonymous", noted.anonymous),
        ("note_made_ids", noted.made_ids),
        ("note_hour_twice", noted.twice_an_hour),
        ("note_yielding_nothing", noted.yielding_nothing),
    )
    notes = [note(code, {"file": file, "count": count}) for code, count in counts if count]
    if noted.doubtful_dates:
        notes.append(note("note_day_first_assumed", {"file": file}))
    if noted.channels:
        named = " ".join(f"{name} ({count})" for name, count in noted.channels.most_common(10))
        notes.append(note("note_unknown_channels", {"file": file, "channels": named}))
    return (*notes, *_not_applicable(noted, file))


def _not_applicable(noted: Noted, file: str) -> list[str]:
    """A 0, or many equal scores, outside the scale: do they mean "not applicable"?"""
    return [
        note(
            "note_not_applicable",
            {"file": file, "metric": metric, "score": f"{score:g}", "count": count},
        )
        for (metric, score), count in sorted(noted.outsiders.items())
        if score == 0 or count >= max(OUTSIDERS_AT_LEAST, OUTSIDER_SHARE * noted.scores[metric])
    ]
