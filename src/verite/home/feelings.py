"""The running feeling: fitted, validated, asked for one customer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from verite.answer import Answer
from verite.home.desk import START_OF_TIME
from verite.home.door import Door
from verite.words.errors import VeriteError, WrongUse
from verite.words.feeling import FeelingAsked, FeelingCard
from verite.words.member import Member

if TYPE_CHECKING:
    from verite.measure import Definitions
    from verite.words.customer import FeelingNow
    from verite.words.feeling import FeelingModel

_MICROSECOND: Final = timedelta(microseconds=1)
Progress = Callable[[int, int], None]
LOSSES: Final = FeelingAsked()


class Feelings(Door):
    """What all contacts so far have left."""

    def feeling_of(self, person_key: int) -> FeelingNow:
        """The running feeling of one person, by the key of the person or of one identity."""
        from verite.measure.feeling.now import run_of
        from verite.measure.feeling.scoring import feeling_now

        model = self._model_in_use()

        def feel() -> FeelingNow:
            place, definitions = self._place_of(person_key), self._definitions()
            run = run_of(
                self.desk.timeline, definitions, place, self._now(), is_past=self.desk.is_dated
            )
            return feeling_now(run, definitions, model)

        return self.desk.recovering(feel)

    def feeling(self) -> Answer[FeelingCard]:
        """The card of the model in use."""
        using = self.open_records()
        from verite.measure.feeling.writing import read_model
        from verite.records.measure.fits import fit_in_use, latest_fit

        about = self.desk.about("feeling")
        fit, latest = fit_in_use(using=using), latest_fit(using=using)
        if fit is None:
            reason = latest.error if latest is not None else ""
            return self.told(FeelingCard(about=about, model=None, reason=reason))
        model = read_model(fit.model)
        card = FeelingCard(
            about=about, model=model, fitted_at=fit.ended_at, fitted_by=fit.by, reason=model.reason
        )
        return self.told(card)

    def fit_feeling(
        self,
        asked: FeelingAsked = LOSSES,
        *,
        by: Member,
        at: datetime,
        progress: Progress | None = None,
    ) -> Answer[FeelingCard]:
        """Fits the model again and puts it in use; who and when are kept in the audit."""
        using = self.open_records()
        from verite.measure.feeling.writing import write_model
        from verite.records.measure.fits import Written
        from verite.records.measure.fitting import drop_fit, freeze_fit, start_fit, tell_fit

        fit = start_fit(using=using, by=by, asked=asked, at=at)

        def tell(done: int, total: int) -> None:
            tell_fit(using=using, number=fit.number, done=done, total=total)
            if progress is not None:
                progress(done, total)

        try:
            model = self.desk.recovering(lambda: self._fit(asked, tell))
        except VeriteError as error:
            drop_fit(using=using, by=by, number=fit.number, error=str(error), at=at)
            raise
        except BaseException:
            drop_fit(using=using, by=by, number=fit.number, error="broken", at=at)
            raise
        written = Written(version=model.version, text=write_model(model))
        freeze_fit(using=using, by=by, number=fit.number, model=written, at=at)
        return self.feeling()

    def _fit(self, asked: FeelingAsked, tell: Progress) -> FeelingModel:
        from verite.measure.feeling.fitting import fit_feeling

        return fit_feeling(self.desk.timeline, self._definitions(), asked, self._now(), tell)

    def _model_in_use(self) -> FeelingModel | None:
        """Read once per version of the model."""
        using = self.open_records()
        from verite.measure.feeling.writing import read_model
        from verite.records.measure.fits import fit_in_use, version_in_use

        def read() -> FeelingModel | None:
            fit = fit_in_use(using=using)
            return None if fit is None else read_model(fit.model)

        return self.desk.answer(("feeling_model", version_in_use(using=using)), read)

    def _definitions(self) -> Definitions:
        from verite.measure import read_definitions

        return read_definitions(self.settings.definitions)

    def _place_of(self, person_key: int) -> int:
        """The place of the person in the timeline; a merged identity leads to its person."""
        persons = self.desk.timeline.persons
        place = int(persons.searchsorted(person_key))
        if place < len(persons) and int(persons[place]) == person_key:
            return place
        identities, owners = self.desk.ledger.people()
        found = int(identities.searchsorted(person_key))
        if found < len(identities) and int(identities[found]) == person_key:
            place = int(persons.searchsorted(owners[found]))
            if place < len(persons) and persons[place] == owners[found]:
                return place
        raise WrongUse("unknown_person", fields={"person": person_key})

    def _now(self) -> int:
        return ((self.as_of or START_OF_TIME) - START_OF_TIME) // _MICROSECOND
