"""The story of a customer in one sentence, read in ten seconds."""

from __future__ import annotations

from typing import Final

from verite.sentences.catalogue import Phrases
from verite.sentences.dates import day, hour
from verite.sentences.names import channel_name, name_in
from verite.sentences.numbers import count, duration, number
from verite.words.customer import Customer, Mark, Story

_say: Final = Phrases("customers")

FACTS_AT_MOST: Final = 5  # what fits in ten seconds
_FEMININE: Final = frozenset({"store", "app"})


def say_customer(customer: Customer, lang: str) -> str:
    """Why they come, since when, what it cost them, and what to do: one sentence."""
    story, effort = customer.story, customer.effort
    if story.since is None or effort.resolved is None:
        return _say_quiet(customer, lang)
    motive = (
        name_in("motive", story.motive, lang) if story.motive else _say("story.no_motive", lang)
    )
    key = "story.closed" if effort.resolved else "story.open"
    since = day(story.since, lang, year=False)
    return _say(key, lang, {
        "motive": motive[:1].upper() + motive[1:],
        "since": since if effort.resolved else f"{since}, {hour(story.since, lang)}",
        "facts": ", ".join(_facts(customer, lang)[:FACTS_AT_MOST]),
        "advice": _advice(story, lang),
    })  # fmt: skip


def _say_quiet(customer: Customer, lang: str) -> str:
    if customer.since is None or not customer.timeline:
        return _say("story.unseen", lang)
    return _say("story.quiet", lang, {
        "interactions": count(len(customer.timeline), "interaction", lang),
        "since": day(customer.since, lang), "last": day(customer.timeline[-1].at, lang),
    })  # fmt: skip


def _facts(customer: Customer, lang: str) -> list[str]:
    """What happened, the heaviest first."""
    effort, story = customer.effort, customer.story
    facts = [count(effort.contacts, "contact", lang)]
    if effort.wait_s >= 60:
        facts.append(_say("fact.wait", lang, {"time": duration(effort.wait_s, lang)}))
    facts += _repeated(customer, lang)
    if story.never_reached:
        team = name_in("team", story.never_reached, lang)
        facts.append(_say("fact.never", lang, {"team": team}))
    elif effort.failed_transfers:
        facts.append(_many("fact.failed", "fact.failed_some", effort.failed_transfers, lang))
    facts += _given_up(customer, lang)
    if effort.menus_again:
        facts.append(_say("fact.menus", lang, {"n": number(effort.menus_again + 1, lang)}))
    if effort.answer_wait_s >= 3600:
        time = duration(effort.answer_wait_s, lang)
        facts.append(_say("fact.answer_wait", lang, {"time": time}))
    facts[1:1] = [_say("fact.promise", lang, {"promise": one}) for one in story.promises[:1]]
    return facts


def _repeated(customer: Customer, lang: str) -> list[str]:
    effort, facts = customer.effort, []
    if effort.retold:
        facts.append(_many("fact.retold_one", "fact.retold", effort.retold, lang))
    if effort.redone_steps:
        facts.append(_many("fact.redone_one", "fact.redone", effort.redone_steps, lang))
    return facts


def _given_up(customer: Customer, lang: str) -> list[str]:
    if customer.effort.abandoned != 1:
        n = customer.effort.abandoned
        return [_say("fact.gave_up_some", lang, {"n": number(n, lang)})] if n else []
    case = customer.story.case_id
    channels = [
        beat.channel
        for beat in customer.timeline
        if Mark.ABANDONED in beat.marks and beat.case_id == case and beat.channel
    ]
    if not channels:
        return [_say("fact.gave_up_some", lang, {"n": "1"})]
    key = "fact.gave_up_f" if channels[-1] in _FEMININE else "fact.gave_up"
    return [_say(key, lang, {"channel": _lower(channel_name(channels[-1], lang))})]


def _advice(story: Story, lang: str) -> str:
    if story.advice not in {"call_back", "resume", "hand_over", "close"}:
        return ""
    by = ""
    if story.preferred_channel == "phone":
        by = _say("advice.by", lang, {"channel": _lower(channel_name("phone", lang))})
    known_to_us = [_say("advice.the_story", lang)] if "story" in story.not_to_ask else []
    if any(code.startswith("step:") for code in story.not_to_ask):
        known_to_us.append(_say("advice.steps", lang))
    key = "advice.without" if len(known_to_us) < 2 else "advice.without_both"
    named = dict(zip(("one", "other"), known_to_us, strict=False))
    without = _say(key, lang, named) if known_to_us else ""
    return _say(f"advice.{story.advice}", lang, {
        "by": by, "without": without, "days": number(story.silent_days or 0, lang),
    })  # fmt: skip


def _many(one: str, some: str, n: int, lang: str) -> str:
    return _say(one if n == 1 else some, lang, {"n": number(n, lang)})


def _lower(name: str) -> str:
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
