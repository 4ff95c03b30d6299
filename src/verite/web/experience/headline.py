"""What a reader could repeat of experience and loyalty: whether those who lived badly stay less."""

from __future__ import annotations

from verite.sentences.of_experience import figure_told
from verite.web.language import language
from verite.web.wording import say
from verite.words.experience import Experience, Kept, Told, Topic

LEVEL = 0.05


def title_of(found: Experience) -> str:
    """Whether customers stay less after a bad experience, no more than the intervals bear."""
    kept = found.of(Topic.KEPT)
    pair = _pair(found)
    if pair is None or not isinstance(kept, Kept) or kept.test is None:
        return say("experience.title")
    good, bad = pair[0].estimate, pair[1].estimate
    if kept.test.p < LEVEL and (bad.high or 0.0) < (good.low or 0.0):
        return say("experience.title_apart")
    if kept.test.p < LEVEL and (bad.low or 0.0) > (good.high or 0.0):
        return say("experience.title_reversed")
    return say("experience.title_alike")


def lede_of(found: Experience) -> str:
    """The two shares with their intervals, then how the page is made."""
    lang, kept, pair = language(), found.of(Topic.KEPT), _pair(found)
    if pair is None or not isinstance(kept, Kept):
        return say("experience.lede")
    (good, good_range), (bad, bad_range) = (figure_told(kept, one, lang) for one in pair)
    told = say("experience.lede_kept", days=str(kept.days), bad=bad, bad_range=bad_range,
               good=good, good_range=good_range)  # fmt: skip
    return f"{told} {say('experience.lede')}"


def _pair(found: Experience) -> tuple[Told, Told] | None:
    """Those whose experience was good at the start, and those whose it was bad."""
    kept = found.of(Topic.KEPT)
    good, bad = kept.find("kept", "good"), kept.find("kept", "bad")
    return None if good is None or bad is None else (good, bad)
