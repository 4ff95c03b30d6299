"""An answer: a result with the rows, the sentence and the picture made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from verite.rows import Json, Row
    from verite.words.asked import About

R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Answer(Generic[R_co]):
    """What a home answers: `.result` is the frozen result itself."""

    result: R_co
    language: str = "fr"
    zone: str | None = None  # whose days its sentence and picture tell

    def rows(self) -> list[Row]:
        """Flat rows, one dictionary a line."""
        from verite.rows import table

        return table(self.result)

    def json(self, lang: str | None = None) -> dict[str, Json]:
        """The JSON document of the contract; its notes are told in words."""
        from verite.rows import document

        keys = document(self.result)
        if "notes" in keys:
            keys["notes"] = list(self.notes(lang))
        story = keys.get("story")
        if isinstance(story, dict):
            story["summary"] = self.sentence(lang)
        return keys

    def notes(self, lang: str | None = None) -> tuple[str, ...]:
        """What to know beside the figures: definitions, what was left out."""
        from verite.sentences import explain_note

        about: About | None = getattr(self.result, "about", None)
        told = about.notes if about is not None else ()
        return tuple(explain_note(note, lang or self.language) for note in told)

    def sentence(self, lang: str | None = None) -> str:
        """The result said in one sentence."""
        from verite.sentences import say

        return say(self.result, lang or self.language, self.zone)

    def picture(self, lang: str | None = None, *, dark: bool = False) -> str:
        """The result drawn as a standalone SVG."""
        from verite.pictures import Ink, draw
        from verite.sentences.zones import in_zone

        ink = Ink.DARK if dark else Ink.LIGHT
        return draw(in_zone(self.result, self.zone), lang=lang or self.language, ink=ink)

    def _repr_svg_(self) -> str:
        return self.picture()

    def __str__(self) -> str:
        return self.sentence()
