"""Erasing a person everywhere in a home, in an order that can be done again, and the receipt."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from verite.home.receipts import fingerprint, sign
from verite.home.sweeping import sweep
from verite.home.whom import Whom
from verite.text.traces import Traces
from verite.words.asked import About
from verite.words.customer import show_person
from verite.words.errors import WrongUse
from verite.words.rights import Counted, Erasure, Receipt

if TYPE_CHECKING:
    from verite.home.door import Door
    from verite.ledger.kept import Erased
    from verite.words.member import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Whom to erase, who says so, and when."""

    whose: Whom
    by: Member
    at: datetime
    using: str


def erase_everywhere(home: Door, order: Order) -> Erasure:
    """The ledger comes last: until it is done, the person can be named and erased again."""
    from verite.records.erasures.actions import erase_records, note_erasure

    _refuse_while_importing(order.using)
    traces = Traces(order.whose.names)
    # Records know people by the id that pages show.
    shown = Traces((*order.whose.names, *map(show_person, order.whose.keys)))
    records = erase_records(
        shown, keys=order.whose.keys, by=order.by, at=order.at, using=order.using
    )
    swept = sweep(home.path, traces)
    erased = home.desk.ledger.erase(order.whose.keys, at=order.at)
    home.desk.forget()
    receipt = _receipt(home, order, _counted(erased, records, swept.uploads))
    note_erasure(receipt, by=order.by, using=order.using)
    about = About(
        asked="erase",
        as_of=order.at,
        ledger_version=receipt.ledger_version,
        people_version=receipt.people_version,
    )
    return Erasure(about=about, receipt=receipt, left=swept.left)


def _refuse_while_importing(using: str) -> None:
    """Rows on their way would come in after the person has gone."""
    from verite.records.listen.records import ImportState, latest_imports

    running = [one for one in latest_imports(using=using) if one.state is ImportState.RUNNING]
    if running:
        raise WrongUse("import_under_way", fields={"file": running[0].file})


def _counted(erased: Erased, records: int, uploads: int) -> Counted:
    return Counted(
        records=records,
        ledger_rows=erased.rows,
        files_vacuumed=erased.files_vacuumed,
        identities=erased.identities,
        links=erased.links,
        quarantined=erased.lines,
        inbox_events=erased.events,
        uploads=uploads,
    )


def _receipt(home: Door, order: Order, counted: Counted) -> Receipt:
    from verite.records.databases import secret_key

    salt = secrets.token_hex(16)
    version, people = home.versions
    receipt = Receipt(
        number=secrets.token_hex(8),
        organisation=home.settings.name,
        at=order.at,
        by=order.by.email,
        ledger_version=version,
        people_version=people,
        counted=counted,
        salt=salt,
        fingerprints=tuple(sorted(fingerprint(name, salt) for name in order.whose.names)),
    )
    return sign(receipt, secret_key(home.path))
