"""Ink: classes for a page whose style sheet knows them, or resolved colours for a file.

`CLASSES` says what each class means in attributes; `verite.css` says the same, and a test keeps
the two in agreement.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Ink(StrEnum):
    """Where a picture will be seen: on a page, or on its own on light or dark paper."""

    PAGE = "page"
    LIGHT = "light"
    DARK = "dark"


SANS: Final = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', "
    "'Liberation Sans', 'DejaVu Sans', Arial, sans-serif"
)

TOKENS: Final[Mapping[str, tuple[str, str]]] = {
    "paper": ("#fbfaf8", "#14171a"),
    "surface": ("#ffffff", "#1b1f23"),
    "ink": ("#1c1e20", "#ecebe7"),
    "ink-2": ("#54585d", "#aaaeb2"),
    "line": ("#e4e1db", "#2e3338"),
    "line-2": ("#84888d", "#7c8288"),
    "accent": ("#0c6478", "#74c2d4"),
    "accent-soft": ("#dcebee", "#18363f"),
    "friction": ("#ac3f15", "#f39a73"),
    "friction-soft": ("#f8e6dc", "#43281c"),
    "flow": ("#c3ced2", "#3a4a51"),
    "band": ("#e9e7e1", "#272c31"),
}

# A value that starts with `--` is a token; the others are taken as they are.
SHAPES: Final[Mapping[str, Mapping[str, str]]] = {
    "axis": {"fill": "none", "stroke": "--line-2", "stroke-width": "1"},
    "grid": {"fill": "none", "stroke": "--line", "stroke-width": "1"},
    "dash": {
        "fill": "none", "stroke": "--line-2", "stroke-width": "1", "stroke-dasharray": "3 3",
    },
    "band": {"fill": "--band"},
    "paper": {"fill": "--paper"},
    "ink": {"fill": "--ink"},
    "ink2": {"fill": "--ink-2"},
    "lineg": {"fill": "--line"},
    "acc": {"fill": "--accent"},
    "fri": {"fill": "--friction"},
    "accs": {"fill": "--accent-soft"},
    "fris": {"fill": "--friction-soft"},
    "node": {"fill": "--ink"},
    "sink": {"fill": "--flow", "opacity": ".8"},
    "flow": {"fill": "none", "stroke": "--flow", "opacity": ".55"},
    "loopback": {
        "fill": "none", "stroke": "--friction", "stroke-width": "1.5", "stroke-dasharray": "4 3",
        "stroke-linejoin": "round",
    },
    "ln": {
        "fill": "none", "stroke": "--ink", "stroke-width": "1.5", "stroke-linejoin": "round",
        "stroke-linecap": "round",
    },
    "lna": {
        "fill": "none", "stroke": "--accent", "stroke-width": "2", "stroke-linejoin": "round",
        "stroke-linecap": "round",
    },
    "lnf": {
        "fill": "none", "stroke": "--friction", "stroke-width": "2", "stroke-linejoin": "round",
    },
    "ln2": {"fill": "none", "stroke": "--ink-2", "stroke-width": "1"},
    "hatch": {"fill": "none", "stroke": "--friction", "stroke-width": "1.5"},
    "cibar": {"fill": "none", "stroke": "--line-2", "stroke-width": "1"},
    "whisk": {"fill": "none", "stroke": "--line-2", "stroke-width": "1", "opacity": ".45"},
    "within": {"fill": "--line-2"},
    "tick": {"fill": "none", "stroke": "--ink", "stroke-width": "2"},
    "ring": {"fill": "none", "stroke": "--ink", "stroke-width": "1.25"},
    "hollow": {"fill": "--paper", "stroke": "--ink-2", "stroke-width": "1.5"},
    "few": {
        "fill": "none", "stroke": "--ink-2", "stroke-width": "1.5", "stroke-dasharray": "2 2",
    },
    "boxh": {
        "fill": "none", "stroke": "--line-2", "stroke-width": "1", "stroke-dasharray": "4 3",
    },
    "boxa": {"fill": "--accent-soft", "stroke": "--accent", "stroke-width": "1.25"},
    "boxf": {"fill": "--friction-soft", "stroke": "--friction", "stroke-width": "1.25"},
    "lnb": {"fill": "none", "stroke": "--line-2", "stroke-width": "1.25"},
    "heat1": {"fill": "--flow", "opacity": ".2"},
    "heat2": {"fill": "--flow", "opacity": ".4"},
    "heat3": {"fill": "--flow", "opacity": ".6"},
    "heat4": {"fill": "--flow", "opacity": ".8"},
    "heat5": {"fill": "--flow"},
}  # fmt: skip

TEXT: Final[Mapping[str, str]] = {"fill": "--ink", "font-size": "12.5"}
LETTERS: Final[Mapping[str, Mapping[str, str]]] = {
    "m": {"fill": "--ink-2"},
    "s": {"font-size": "12"},
    "l": {"font-size": "14"},
    "xl": {"font-size": "17", "font-weight": "600"},
    "b": {"font-weight": "600"},
    "e": {"text-anchor": "end"},
    "c": {"text-anchor": "middle"},
    "g": {"fill": "--accent"},
    "f": {"fill": "--friction"},
    "halo": {
        "paint-order": "stroke", "stroke": "--paper", "stroke-width": "3.5",
        "stroke-linejoin": "round",
    },
}  # fmt: skip


def shape_attributes(classes: str, ink: Ink) -> str:
    """The attributes of a shape of those classes, in that ink.

    >>> shape_attributes("band", Ink.PAGE), shape_attributes("band", Ink.DARK)
    (' class="band"', ' fill="#272c31"')
    """
    if ink is Ink.PAGE:
        return f' class="{classes}"'
    return _resolved([SHAPES[name] for name in classes.split()], ink)


def text_attributes(classes: str, ink: Ink) -> str:
    """The attributes of a text of those classes, in that ink.

    >>> text_attributes("m s", Ink.LIGHT)
    ' fill="#54585d" font-size="12"'
    """
    if ink is Ink.PAGE:
        return f' class="{classes}"' if classes else ""
    return _resolved([TEXT, *(LETTERS[name] for name in LETTERS if name in classes.split())], ink)


def colour(token: str, ink: Ink) -> str:
    """The colour of a token on that paper."""
    return TOKENS[token][ink is Ink.DARK]


def _resolved(rules: list[Mapping[str, str]], ink: Ink) -> str:
    merged: dict[str, str] = {}
    for rule in rules:
        merged.update(rule)
    return "".join(
        f' {name}="{colour(value[2:], ink) if value.startswith("--") else value}"'
        for name, value in merged.items()
    )
