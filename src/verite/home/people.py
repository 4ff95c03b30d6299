"""People: identities joined, reviewed, joined no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verite.home.door import Door

if TYPE_CHECKING:
    from verite.answer import Answer
    from verite.words.people import Unified


class People(Door):
    """Who is who."""

    def unify(self) -> Answer[Unified]:
        """People from identities: how many, joined by what, and what waits for a decision."""
        from verite.home.unified import read_unified

        return self.told(read_unified(self.desk))
