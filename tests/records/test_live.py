"""Live sources: made with a key shown once, renewed, closed; by owners only."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from verite.loop.listen.collect import hash_key
from verite.words.errors import BadInput, WrongUse
from verite.words.live import Mode, Scope
from verite.words.member import CONSOLE, Member, Role

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
BOB = Member(id=2, email="bob@example.org", name="Bob", role=Role.AGENT)


@pytest.fixture
def make(using):
    from verite.records.listen.source_actions import Wanted, make_source

    def made(name="shop", by=CONSOLE, **more):
        return make_source(using=using, by=by, wanted=Wanted(name=name, **more), at=AT)

    return made


def test_only_the_hash_of_a_key_is_kept(using, make):
    from verite.records.listen.sources import callers, live_source

    keys = make()
    (caller,) = callers(using=using)
    assert caller.key_hash == hash_key(keys.key)
    source = live_source("shop", using=using)
    assert source is not None
    assert source.is_open
    assert keys.key.endswith(source.key_hint)
    assert len(source.key_hint) == 4
    assert keys.key not in repr(keys)


def test_a_key_is_never_found_in_the_files_of_the_home(using, make):
    from django.db import connections

    from verite.records.setup import home_of

    keys = make(scopes=frozenset(Scope))
    connections[using].close()
    bytes_of = [file.read_bytes() for file in home_of(using).glob("records.sqlite3*")]
    assert not any(keys.key.encode() in content for content in bytes_of)


def test_a_renewed_key_replaces_the_old_one_and_opens_a_closed_source(using, make):
    from verite.records.listen.source_actions import close_source, renew_key
    from verite.records.listen.sources import callers, live_sources

    old = make()
    close_source(using=using, by=CONSOLE, name="shop", at=AT)
    assert callers(using=using) == ()
    assert [source.is_open for source in live_sources(using=using)] == [False]
    new = renew_key(using=using, by=CONSOLE, name="shop", at=AT)
    (caller,) = callers(using=using)
    assert caller.key_hash == hash_key(new.key) != hash_key(old.key)


def test_a_webhook_source_gets_a_secret_or_keeps_its_senders(using, make):
    made = make("a", scopes=frozenset({Scope.WEBHOOK}))
    given = make("b", scopes=frozenset({Scope.WEBHOOK}), secret="whsec_C2FVsBQIhrscChlQIMV+b5sS")
    assert made.secret.startswith("whsec_")
    assert made.source.is_signed
    assert given.secret == "whsec_C2FVsBQIhrscChlQIMV+b5sS"
    assert make("c").secret == ""


@pytest.mark.parametrize(
    "wanted",
    [
        {"name": " "},
        {"name": "a/b"},
        {"name": "a\nb"},
        {"name": "x" * 81},
        {"scopes": frozenset()},
        {"rate_per_s": 0},
        {"rate_per_s": 1_000_001},
        {"scopes": frozenset({Scope.WEBHOOK}), "secret": "whsec_é"},
        {"scopes": frozenset({Scope.WEBHOOK}), "secret": "zzz"},
        {"scopes": frozenset({Scope.WEBHOOK}), "secret": "whsec_zzz"},
    ],
)
def test_a_source_that_makes_no_sense_is_refused(make, wanted):
    with pytest.raises(BadInput, match="bad_source"):
        make(**wanted)


def test_two_sources_cannot_bear_one_name(make):
    make()
    with pytest.raises(BadInput, match="source_exists"):
        make(mode=Mode.AUDIENCE)


def test_only_owners_make_renew_and_close(using, make):
    from verite.records.listen.source_actions import close_source, renew_key

    make()
    with pytest.raises(WrongUse, match="not_allowed"):
        make("other", by=BOB)
    for act in (renew_key, close_source):
        with pytest.raises(WrongUse, match="not_allowed"):
            act(using=using, by=BOB, name="shop", at=AT)


def test_an_unknown_source_cannot_be_closed(using):
    from verite.records.listen.source_actions import close_source

    with pytest.raises(BadInput, match="unknown_source"):
        close_source(using=using, by=CONSOLE, name="nobody", at=AT)


def test_each_action_leaves_one_entry_without_the_key(using, make):
    from verite.records.audit import models
    from verite.records.listen.source_actions import close_source, renew_key

    keys = make()
    renewed = renew_key(using=using, by=CONSOLE, name="shop", at=AT)
    close_source(using=using, by=CONSOLE, name="shop", at=AT)
    close_source(using=using, by=CONSOLE, name="shop", at=AT)
    rows = list(models.Entry.objects.using(using).order_by("pk"))
    assert [row.did for row in rows] == ["make_source", "renew_key", "close_source"]
    told = " ".join(f"{row.subject} {row.before} {row.after}" for row in rows)
    assert keys.key not in told
    assert renewed.key not in told
