"""What the next agent must know before the first word, in three columns."""

from __future__ import annotations

from dataclasses import dataclass

from verite.sentences.names import channel_name, name_in
from verite.sentences.numbers import number
from verite.web.customers.plainly import known_say, plain_say
from verite.web.language import language
from verite.words.customer import Customer, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading and its words; `kind` is `stop` for what must not be asked, `said` for quotes."""

    name: str
    lines: tuple[str, ...]
    kind: str = ""


def told_parts(customer: Customer) -> tuple[tuple[Part, ...], ...]:
    """Said and tried; result and waited for; not to ask, and what may be given."""
    story = customer.story
    columns = (
        (_said(story), _tried(story)),
        (_result(customer), _waiting(story), _promises(story)),
        (_not_to_ask(story), _grants(story), _fit(story)),
    )
    return tuple(tuple(part for part in column if part.lines) for column in columns)


def _part(name: str, *lines: str, kind: str = "") -> Part:
    told = tuple(line for line in lines if line)
    return Part(name=plain_say(f"customers.part_{name}"), lines=told, kind=kind)


def _said(story: Story) -> Part:
    return _part("said", *(story.said[-2:] or (plain_say("customers.said_nothing"),)), kind="said")


def _tried(story: Story) -> Part:
    lang, told = language(), []
    for step in story.tried:
        name = name_in("step", step.step, lang)
        many = {"step": name, "n": number(step.times, lang)}
        told.append(plain_say("customers.tried_more", **many) if step.times > 1 else name)
    return _part("tried", _sentence(told))


def _result(customer: Customer) -> Part:
    lang, story = language(), customer.story
    lines = [_capital(name_in("outcome", story.result, lang)) + "." if story.result else ""]
    if story.never_reached:
        team = name_in("team", story.never_reached, lang)
        lines.append(plain_say("customers.never_reached", team=team))
    return _part("result", " ".join(line for line in lines if line))


def _waiting(story: Story) -> Part:
    return _part("waiting", known_say(f"customers.waiting_{story.waiting_for}"))


def _promises(story: Story) -> Part:
    return _part("promises", *story.promises)


def _not_to_ask(story: Story) -> Part:
    lang, told = language(), []
    for code in story.not_to_ask:
        step = code.removeprefix("step:")
        told.append(
            plain_say("customers.ask_story") if code == "story" else name_in("step", step, lang)
        )
    return _part("not_to_ask", _sentence(told), kind="stop")


def _grants(story: Story) -> Part:
    return _part("grants", *story.grants)


def _fit(story: Story) -> Part:
    lang, lines = language(), []
    if story.preferred_channel:
        name = channel_name(story.preferred_channel, lang)
        lines.append(plain_say("customers.prefers", channel=name, count=story.preferred_n))
    if story.unfit_channels:
        names = ", ".join(channel_name(key, lang) for key in story.unfit_channels)
        lines.append(plain_say("customers.unfit", channels=names))
    return _part("channel", *lines)


def _sentence(told: list[str]) -> str:
    return _capital(", ".join(told)) + "." if told else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
