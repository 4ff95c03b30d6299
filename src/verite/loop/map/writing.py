"""Writing a designed map as TOML, the form that people edit and keep under version control."""

from __future__ import annotations

import re
from collections.abc import Iterable

from verite.words.journey import DesignedMap, Stage, Touchpoint, Translation

_BARE = re.compile(r"^[A-Za-z0-9_-]+$")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write_design(design: DesignedMap) -> str:
    """The TOML text of a map; reading it gives the same map back."""
    parts = [_head(design)]
    parts += [_stage(stage) for stage in design.stages]
    parts += [_touchpoint(touchpoint) for touchpoint in design.touchpoints]
    return "\n".join(parts)


def _head(design: DesignedMap) -> str:
    path = "".join(f"  {quote(step)},\n" for step in design.path)
    return (
        f"key = {quote(design.key)}\n"
        f"version = {design.version}\n"
        f"language = {quote(design.language)}\n"
        f"names = {_inline(design.names)}\n" + (f"path = [\n{path}]\n" if path else "path = []\n")
    )


def _stage(stage: Stage) -> str:
    return f"[[stages]]\nkey = {quote(stage.key)}\nnames = {_inline(stage.names)}\n"


def _touchpoint(touchpoint: Touchpoint) -> str:
    lines = [
        "[[touchpoints]]",
        f"key = {quote(touchpoint.key)}",
        f"stage = {quote(touchpoint.stage)}",
    ]
    lines.append(f"names = {_inline(touchpoint.names)}")
    axes = (("line", touchpoint.line), ("contact", touchpoint.contact))
    lines += [f"{name} = {quote(axis.value)}" for name, axis in axes if axis is not None]
    if touchpoint.channels:
        lines.append(f"channels = [{', '.join(map(quote, touchpoint.channels))}]")
    lines += _texts((("owner", touchpoint.owner), *_said(touchpoint)))
    if touchpoint.expected_feeling is not None:
        lines.append(f"expected_feeling = {float(touchpoint.expected_feeling)!r}")
    for translation in touchpoint.translations:
        head = f"[touchpoints.translations.{_key(translation.language)}]"
        lines += ["", head, *_texts(_said(translation))]
    return "\n".join(lines) + "\n"


def _said(spoken: Touchpoint | Translation) -> tuple[tuple[str, str | None], ...]:
    return (("need", spoken.need), ("frustration", spoken.frustration))


def _texts(pairs: Iterable[tuple[str, str | None]]) -> list[str]:
    return [f"{name} = {quote(text)}" for name, text in pairs if text is not None]


def _inline(names: tuple[tuple[str, str], ...]) -> str:
    return "{ " + ", ".join(f"{_key(lang)} = {quote(name)}" for lang, name in names) + " }"


def _key(key: str) -> str:
    return key if _BARE.match(key) else quote(key)


def quote(text: str) -> str:
    r"""A TOML basic string.

    >>> quote('say "yes"')
    '"say \\"yes\\""'
    """
    return '"' + "".join(_escape(c) for c in text) + '"'


def _escape(c: str) -> str:
    if c in _ESCAPES:
        return _ESCAPES[c]
    return f"\\u{ord(c):04X}" if ord(c) < 0x20 or ord(c) == 0x7F else c
