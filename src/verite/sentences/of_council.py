"""Sentences of the works council's consultation."""

from __future__ import annotations

from typing import Final

from verite.sentences.catalogue import Phrases
from verite.sentences.dates import day
from verite.words.council import Council

_said: Final = Phrases("council")


def say_council(council: Council, lang: str) -> str:
    """Whether figures per agent are open, since when and by whom."""
    held = council.in_force
    if held is not None:
        return _said("say.open", lang, {
            "consulted": day(held.consulted.consulted_on, lang),
            "informed": day(held.consulted.informed_on, lang), "by": held.by,
        })  # fmt: skip
    last = next(iter(council.records), None)
    if last is None or last.withdrawn_at is None:
        return _said("say.never", lang, {})
    fields = {"day": day(last.withdrawn_at.date(), lang), "by": last.withdrawn_by}
    return _said("say.withdrawn", lang, fields)
