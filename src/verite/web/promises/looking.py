"""Promises take a moment on many contacts: they are judged behind the page."""

from __future__ import annotations

from verite.home import Home
from verite.web.lately import Lately, latest
from verite.words.asked import Filters
from verite.words.promises import PromiseRecord, Promises


def latest_promises(
    home: Home,
    records: tuple[PromiseRecord, ...],
    where: Filters,
    *,
    patience: float | None = None,
) -> Lately[Promises]:
    """How every promise is kept; judged anew once the data or the promises change."""
    question = ("promises", records, where)
    return latest(question, lambda: home.promises(where=where).result, patience=patience)
