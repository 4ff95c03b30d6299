"""The courier: signs what waits and carries it, one delivery after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from verite.home.outgoing.client import Client
from verite.words.errors import BadInput, SourceError
from verite.words.webhooks import Due, Sending, Tried

Clock = Callable[[], datetime]


def deliver_due(client: Client, *, using: str, clock: Clock) -> tuple[Sending, ...]:
    """Tries every delivery whose time has come; what became of each.

    Needs the records prepared. The clock is asked before each call: one slow target must not
    date the signatures of the others.
    """
    from verite.records.outgoing.sending import claim_due, settle

    return tuple(
        settle(using=using, due=due, tried=carry(client, due, clock()), at=clock())
        for due in claim_due(using=using, at=clock())
    )


def carry(client: Client, due: Due, at: datetime) -> Tried:
    """One signed call, and what it gave."""
    try:
        reply = client.post(due.url, due.body.encode(), signed(due, at))
    except SourceError as error:
        status, delay = error.fields.get("status"), error.fields.get("after_s")
        return Tried(
            status=None if status is None else int(status),
            why=error.code,
            permanent=error.permanent,
            after_s=None if delay is None else float(delay),
        )
    except BadInput as error:  # the URL was taken under other settings
        return Tried(why=error.code, permanent=True)
    return Tried(status=reply.status)


def signed(due: Due, at: datetime) -> dict[str, str]:
    """The headers of a message, signed as the Standard Webhooks specification asks."""
    from standardwebhooks import Webhook

    moment = at.astimezone(UTC)
    return {
        "Content-Type": "application/json",
        "webhook-id": due.message,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(due.secret).sign(due.message, moment, due.body),
    }
