"""Names broken into a few short lines, with hyphens where a word is too long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from verite.pictures.widths import width

_TOGETHER: Final = frozenset(
    {"bl", "br", "ch", "cl", "cr", "dr", "fl", "fr", "gl", "gn", "gr", "ph", "pl", "pr", "th", "tr"}
)
_VOWELS: Final = frozenset("aeiouyàâäéèêëîïôöùûüœAEIOUYÉÈÊÀ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The room given to a name: its width in pixels, its lines, its type."""

    width: float
    lines: int = 3
    size: float = 12.0
    bold: bool = True

    def holds(self, text: str) -> bool:
        """Whether a text fits on one line."""
        return width(text, self.size, bold=self.bold) <= self.width


def wrap(name: str, room: Room) -> tuple[str, ...]:
    """The name in lines that fit the room; what is over ends in an ellipsis.

    >>> wrap("Conseiller au téléphone", Room(width=90))
    ('Conseiller au', 'téléphone')
    >>> wrap("Renouvellement", Room(width=90))
    ('Renouvelle-', 'ment')
    """
    lines: list[str] = []
    for word in name.split(" "):
        _append(lines, word, room)
    if len(lines) <= room.lines:
        return tuple(lines)
    kept = lines[: room.lines]
    joint = "" if kept[-1].endswith("-") else " "
    kept[-1] = shorten(kept[-1].removesuffix("-") + joint + lines[room.lines], room)
    return tuple(kept)


def shorten(text: str, room: Room) -> str:
    """The start of a text that fits on one line, with an ellipsis when something is cut."""
    if room.holds(text):
        return text
    while text and not room.holds(text + "…"):
        text = text[:-1]
    return text.rstrip(" -") + "…"


def _append(lines: list[str], word: str, room: Room) -> None:
    """Put a word on the last line, else on a new one, else cut it."""
    if lines and room.holds(f"{lines[-1]} {word}"):
        lines[-1] = f"{lines[-1]} {word}"
        return
    while not room.holds(word):
        cut = _break_at(word, room)
        lines.append(word[:cut] if word[cut - 1] == "-" else word[:cut] + "-")
        word = word[cut:]
        if not word:
            return
    lines.append(word)


def _break_at(word: str, room: Room) -> int:
    """Where to cut: after an own hyphen, else between two syllables, else anywhere."""
    longest = max((i for i in range(1, len(word)) if room.holds(word[:i] + "-")), default=1)
    own = word.rfind("-", 1, longest + 1)
    if own > 1:
        return own + 1
    for cut in range(longest, 2, -1):
        if len(word) - cut >= 3 and _between_syllables(word, cut):
            return cut
    return longest


def _between_syllables(word: str, cut: int) -> bool:
    before, at, after = word[cut - 1], word[cut], word[cut + 1]
    if before == at and at not in _VOWELS:
        return True
    opens = after in _VOWELS or at + after in _TOGETHER
    return before in _VOWELS and at not in _VOWELS and at.isalpha() and opens
