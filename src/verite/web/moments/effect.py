"""The effect of one moment as the page prints it: figures, proofs, why it is not called more."""

from __future__ import annotations

from dataclasses import dataclass

from verite.sentences import explain
from verite.sentences.moments_drawn import outcome_name
from verite.sentences.numbers import number, share
from verite.sentences.of_double import double_words, known_name, say_withheld
from verite.sentences.telling import listed
from verite.web.language import language
from verite.web.lately import Lately
from verite.web.moments.figures import Figure
from verite.web.moments.signs import Proof, told_proof, told_range
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.double import DoubleEffect
from verite.words.errors import VeriteError


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectPart:
    """The part of the page: nothing asked yet, under way, refused, or found."""

    is_asked: bool = False
    is_under_way: bool = False
    percent: int = 0
    refused: str = ""
    is_older: bool = False
    figures: tuple[Figure, ...] = ()
    proof: Proof | None = None
    withheld: str = ""
    held: str = ""


def told_effect(found: Lately[DoubleEffect], names: Names, percent: int) -> EffectPart:
    """What is known of it now."""
    if found.answer is None:
        refused = _refused(found.error, names) if found.error is not None else ""
        return EffectPart(
            is_asked=True, is_under_way=found.is_under_way, percent=percent, refused=refused
        )
    effect, lang = found.answer, language()
    return EffectPart(
        is_asked=True,
        is_under_way=found.is_under_way,
        percent=percent,
        is_older=not found.is_current,
        figures=(_effect(effect), _control(effect), *_proofs(effect, names)),
        proof=told_proof(effect.rung),
        withheld=say_withheld(effect, lang).strip(),
        held=say(
            "double.held",
            names=listed([known_name(one, lang) for one in effect.adjusted_for], lang),
            days=str(effect.asked.before_days),
        ),
    )


def _refused(error: VeriteError, names: Names) -> str:
    fields = dict(error.fields)
    if "touchpoint" in fields:
        fields["touchpoint"] = names.name(fields["touchpoint"])
    return explain(VeriteError(error.code, fields=fields), language())


def _effect(effect: DoubleEffect) -> Figure:
    lang, told = language(), told_range(effect.effect, signed=True)
    return Figure(
        name=say("double.effect"),
        value=told.value,
        interval=told.bounds,
        told=say(
            "double.effect_told",
            side=double_words(f"side.{effect.side.value}", lang),
            against=double_words(f"against.{effect.against.value}", lang),
            outcome=outcome_name(effect.outcome, lang),
            n=number(effect.n, lang),
            people=number(effect.people, lang),
            exposed=number(effect.exposed_people, lang),
        ),
    )


def _control(effect: DoubleEffect) -> Figure:
    control = effect.control
    if control is None:
        return Figure(
            name=say("double.control"), value="–", interval="", told=say("double.control_none")
        )
    told = told_range(control.effect, signed=True)
    return Figure(
        name=say("double.control"),
        value=told.value,
        interval=told.bounds,
        told=say(f"double.control_{control.near.value}", n=number(control.n, language())),
    )


def _proofs(effect: DoubleEffect, names: Names) -> tuple[Figure, ...]:
    lang, balance = language(), effect.balance
    return (
        Figure(
            name=say("double.overlap"), value=share(effect.overlap, lang), interval="",
            told=say("double.overlap_told", trimmed=number(effect.trimmed, lang)),
        ),
        Figure(
            name=say("double.balance"), value=number(balance.after, lang, 2), interval="",
            told=say(
                "double.balance_told", name=known_name(balance.worst, lang, names.name),
                before=number(balance.before, lang, 2),
            ),
        ),
        Figure(
            name=say("double.robustness"), value=share(effect.robustness, lang), interval="",
            told=say("double.robustness_told", low=share(effect.robustness_low, lang)),
        ),
    )  # fmt: skip
