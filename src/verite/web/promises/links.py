"""Where the hours lead: what was kept or broken in them."""

from __future__ import annotations

from dataclasses import dataclass

from verite.web.asked import Asked
from verite.web.evidence.address import GROUP
from verite.web.evidence.links import PageLinks
from verite.web.promises.wanted import ADDRESS
from verite.words.measured import Label

PROMISED = "promise."


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLinks(PageLinks):
    """Links of the pictures of one promise, with the filters of the page."""

    key: str

    def row(self, metric: str, by: tuple[Label, ...]) -> str | None:
        """What was judged of the promise in a cell or a week."""
        days = {label.dimension: label.value for label in by}
        if "weekday" in days:
            return slot_url(self.asked, self.key, (days["weekday"], days["hour"]))
        return promise_url(self.asked, self.key, by)


def slot_url(asked: Asked, key: str, slot: tuple[str, str]) -> str:
    """A short address of an hour of a weekday: a page has 168 of them."""
    query = asked.query()
    return f"{ADDRESS}/{key}/{'-'.join(slot)}" + (f"?{query}" if query else "")


def promise_url(asked: Asked, key: str, by: tuple[Label, ...] = ()) -> str:
    """The interactions judged of a promise, in a cell: exactly as many as its n."""
    groups = {GROUP + label.dimension: label.value for label in by if label.dimension != "promise"}
    return f"/interactions?{asked.query(of=PROMISED + key, **groups)}"
