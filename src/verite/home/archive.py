"""Everything held about a person as one ZIP that they can open and read."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from typing import Final

from verite.rows import Row, columns_of, document, write_csv
from verite.sentences.dates import day
from verite.sentences.headings import column_name
from verite.sentences.of_rights import rights_phrase
from verite.words.rights import Held

_LANGUAGES: Final = ("fr", "en")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP knows
_MARK: Final = "\ufeff"  # tells Excel that the accents are UTF-8


def write_archive(held: Held, *, lang: str) -> bytes:
    """A ZIP: one CSV per kind of thing in the language asked, all as JSON, read-me in both."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for spoken in _LANGUAGES:
            _add(archive, _name("readme", spoken), _readme(held, spoken))
        for kind, rows in _tables(held):
            _add(archive, _name(kind, lang), _MARK + write_csv(_headed(rows, lang), lang=lang))
        _add(archive, _name("everything", lang), write_json(held))
    return out.getvalue()


def write_json(held: Held) -> str:
    """All of it as one JSON document."""
    return json.dumps(document(held), ensure_ascii=False, indent=2) + "\n"


def _tables(held: Held) -> Iterable[tuple[str, Sequence[Row]]]:
    found = document(held)
    yield "interactions", [dict(cells) for cells in held.interactions]
    yield "identities", [{"identity": one} for one in held.identities]
    yield "derived", [{"name": name, "value": cell} for name, cell in held.derived]
    for kind in ("links", "quarantine", "records"):
        rows = found[kind]
        yield kind, [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _headed(rows: Sequence[Row], lang: str) -> list[Row]:
    names = {
        name: column_name(name.replace("segment_", "segment."), lang) for name in columns_of(rows)
    }
    if len(set(names.values())) < len(names):  # two columns of one name would become one
        return list(rows)
    return [{names[name]: cell for name, cell in row.items()} for row in rows]


def _readme(held: Held, lang: str) -> str:
    fields = {"organisation": held.organisation, "day": day(held.at.date(), lang)}
    return rights_phrase("archive.readme", lang, fields).strip() + "\n"


def _name(kind: str, lang: str) -> str:
    return rights_phrase(f"archive.name.{kind}", lang)


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    """The date inside is no date: the read-me tells it, and the same data make the same file."""
    entry = zipfile.ZipInfo(name, date_time=_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text)
