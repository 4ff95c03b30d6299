"""One true sentence per result."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from verite.sentences import say
from verite.words.asked import About, Window
from verite.words.errors import WrongUse
from verite.words.estimate import Better, Unit
from verite.words.heard import Heard, HomeStatus
from verite.words.journey import (
    Conformance,
    DesignedMap,
    JourneyPicture,
    LivedMap,
    Stage,
    StageFeeling,
)
from verite.words.measured import (
    Change,
    Changes,
    Label,
    Measured,
    MeasuredRow,
    Signal,
    TargetRow,
    Targets,
    TargetStatus,
    Trend,
    TrendPoint,
)

PHONE, STORE, KIOSK = (Label(dimension="channel", value=v) for v in ("phone", "store", "kiosk"))


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def by_channel(about, *pairs):
    rows = tuple(MeasuredRow(metric="nps", by=(label,), estimate=e) for label, e in pairs)
    return Measured(about=about, rows=rows)


def test_one_figure_says_what_how_much_how_many_and_when(estimate, about):
    measured = Measured(
        about=about, rows=(MeasuredRow(metric="nps", by=(), estimate=estimate(21, 3)),)
    )
    assert plain(say(measured, "fr")) == (
        "NPS : 21, entre 18 et 24, sur 1 284 réponses, 26 oct. – 22 nov. 2026."
    )


def test_groups_that_stand_apart_are_named(estimate, about):
    said = plain(say(by_channel(about, (PHONE, estimate(-12, 3)), (STORE, estimate(34, 4))), "en"))
    assert said.startswith("NPS by channel: from −12 for “Phone” (between −15 and −9) to 34")


def test_groups_that_overlap_are_not_ranked(estimate, about):
    said = say(by_channel(about, (PHONE, estimate(20, 5)), (STORE, estimate(24, 5))), "en")
    assert "overlap" in said
    assert "Store" not in said


def test_groups_with_few_answers_are_counted_not_ranked(estimate, about):
    said = say(
        by_channel(
            about,
            (PHONE, estimate(-12, 3)),
            (STORE, estimate(34, 4)),
            (KIOSK, estimate(90, 9, n=9)),
        ),
        "fr",
    )
    assert "Borne" not in said
    assert "Non classés" in said


def change(estimate, value, half, *, told_apart):
    return Change(
        metric="nps", by=(), before=estimate(20, 3), after=estimate(20 + value, 3),
        difference=estimate(value, half), told_apart=told_apart,
    )  # fmt: skip


def test_a_change_whose_interval_holds_zero_is_never_announced(estimate, about):
    changes = Changes(about=about, rows=(change(estimate, -4, 5, told_apart=True),))
    assert "Rien de ce qui a été comparé" in say(changes, "fr")


def test_a_change_told_apart_is_said_with_its_interval(estimate, about):
    rows = (change(estimate, -4, 3, told_apart=True), change(estimate, 1, 3, told_apart=False))
    said = plain(say(Changes(about=about, rows=rows), "fr"))
    assert said.startswith("NPS −4 (entre −7 et −1), 26 oct.")
    assert said.endswith("sur 2 mesures.")


def trend(estimate, about, signal):
    start = datetime(2026, 8, 3, tzinfo=UTC)
    points = tuple(
        TrendPoint(
            start=start + timedelta(weeks=i), end=start + timedelta(weeks=i + 1),
            estimate=estimate(20, 3), signal=signal if i == 2 else Signal.INSIDE,
        )
        for i in range(4)
    )  # fmt: skip
    return Trend(
        about=about, metric="nps", unit=Unit.NPS, better=Better.HIGHER, points=points, mean=20,
        lower=15, upper=25, baseline_points=4,
    )  # fmt: skip


def test_ordinary_variation_is_said_to_be_ordinary(estimate, about):
    assert "variation ordinaire" in say(trend(estimate, about, Signal.INSIDE), "fr")


def test_the_first_period_outside_the_limits_is_dated(estimate, about):
    said = plain(say(trend(estimate, about, Signal.BELOW), "fr"))
    assert said.endswith("sous la limite à la période du 17 août 2026.")


def test_targets_are_counted_by_where_they_stand(estimate, about):
    rows = tuple(
        TargetRow(
            touchpoint=None, metric="nps", now=estimate(21, 3), target=30, gap=-9,
            better=Better.HIGHER, trend=None, status=status,
        )
        for status in (TargetStatus.MISSED, TargetStatus.MISSED, TargetStatus.UNDECIDED)
    )  # fmt: skip
    said = plain(say(Targets(about=about, rows=rows), "fr"))
    assert said.startswith("Sur 3 objectifs : 2 manqués et 1 indécis")


def journey(about, estimate, *feelings):
    design = DesignedMap(
        key="d", names=(("fr", "Achat"), ("en", "Purchase")), touchpoints=(), path=(),
        stages=tuple(
            Stage(key=f"s{i}", names=(("fr", f"Étape {i}"),)) for i in range(len(feelings))
        ),
    )  # fmt: skip
    lived = LivedMap(
        about=about, case="person", interactions=10, cases=4, people=4, nodes=(), edges=(),
        variants=(), variant_count=0, switches=(), orphans=(),
    )  # fmt: skip
    return JourneyPicture(
        about=about, design=design, lived=lived,
        feelings=tuple(
            StageFeeling(stage=f"s{i}", people=9, feeling=estimate(v, 0.06, Unit.FEELING))
            for i, v in enumerate(feelings)
        ),
    )  # fmt: skip


def test_the_worst_and_the_best_stage_are_named_when_they_stand_apart(about, estimate):
    said = plain(say(journey(about, estimate, 0.31, -0.38), "fr"))
    assert said.startswith("Le ressenti est au plus bas à l’étape « Étape 1 » (−0,38, entre −0,44")


def test_stages_that_overlap_are_not_opposed(about, estimate):
    assert "ne se distingue pas" in say(journey(about, estimate, 0.31, 0.28), "fr")


def test_no_journey_is_said_to_be_none(about, estimate):
    conformance = Conformance(
        about=about, design=journey(about, estimate, 0.1).design, cases=0, fitness=None,
        fitting_cases=0, deviations=(),
    )  # fmt: skip
    assert "“Purchase”" in say(conformance, "en")


def test_every_line_read_is_accounted_for(about):
    heard = Heard(
        about=about, read=1000, kept=990, duplicates=1, quarantined=9, sources=(), quarantine=()
    )
    assert plain(say(heard, "fr")) == (
        "1 000 lignes lues : 990 gardées, 1 doublon, 9 en quarantaine."
    )


def test_an_empty_home_says_the_first_step(about):
    status = HomeStatus(
        about=about, interactions=0, people=0, identities=0, period_from=None, period_to=None,
        channels=(), touchpoints=(), quarantined=0, inbox=0,
    )  # fmt: skip
    assert "verite listen" in say(status, "en")


def test_what_is_no_result_has_no_sentence():
    with pytest.raises(WrongUse):
        say(42, "fr")


def test_days_are_those_of_the_home():
    window = Window(
        start=datetime(2025, 10, 31, 23, tzinfo=UTC), end=datetime(2026, 10, 31, 23, tzinfo=UTC)
    )
    nothing = Measured(about=About(asked="", as_of=None, ledger_version=0, window=window), rows=())
    assert "31\xa0oct. 2025 – 31\xa0oct. 2026" in say(nothing, "fr")
    assert "1er\xa0nov. 2025 – 31\xa0oct. 2026" in say(nothing, "fr", "Europe/Paris")


def test_every_kind_of_result_that_is_said_stands_where_it_is_looked_for() -> None:
    from importlib import import_module

    from verite.sentences.say import SAYERS

    for kind, sayer in SAYERS.items():
        module, name = kind.split(".")
        assert getattr(import_module(f"verite.words.{module}"), name).__module__.endswith(module)
        place, function = sayer.split(".")
        assert callable(getattr(import_module(f"verite.sentences.{place}"), function))


def test_a_narrower_kind_is_said_as_what_it_is() -> None:
    from verite.words.experience import Kept

    said = say(Kept(about=About(asked="", as_of=None, ledger_version=0), reason="no_losses"), "en")
    assert said
