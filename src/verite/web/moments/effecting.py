"""The effect of one moment by double machine learning: minutes of work, done behind the page."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from django.http import HttpRequest

from verite.home import Home
from verite.loop.moments.judging import judge
from verite.records.current import current_alias
from verite.web.lately import Lately, latest
from verite.words.double import DoubleEffect
from verite.words.moments import MomentsAsked

ASKED = "double"  # of the address: the reader wants it worked out
_steps: dict[tuple[str, Hashable], tuple[int, int]] = {}


def is_effect_asked(request: HttpRequest) -> bool:
    """Whether the reader wants it: it is long, and never begun unasked."""
    return request.GET.get(ASKED) == "1"


def latest_effect(home: Home, question: MomentsAsked, touchpoint: str) -> Lately[DoubleEffect]:
    """The effect of one touchpoint, with what the reader is ready to assume."""
    key = _key(question, touchpoint)
    place = (current_alias(), key)

    def note(done: int, total: int) -> None:
        _steps[place] = (done, total)

    def estimate() -> DoubleEffect:
        _steps.pop(place, None)
        plain = replace(question, assume=(), segment=None)
        return home.moment_effect(touchpoint, plain, progress=note).result

    found = latest(key, estimate)
    if found.answer is None:
        return found
    return replace(found, answer=judge(found.answer, question.assume))


def percent_done(question: MomentsAsked, touchpoint: str) -> int:
    """How far the work is, from 0 to 100."""
    done, total = _steps.get((current_alias(), _key(question, touchpoint)), (0, 1))
    return 100 * done // total


def _key(question: MomentsAsked, touchpoint: str) -> Hashable:
    return ("moment_effect", replace(question, assume=(), segment=None), touchpoint)
