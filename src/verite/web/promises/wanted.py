"""What the reader asks of promises: the filters, and which promise to look into."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest

from verite.home import Home
from verite.web.asked import Asked, Choice, read_asked
from verite.web.language import language
from verite.words.errors import WrongUse
from verite.words.promises import PromiseRecord

ADDRESS = "/promises"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The question of the page, its choices, and what its links keep."""

    asked: Asked
    records: tuple[PromiseRecord, ...]
    chosen: str  # the key of the promise looked into
    promises: tuple[Choice, ...]

    def query(self, key: str = "") -> str:
        """The filters and the promise as a query string."""
        return self.asked.query(promise=key or self.chosen)

    @property
    def dated(self) -> Asked:
        """The filters with their period said: the evidence page reads 28 days unless told."""
        return with_period(self.asked)

    @property
    def everything(self) -> str:
        """The same promise, over everything."""
        return f"{ADDRESS}?{urlencode({'period': 'all', 'promise': self.chosen})}"


def with_period(asked: Asked) -> Asked:
    """The same filters, their period among what links keep."""
    if {"period", "since", "until"} & {name for name, _ in asked.kept}:
        return asked
    return replace(asked, kept=(*asked.kept, ("period", asked.period)))


def read_wanted(request: HttpRequest, home: Home) -> Wanted | None:
    """The question in the URL; nothing when no promise is written.

    Read over everything unless told otherwise: 168 hours of a week need contacts.
    """
    records = home.promised()
    if not records:
        return None
    asked = read_asked(request, home, period="all")
    keys = [one.promise.key for one in records]
    chosen = request.GET.get("promise") or keys[0]
    if chosen not in keys:
        raise WrongUse("unknown_promise", fields={"key": chosen[:60]})
    lang = language()
    choices = tuple(
        Choice(
            value=one.promise.key,
            name=one.promise.name(lang),
            is_chosen=one.promise.key == chosen,
        )
        for one in records
    )
    return Wanted(asked=asked, records=records, chosen=chosen, promises=choices)
