"""Files to import whose every row has a known fate."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from pathlib import Path

HEAD = "message_id,identity,at,channel,touchpoint,kind"
FILES, ROWS = 2, 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Some files: their distinct ids, repeated rows, and rows that quarantine must take."""

    paths: tuple[Path, ...]
    ids: frozenset[str]
    repeats: int
    refused: int

    @property
    def rows(self) -> int:
        """How many rows they hold together."""
        return len(self.ids) + self.repeats + self.refused


def write_files(folder: Path, name: str, chance: random.Random) -> Files:
    """New rows, rows said twice, one id that says something else, and lines without a date."""
    paths, ids, repeats, refused = [], set(), 0, 0
    for number in range(FILES):
        tokens = [f"{name}f{number}n{row}" for row in range(ROWS)]
        again = chance.sample(tokens, chance.randrange(1, 20))
        bad = chance.randrange(1, 4)
        lines = [_line(token) for token in (*tokens, *again)]
        lines.append(_line(tokens[0]).replace(",web,", ",phone,"))
        lines += [f"{name}f{number}bad{row},user:1,never,web,site_home,visit" for row in range(bad)]
        path = folder / f"{name}-{number}.csv"
        path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
        paths.append(path)
        ids |= {id_of(token) for token in tokens}
        repeats, refused = repeats + len(again), refused + bad + 1
    return Files(paths=tuple(paths), ids=frozenset(ids), repeats=repeats, refused=refused)


def id_of(token: str) -> str:
    """The id that the ledger gives to a message id."""
    return hashlib.md5(token.encode(), usedforsecurity=False).hexdigest()


def _line(token: str) -> str:
    row = int(token.rpartition("n")[2])
    day, hour = f"2026-03-{1 + row % 28:02d}", f"{row % 24:02d}:00:00Z"
    return f"{token},user:{row % 40},{day}T{hour},web,site_home,visit"
