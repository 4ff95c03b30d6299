"""Every error has a sentence, and says it whole: no `?` where a field was not given."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

from verite.sentences.catalogue import catalogue

SOURCE = Path(__file__).parents[2] / "src" / "verite"
ERRORS = frozenset({"BadInput", "WrongUse", "HomeError", "SourceError", "VeriteError"})


def _keys(given: ast.expr | None) -> set[str] | None:
    """The names of literal fields; `None` when they cannot be told from the source."""
    if given is None:
        return set()
    if not isinstance(given, ast.Dict):
        return None
    keys = [key.value for key in given.keys if isinstance(key, ast.Constant)]
    return {str(key) for key in keys} if len(keys) == len(given.keys) else None


def _raised() -> Iterator[tuple[str, str, set[str]]]:
    """Where, code and field names of each error made with a literal code and fields."""
    for file in sorted(SOURCE.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
                continue
            if call.func.id not in ERRORS or not call.args:
                continue
            code = call.args[0]
            if not (isinstance(code, ast.Constant) and isinstance(code.value, str)):
                continue
            fields = next((one.value for one in call.keywords if one.arg == "fields"), None)
            keys = _keys(fields)
            if keys is not None:
                yield f"{file.relative_to(SOURCE)}:{call.lineno}", code.value, keys


def test_every_code_raised_has_a_sentence() -> None:
    known = catalogue("errors")
    assert sorted({f"{where} {code}" for where, code, _ in _raised() if code not in known}) == []


def test_every_field_of_a_sentence_is_given_where_it_is_raised() -> None:
    known = catalogue("errors")
    missing = []
    for where, code, given in _raised():
        for lang, text in known.get(code, {}).items():
            wanted = {name for _, name, _, _ in string.Formatter().parse(text) if name}
            if wanted - given:
                missing.append(f"{where} {code} ({lang}): {sorted(wanted - given)}")
    assert missing == []
