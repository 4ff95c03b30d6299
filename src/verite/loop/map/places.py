"""Where a key stands in the text of a designed map, so that an error can point at its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from verite.words.errors import BadInput

_HEAD = re.compile(r"^\s*\[\[?\s*([\w.]+)\s*\]\]?\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A table of the map: the whole (`part` empty), or the nth stage or touchpoint."""

    file: str
    text: str
    part: str = ""
    index: int = 0

    def inside(self, part: str, index: int) -> Place:
        """The nth table of an array."""
        return replace(self, part=part, index=index)

    def error(self, code: str, key: str, fields: Mapping[str, object] | None = None) -> BadInput:
        """An error about one key of this table; `place` is `file:line` when the line is known."""
        line = find_line(self.text, self.part, self.index, key)
        place = f"{self.file}:{line}" if line else self.file
        said = {"place": place, "key": key, "table": self.label, **(fields or {})}
        return BadInput(code, fields=said)

    @property
    def label(self) -> str:
        """`touchpoints 3`, counted from one; `map` for the whole.

        >>> Place(file="a.toml", text="", part="touchpoints", index=2).label
        'touchpoints 3'
        """
        return f"{self.part} {self.index + 1}" if self.part else "map"


def find_line(text: str, part: str, index: int, key: str) -> int | None:
    """The line (from 1) of a key in a table, else the line where that table starts, else None.

    >>> find_line('key = "a"\\n[[stages]]\\nkey = "s"\\n', "stages", 0, "key")
    3
    """
    here, seen = "", -1
    start: int | None = None if part else 1
    name = key.split(".")[0]
    for line, content in enumerate(text.split("\n"), start=1):
        if head := _HEAD.match(content):
            here = head[1].split(".")[0]
            opens = head[1] == part
            seen += opens
            if opens and seen == index:
                start = line
        elif here == part and (not part or seen == index) and _holds(content, name):
            return line
    return start


def _holds(content: str, key: str) -> bool:
    return re.match(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*[.=]", content) is not None
