"""The settings of a home, as written in its verite.toml."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from verite.words.errors import BadInput

LANGUAGES = ("fr", "en")
_TABLES = (
    "home", "records", "definitions", "effort", "story", "outgoing", "feeling", "moments",
    "experience", "values", "answers",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Name, zone and language of a home.

    `definitions` is the raw table that `measure` reads; `effort` and `story`, those of `unify`.
    """

    name: str = "Vérité"
    zone: str = "Europe/Paris"
    language: str = "fr"
    records_url: str | None = None
    definitions: Mapping[str, object] = field(default_factory=dict)
    effort: Mapping[str, object] = field(default_factory=dict)
    story: Mapping[str, object] = field(default_factory=dict)
    moments: Mapping[str, object] = field(default_factory=dict)
    experience: Mapping[str, object] = field(default_factory=dict)
    values: Mapping[str, object] = field(default_factory=dict)  # declared, that staff should know
    answers: Mapping[str, object] = field(default_factory=dict)
    refit_days: int = 30  # days after which the running feeling is fitted again; 0 = never
    outgoing_allow: tuple[str, ...] = ()  # private addresses that may be called: host or host:port
    country: str = ""  # whose phones are meant when they name none, as FR; the zone's if absent
    identities_at_most: int = 12  # of one person, before links wait for somebody to decide
    address: str = ""  # where people reach these pages: https://verite.example

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise BadInput("unknown_language", fields={"language": self.language})
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise BadInput("unknown_zone", fields={"zone": self.zone}) from error


def read_settings(text: str) -> Settings:
    """The settings in a verite.toml text.

    >>> read_settings('[home]\\nname = "Clairvoie"').name
    'Clairvoie'
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput("bad_settings", fields={"detail": error}) from error
    for name in _TABLES:
        if not isinstance(tables.get(name, {}), dict):
            raise BadInput("bad_settings", fields={"detail": f"[{name}]"})
    home = tables.get("home", {})
    records = tables.get("records", {})
    return Settings(
        name=str(home.get("name", "Vérité")),
        zone=str(home.get("zone", "Europe/Paris")),
        language=str(home.get("language", "fr")),
        records_url=records.get("url"),
        definitions=tables.get("definitions", {}),
        effort=tables.get("effort", {}),
        story=tables.get("story", {}),
        moments=tables.get("moments", {}),
        experience=tables.get("experience", {}),
        values=tables.get("values", {}),
        answers=tables.get("answers", {}),
        outgoing_allow=_texts(tables.get("outgoing", {}).get("allow", [])),
        country=_country(home.get("country", "")),
        identities_at_most=_at_least_two(tables.get("unify", {}).get("identities_at_most", 12)),
        address=str(home.get("address", "")).rstrip("/"),
        refit_days=_days(tables.get("feeling", {}).get("refit_days", 30)),
    )


def _days(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadInput("bad_settings", fields={"detail": "[feeling] refit_days"})
    return value


def _country(value: object) -> str:
    text = str(value).upper()
    if text and not (len(text) == 2 and text.isascii() and text.isalpha()):
        raise BadInput("bad_settings", fields={"detail": f"[home] country = {value}"})
    return text


def _at_least_two(value: object) -> int:
    if not isinstance(value, int) or value < 2:
        raise BadInput("bad_settings", fields={"detail": f"[unify] identities_at_most = {value}"})
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise BadInput("bad_settings", fields={"detail": "[outgoing] allow"})
    return tuple(value)


def write_settings(settings: Settings) -> str:
    """A verite.toml text with the settings every home starts with."""
    name = json.dumps(settings.name, ensure_ascii=False).replace("\x7f", "\\u007f")
    return (
        "# The settings of this home. docs/settings.md explains each of them.\n\n"
        f'[home]\nname = {name}\nzone = "{settings.zone}"\nlanguage = "{settings.language}"\n'
    )
