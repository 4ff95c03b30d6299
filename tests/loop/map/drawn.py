"""Any designed map that can be written."""

from __future__ import annotations

from hypothesis import strategies as st

from verite.words.journey import Contact, DesignedMap, Line, Stage, Touchpoint, Translation

SMALL = """key = "shop"
path = ["desk"]

[[stages]]
key = "buy"

[[touchpoints]]
key = "desk"
stage = "buy"
line = "offline"
"""
KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
TEXTS = st.none() | KEYS
NAMES = st.dictionaries(st.sampled_from(["fr", "en", "pt-BR", "a b"]), KEYS, min_size=1)


@st.composite
def designs(draw) -> DesignedMap:
    """Any map that can be written."""
    stages = draw(st.lists(KEYS, min_size=1, max_size=3, unique=True))
    keys = draw(st.lists(KEYS, min_size=1, max_size=5, unique=True))
    said = st.builds(
        Translation, language=st.sampled_from(["en", "de"]), need=TEXTS, frustration=TEXTS
    )
    drawn = [
        Touchpoint(
            key=key,
            stage=draw(st.sampled_from(stages)),
            names=tuple(draw(NAMES).items()),
            line=draw(st.none() | st.sampled_from(Line)),
            contact=draw(st.none() | st.sampled_from(Contact)),
            channels=tuple(draw(st.lists(KEYS, max_size=2))),
            owner=draw(TEXTS),
            need=draw(TEXTS),
            frustration=draw(TEXTS),
            expected_feeling=draw(st.none() | st.floats(-1, 1)),
            translations=tuple(
                draw(st.lists(said, max_size=2, unique_by=lambda found: found.language))
            ),
        )
        for key in keys
    ]
    return DesignedMap(
        key=draw(KEYS),
        names=tuple(draw(NAMES).items()),
        stages=tuple(Stage(key=key, names=tuple(draw(NAMES).items())) for key in stages),
        touchpoints=tuple(drawn),
        path=tuple(draw(st.lists(st.sampled_from(keys), max_size=6))),
        version=draw(st.integers(1, 99)),
        language=draw(st.sampled_from(["fr", "en"])),
    )
