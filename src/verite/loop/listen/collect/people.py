"""The people of an event, and the links that it states between their identities."""

from __future__ import annotations

import msgspec

from verite.loop.listen.collect.events import Event
from verite.loop.listen.collect.who import contact, former, named
from verite.text.contacts import FRANCE, tidy

Link = tuple[str, str, str]  # identity, alias, reason


class People(msgspec.Struct, frozen=True, gc=False):
    """Under which identities an event knows its person; all None: it knows nobody."""

    user: str | None
    anonymous: str | None

    @property
    def identity(self) -> str | None:
        """The one that the row bears: the user before the device."""
        return self.user or self.anonymous


def people_of(event: Event, country: str = FRANCE) -> People:
    """The people of one event; `country` is whose phones are meant when they name none."""
    user = named(event.user_id, "user", country)
    if event.identity is not None:
        user = _open(event.identity, country) or user
    anonymous = named(event.anonymous_id, "anon", country)
    if user is None and anonymous is None and event.type == "track" and event.traits:
        user = next(iter(_contacts(event, country)), None)  # a webhook knows a mail only
    return People(user=user, anonymous=anonymous)


def links_of(event: Event, people: People, country: str = FRANCE) -> tuple[Link, ...]:
    """What an event says to be one person.

    >>> event = Event(type="alias", user_id="7", previous_id="a1", anonymous_id="a1")
    >>> links_of(event, people_of(event))
    (('user:7', 'anon:a1', 'alias'),)
    """
    identity = people.identity
    if identity is None:
        return ()
    links: list[Link] = []
    is_identify = event.type == "identify"
    reason = "identify" if is_identify else "together"
    if event.type == "alias":
        others = former(event.previous_id, people.anonymous)
        links += [(identity, other, "alias") for other in others if other != identity]
    elif people.user is not None and people.anonymous is not None:
        links.append((people.user, people.anonymous, reason))
    if event.traits is not None or is_identify:
        found = _contacts(event, country)
        links += [(identity, one, reason) for one in found if one != identity]
    return tuple(links)


def _contacts(event: Event, country: str) -> list[str]:
    """Mail and phone among the traits of an event."""
    context = event.context
    traits = event.traits or (context.traits if context is not None else None) or {}
    found = [contact(traits.get(name), name, country) for name in ("email", "phone")]
    return [one for one in found if one is not None]


def _open(told: object, country: str) -> str | None:
    """An identity under its own prefix: any prefix may do, one must be there."""
    text = str(told).strip().replace("\0", "")[:300]
    prefix, colon, value = text.partition(":")
    if prefix.lower() == "audience":  # a tracer is nobody that a sender could name
        return None
    if colon and prefix.replace("_", "").replace("-", "").isalnum() and value.strip():
        return tidy(f"{prefix.lower()}:{value.strip()}", country)
    return named(told, "user", country)
