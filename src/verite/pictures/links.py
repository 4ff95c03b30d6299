"""Where a mark leads: the interactions behind it, when the host has pages for them."""

from __future__ import annotations

from typing import Protocol

from verite.words.measured import Label


class Links(Protocol):
    """Addresses of the evidence; `None` where there is none to open."""

    def touchpoint(self, key: str) -> str | None:
        """The interactions at a touchpoint."""

    def passage(self, source: str, target: str) -> str | None:
        """The interactions that go from one touchpoint straight to another."""

    def row(self, metric: str, by: tuple[Label, ...]) -> str | None:
        """The interactions that a figure rests on."""

    def interaction(self, key: str) -> str | None:
        """One interaction, by its id."""


class NoLinks:
    """A picture on its own: marks lead nowhere."""

    def touchpoint(self, key: str) -> str | None:
        """Nothing to open."""
        return None

    def passage(self, source: str, target: str) -> str | None:
        """Nothing to open."""
        return None

    def row(self, metric: str, by: tuple[Label, ...]) -> str | None:
        """Nothing to open."""
        return None

    def interaction(self, key: str) -> str | None:
        """Nothing to open."""
        return None
