"""Where the squares lead: the very answers that were compared."""

from __future__ import annotations

from dataclasses import dataclass, replace

from verite.web.asked import Asked
from verite.web.evidence.address import GROUP
from verite.web.evidence.links import PageLinks
from verite.words.measured import Label

COMPARED = "identical."


@dataclass(frozen=True, slots=True, kw_only=True)
class SquareLinks(PageLinks):
    """Links of the identity map and of its tables, with the filters of the page."""

    def row(self, metric: str, by: tuple[Label, ...]) -> str | None:
        """The answers of a square, whose touchpoint goes by its name on the picture."""
        keyed = tuple(replace(label, value=self.names.key(label)) for label in by)
        return compared_url(self.asked, metric, keyed)


def compared_url(asked: Asked, metric: str, by: tuple[Label, ...]) -> str:
    """The answers behind a square or a value: exactly as many as its n."""
    groups = {GROUP + label.dimension: label.value for label in by}
    return f"/interactions?{asked.query(of=COMPARED + metric, **groups)}"
