"""What identities are worth: the same in Python and in SQL; impossible ones, and possible ones."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from verite.text.contacts import country_of, tidy, tidy_sql
from verite.text.identities import Junk, junk_sql, kind_of, kind_sql, parts_sql, why_junk

PREFIXES = st.sampled_from(["email", "phone", "card", "user", "anon", "account", "device", "tel"])
SIGNS = st.text(st.sampled_from("abteosnr0123456789+@.-_ ()éÉx'\u00a0"), min_size=1, max_size=18)
MAILS = st.builds("{}@{}.{}".format, SIGNS, SIGNS, st.sampled_from(["fr", "com", "x"]))
PHONES = st.builds("{}{}".format, st.sampled_from(["+33", "0", "00", "+44", "+33 (0)", ""]),
                   st.text(st.sampled_from("0123456789 .-"), min_size=1, max_size=16))  # fmt: skip
IDENTITIES = st.builds("{}:{}".format, PREFIXES, SIGNS | MAILS | PHONES)


@pytest.fixture(scope="module")
def desk():
    connection = duckdb.connect()
    connection.create_function("tidy", tidy, ["VARCHAR", "VARCHAR"], "VARCHAR")
    yield connection
    connection.close()


def asked(desk, sql, identity):
    prefix, value = parts_sql("x")
    layers = f"(SELECT x, {prefix} AS p, {value} AS v FROM (SELECT ? AS x))"
    return desk.execute(f"SELECT {sql} FROM {layers}", [identity]).fetchone()[0]


@settings(deadline=None, max_examples=150)
@example("phone:+44 (0)20 7946 0958")
@example("email:noreply@shop.fr")
@example("email:A@MÜNCHEN.de")
@example("email:0@\u00a0.fr")
@given(identity=IDENTITIES)
def test_python_and_sql_agree(desk, identity):
    assert asked(desk, kind_sql("x"), identity) == kind_of(identity)
    assert asked(desk, junk_sql("p", "v"), identity) == why_junk(identity)
    for country in ("FR", "BE"):
        assert asked(desk, tidy_sql("x", country), identity) == tidy(identity, country)


@settings(deadline=None, max_examples=150)
@given(IDENTITIES, st.sampled_from(["FR", "BE", "US"]))
def test_what_is_tidy_stays_so(identity, country):
    once = tidy(identity, country)
    assert tidy(once, country) == once


@pytest.mark.parametrize(
    ("identity", "why"),
    [
        ("phone:0000000000", Junk.REPEATED),
        ("phone:+33000000000", Junk.REPEATED),
        ("phone:+33666666666", Junk.REPEATED),
        ("phone:+3361234", Junk.NO_NUMBER),
        ("phone:12", Junk.NO_NUMBER),
        ("email:test@test", Junk.NO_MAIL),
        ("email:test@test.fr", Junk.PLACEHOLDER),
        ("email:aaa@aaa.com", Junk.PLACEHOLDER),
        ("email:noreply@shop.fr", Junk.NO_REPLY),
        ("email:ne-pas-repondre@shop.fr", Junk.NO_REPLY),
        ("email:mailer-daemon@shop.fr", Junk.NO_REPLY),
        ("user:test", Junk.PLACEHOLDER),
        ("user:0", Junk.PLACEHOLDER),
        ("device:00000000-0000-0000-0000-000000000000", Junk.PLACEHOLDER),
        ("card:0000000000000", Junk.PLACEHOLDER),
        ("card:1111111111", Junk.REPEATED),
    ],
)
def test_impossible_identities(identity, why):
    assert why_junk(identity) is why


@pytest.mark.parametrize(
    "identity",
    [
        "phone:+33612345678", "phone:+33199009999", "phone:+442079460958", "phone:0612345678",
        "email:a@x.fr", "email:alice@example.org", "email:nora.do@x.fr", "email:contact@test.fr",
        "user:1", "user:1111111", "anon:c0ffee", "card:CV0000042", "account:8",
    ],
)  # fmt: skip
def test_identities_that_may_be_somebodys(identity):
    assert why_junk(identity) is None


@pytest.mark.parametrize(
    ("written", "country", "known"),
    [
        ("phone:06 12 34 56 78", "FR", "phone:+33612345678"),
        ("phone:+33 (0)6.12.34.56.78", "FR", "phone:+33612345678"),
        ("phone:0033612345678", "BE", "phone:+33612345678"),
        ("phone:0470 12 34 56", "BE", "phone:+32470123456"),
        ("phone:(212) 555-0100", "US", "phone:+12125550100"),
        ("phone:+44 (0)20 7946 0958", "FR", "phone:+442079460958"),
        ("email:Alice@EXAMPLE.org", "FR", "email:alice@example.org"),
        ("email: é@München.de", "FR", "email:é@münchen.de"),
        ("card:1234 5678-90", "FR", "card:1234567890"),
        ("user:Ab 12", "FR", "user:Ab 12"),
    ],
)
def test_one_spelling_per_identity(written, country, known):
    assert tidy(written, country) == known


def test_the_zone_of_a_home_tells_its_country():
    assert [country_of(zone) for zone in ("Europe/Paris", "America/Montreal", "UTC", None)] == [
        "FR", "CA", "FR", "FR",
    ]  # fmt: skip
