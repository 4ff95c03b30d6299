"""The bad lines: a partner's export ends with lines that no careful reader may accept."""

from __future__ import annotations

from typing import Final

from verite.demo.planted import PLANTED

BAD_SOURCE: Final = "reviews"
_GOOD: Final = {
    "identity": "social:@export",
    "at": "2026-05-11T09:30:00Z",
    "channel": "review",
    "touchpoint": "online_reviews",
    "kind": "feedback",
    "metric": "overall",
    "score": "2",
    "scale_min": "1",
    "scale_max": "5",
    "polarity": "good_high",
    "text": "Ligne de l’export du partenaire",
    "language": "fr",
}
# Fault and how many lines have it; they add up to `PLANTED.bad_lines`.
FAULTS: Final[tuple[tuple[dict[str, str], int], ...]] = (
    ({"score": "7"}, 12),  # outside its scale
    ({"at": "31/02/2026 25:61"}, 10),  # no such day, no such hour
    ({"polarity": "up"}, 8),  # good or bad, nobody can tell
    ({"scale_min": "", "scale_max": ""}, 7),  # a score without scale
)


def bad_lines(columns: tuple[str, ...]) -> list[str]:
    """CSV lines for the given columns, each with one fault.

    >>> len(bad_lines(("message_id", "at", "score")))
    37
    """
    lines: list[str] = []
    for fault, times in FAULTS:
        for _ in range(times):
            number = len(lines) + 1
            cells = {**_GOOD, "message_id": f"partner-{number:03d}", **fault}
            lines.append(",".join(cells.get(name, "") for name in columns) + "\n")
    assert len(lines) == PLANTED.bad_lines
    return lines
