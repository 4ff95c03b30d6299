"""Which kind of source a file is, by what it holds, then by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verite.loop.listen.files import Source, open_bytes
from verite.loop.listen.sheet import Reader, Writing
from verite.words.errors import BadInput

if TYPE_CHECKING:
    from verite.loop.listen.request import Request

HEAD = 8192
BY_SUFFIX = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".txt": "csv",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet",
    ".xlsx": "excel", ".xls": "excel", ".xlsb": "excel", ".ods": "excel", ".xlsm": "excel",
    ".xes": "xes", ".jsonocel": "ocel",
}  # fmt: skip
GENESYS = b"v2.detail.events.conversation"
OLE = b"\xd0\xcf\x11\xe0"


def find_kind(source: Source) -> str:
    """The kind of a file."""
    with open_bytes(source) as stream:
        head = stream.read(HEAD)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((OLE, b"PK\x03\x04")):
        return "excel"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"<") and b"<log" in head:
        return "xes"
    if text.startswith((b"{", b"[")) and GENESYS in head:
        return "genesys"
    if text.startswith(b"{"):
        return _kind_of_json(source, text)
    return BY_SUFFIX.get(source.inner_suffix, "csv")


def _kind_of_json(source: Source, text: bytes) -> str:
    if source.inner_suffix in {".jsonl", ".ndjson"}:
        return "jsonl"
    named = any(name in text for name in (b'"objectTypes"', b'"eventTypes"', b'"ocel:'))
    return "ocel" if named or source.inner_suffix in {".jsonocel", ".json"} else "jsonl"


def open_reader(source: Source, request: Request, told: Writing) -> tuple[str, Reader]:
    """The reader of a file, and the kind it was taken for."""
    kind = request.kind or find_kind(source)
    try:
        return kind, _reader(kind, source, told)
    except RecursionError as error:
        raise BadInput("file_too_deep", fields={"file": source.name}) from error


def _reader(kind: str, source: Source, told: Writing) -> Reader:
    if kind == "jsonl":
        from verite.loop.listen.sources.jsonl.reader import JsonlReader

        return JsonlReader(source, told)
    if kind == "parquet":
        from verite.loop.listen.sources.parquet.reader import ParquetReader

        return ParquetReader(source, told)
    if kind == "excel":
        from verite.loop.listen.sources.excel.reader import ExcelReader

        return ExcelReader(source, told)
    if kind == "xes":
        from verite.loop.listen.sources.xes.reader import XesReader

        return XesReader(source, told)
    if kind in {"calls", "genesys"}:
        return _calls_reader(kind, source, told)
    if kind == "ocel":
        from verite.loop.listen.sources.ocel.reader import OcelReader

        return OcelReader(source, told)
    from verite.loop.listen.sources.table.reader import TableReader

    return TableReader(source, told)


def _calls_reader(kind: str, source: Source, told: Writing) -> Reader:
    if kind == "calls":
        from verite.loop.listen.sources.calls.reader import CallsReader

        return CallsReader(source, told)
    from verite.loop.listen.sources.genesys.reader import GenesysReader

    return GenesysReader(source, told)
