"""The works council: its consultation recorded, withdrawn, asked for."""

from __future__ import annotations

from datetime import datetime

from verite.answer import Answer
from verite.home.door import Door
from verite.words.asked import About
from verite.words.council import Consulted, Council
from verite.words.member import Member


class CouncilDesk(Door):
    """Figures per agent are computed only while a recorded consultation is in force."""

    def council(self) -> Answer[Council]:
        """Every record of a consultation, newest first."""
        using = self.open_records()
        from verite.records.council.records import list_consultations

        version, people = self.versions
        about = About(asked="council", as_of=None, ledger_version=version, people_version=people)
        return self.told(Council(about=about, records=list_consultations(using=using)))

    def record_council(self, consulted: Consulted, *, by: Member, at: datetime) -> Answer[Council]:
        """Records that the council was consulted and staff informed: opens figures per agent."""
        using = self.open_records()
        from verite.records.council.actions import record_consultation

        record_consultation(using=using, by=by, consulted=consulted, at=at)
        return self.council()

    def withdraw_council(self, *, by: Member, at: datetime) -> Answer[Council]:
        """Withdraws the record in force: figures per agent close, and those kept are forgotten."""
        using = self.open_records()
        from verite.records.council.actions import withdraw_consultation

        withdraw_consultation(using=using, by=by, at=at)
        self.desk.forget()
        return self.council()
