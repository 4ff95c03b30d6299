"""Erasing a person everywhere in a home, in an order that can be done again, and the receipt."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from verite.home.finding import spellings
from verite.home.receipts import fingerprint, read_draft, sign, write_draft
from verite.home.sweeping import sweep
from verite.home.whom import Whom, shown_ids
from verite.text.traces import Traces
from verite.words.asked import About
from verite.words.errors import WrongUse
from verite.words.rights import Counted, Erasure, Receipt

if TYPE_CHECKING:
    from verite.home.door import Door
    from verite.ledger.emptying import Decode
    from verite.ledger.kept import Erased
    from verite.words.member import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Whom to erase, who says so, and when; `decode` reads what still waits in the inbox."""

    whose: Whom
    by: Member
    at: datetime
    using: str
    decode: Decode | None = None


def erase_everywhere(home: Door, order: Order) -> Erasure:
    """The ledger comes last: until it is done, the person can be named and erased again."""
    from verite.records.erasures.actions import draft_receipt, erase_records

    _refuse_while_importing(order.using)
    ledger, whose = home.desk.ledger, order.whose
    shown = Traces((*whose.names, *shown_ids(whose.keys)))
    records = erase_records(shown, keys=whose.keys, by=order.by, at=order.at, using=order.using)
    swept = sweep(home.path, Traces(whose.names))
    rows = sum(1 for _ in ledger.rows_of(whose.keys))
    counted = Counted(
        records=records,
        ledger_rows=rows,
        files_vacuumed=0,
        identities=len(whose.names),
        uploads=swept.uploads,
    )
    draft = _draft(home, order, counted)
    old = [one.number for one in _drafts(order.using, whose.names)]
    text = write_draft(draft)
    draft_receipt(draft.number, text, replaces=old, by=order.by, using=order.using)
    erased = ledger.erase(whose.keys, at=order.at, decode=order.decode)
    done = replace(draft, counted=_counted(erased, counted))
    return _hand_out(home, done, order, swept.left)


def resume(home: Door, asked: str, *, by: Member, using: str) -> Erasure | None:
    """The receipt of an erasure that a dying machine began and the next open ended."""
    for draft in _drafts(using, spellings(asked.strip())):
        nobody = Whom(person=0, keys=(), names=())
        order = Order(whose=nobody, by=by, at=draft.at, using=using)
        return _hand_out(home, draft, order, ())
    return None


def _drafts(using: str, names: Sequence[str]) -> Iterator[Receipt]:
    """Receipts of erasures that began, about somebody under one of these names."""
    from verite.records.erasures.records import list_drafts

    for draft in map(read_draft, list_drafts(using=using)):
        if {fingerprint(one, draft.salt) for one in names} & set(draft.fingerprints):
            yield draft


def _hand_out(home: Door, draft: Receipt, order: Order, left: tuple[str, ...]) -> Erasure:
    from verite.records.databases import secret_key
    from verite.records.erasures.actions import note_erasure

    home.desk.forget()
    version, people = home.versions
    receipt = sign(
        replace(draft, ledger_version=version, people_version=people), secret_key(home.path)
    )
    note_erasure(receipt, by=order.by, using=order.using)
    about = About(asked="erase", as_of=order.at, ledger_version=version, people_version=people)
    return Erasure(about=about, receipt=receipt, left=left)


def _refuse_while_importing(using: str) -> None:
    """Rows on their way would come in after the person has gone."""
    from verite.records.listen.records import ImportState, latest_imports

    running = [one for one in latest_imports(using=using) if one.state is ImportState.RUNNING]
    if running:
        raise WrongUse("import_under_way", fields={"file": running[0].file})


def _counted(erased: Erased, before: Counted) -> Counted:
    return replace(
        before,
        ledger_rows=erased.rows,
        files_vacuumed=erased.files_vacuumed,
        identities=erased.identities,
        links=erased.links,
        quarantined=erased.lines,
        inbox_events=erased.events,
    )


def _draft(home: Door, order: Order, counted: Counted) -> Receipt:
    salt = secrets.token_hex(16)
    version, people = home.versions
    return Receipt(
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
