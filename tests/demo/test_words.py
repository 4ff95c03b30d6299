"""What customers write differs: hundreds of sentences, styles, feelings, two languages."""

from __future__ import annotations

from collections import Counter

import numpy as np

from verite.demo.verbatims import _as_text_message, _capitals, _with_slip
from verite.demo.vocabulary import code
from verite.demo.year import Year


def test_thousands_of_different_texts(year: Year) -> None:
    texts = Counter(year.words)
    assert len(year.words) > 8_000
    assert len(texts) > 0.55 * len(year.words)
    assert max(texts.values()) < 0.01 * len(year.words)


def test_no_text_keeps_an_unfilled_place_or_is_empty(year: Year) -> None:
    assert all(text.strip() for text in year.words)
    assert not [text for text in year.words if "{" in text or "}" in text]


def test_each_touchpoint_has_its_own_words(year: Year) -> None:
    lived = year.lived
    for touchpoint in ("phone_agent", "chat", "installation", "complaint", "network_transfer"):
        here = lived.whole("touchpoint") == code("touchpoint", touchpoint)
        places = lived.whole("text")[here]
        texts = {year.words[place] for place in places[places >= 0].tolist()}
        assert len(texts) > 60, touchpoint


def test_some_write_in_english(year: Year) -> None:
    language = year.lived.whole("language")
    english = (language == code("language", "en")).sum() / (language >= 0).sum()
    assert 0.01 < english < 0.06


def test_bad_scores_carry_bad_words(year: Year) -> None:
    lived = year.lived
    score, place = lived.real("score"), lived.whole("text")
    low = place[(place >= 0) & (score <= 1) & (lived.real("scale_max") == 5)]
    high = place[(place >= 0) & (score >= 5) & (lived.real("scale_max") == 5)]
    anger = ("inadmissible", "Nul", "jamais", "attente", "raccroché", "Plus jamais", "pas")
    rate = [
        np.mean([any(w in year.words[p] for w in anger) for p in places]) for places in (low, high)
    ]
    assert rate[0] > 1.5 * rate[1]


def test_a_text_message_is_short_and_bare() -> None:
    assert _as_text_message("J’ai toujours le problème avec vous.") == "g tjs le pb avc vs"


def test_a_slip_changes_one_or_two_letters() -> None:
    rng = np.random.default_rng(3)
    text = "Rien à redire."
    slipped = {_with_slip(rng, text) for _ in range(50)}
    assert len(slipped) > 10
    assert all(abs(len(other) - len(text)) <= 1 for other in slipped)


def test_sentences_begin_with_capitals() -> None:
    assert _capitals(["honteux.", "on m’a raccroché au nez.", "nul."]) == (
        "Honteux. On m’a raccroché au nez. Nul."
    )
