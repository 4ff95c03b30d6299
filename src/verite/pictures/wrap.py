"""Names broken into a few short lines, with hyphens where a word is too long."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    rest = lines[room.lines - 1]
    for line in lines[room.lines :]:
        rest = rest.removesuffix("-") + line if rest.endswith("-") else f"{rest} {line}"
    return (*lines[: room.lines - 1], _cut(rest, room))


def shorten(text: str, room: Room) -> str:
    """The start of a text that fits on one line, with an ellipsis when something is cut."""
    return text if room.holds(text) else _cut(text, room)


def _cut(text: str, room: Room) -> str:
    while text and not room.holds(text + "…"):
        text = text[:-1]
    return text.rstrip(" -") + "…"


def _append(lines: list[str], word: str, room: Room) -> None:
    """Put a word on the last line, else on a new one, else cut it."""
    if lines and room.holds(f"{lines[-1]} {word}"):
        lines[-1] = f"{lines[-1]} {word}"
        return
    if lines and not room.holds(word):
        word = _start_on_last(lines, word, room)
    while not room.holds(word):
        cut = _break_at(word, room)
        lines.append(word[:cut] if word[cut - 1] == "-" else word[:cut] + "-")
        word = word[cut:]
        if not word:
            return
    lines.append(word)


def _start_on_last(lines: list[str], word: str, room: Room) -> str:
    """A word too long for a line starts on the last one, if a syllable or two fit there."""
    taken = width(lines[-1] + " ", room.size, bold=room.bold)
    left = replace(room, width=room.width - taken)
    if not left.holds(word[:4] + "-"):
        return word
    cut = _break_at(word, left)
    if not left.holds(word[:cut] + "-") or not _between_syllables(word, cut):
        return word
    lines[-1] = f"{lines[-1]} {word[:cut]}-"
    return word[cut:]


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
    if not 2 < cut < len(word) - 1:
        return False
    before, at, after = word[cut - 1], word[cut], word[cut + 1]
    if before == at and at not in _VOWELS:
        return True
    opens = after in _VOWELS or at + after in _TOGETHER
    return before in _VOWELS and at not in _VOWELS and at.isalpha() and opens
