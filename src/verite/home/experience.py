"""Experience and loyalty, asked of a home."""

from __future__ import annotations

from verite.answer import Answer
from verite.home.door import Door
from verite.words.experience import Experience


class ExperienceDesk(Door):
    """What experience does to loyalty: eight questions, each with its interval and its rung."""

    def experience(self) -> Answer[Experience]:
        """Dissonance, customers kept, cost, making up, service apart, strengths, feeling
        appreciated, word of mouth; over everything known at the date of the home."""
        from verite.measure.experience import read_experience_settings

        settings = read_experience_settings(self.settings.experience)
        stages = self._stages()

        def compute() -> Experience:
            from verite.measure.experience import Reading, study_experience

            reading = Reading(
                study=self.desk.study(),
                about=self.desk.about("experience"),
                settings=settings,
                stages=dict(stages),
            )
            return study_experience(reading)

        return self.told(self.desk.answer(("experience", settings, stages), compute))

    def _stages(self) -> tuple[tuple[str, str], ...]:
        """The stage of each touchpoint on the active map; nothing without a map."""
        using = self.open_records()
        from verite.records.map.records import list_designs

        design = next(iter(list_designs(using=using)), None)
        return () if design is None else tuple((one.key, one.stage) for one in design.touchpoints)
