"""`verite sources` over a real home: a key is printed once."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources") / "home"

    def command(*words):
        return subprocess.run(
            [sys.executable, "-m", "verite", "--home", str(folder), *words],
            capture_output=True,
            text=True,
            check=False,
        )

    assert command("init").returncode == 0
    return command


def test_a_source_is_made_listed_renewed_and_closed(run):
    made = json.loads(run("sources", "--add", "shop", "--scope", "webhook", "--json").stdout)
    assert made["key"].startswith("wk_")
    assert made["secret"].startswith("whsec_")
    listed = run("sources", "--lang", "en").stdout
    assert "shop" in listed
    assert made["key"] not in listed
    assert "+00:00" not in listed
    renewed = json.loads(run("sources", "--renew", "shop", "--json").stdout)
    assert renewed["key"] != made["key"]
    assert run("sources", "--close", "shop").returncode == 0
    (source,) = json.loads(run("sources", "--json").stdout)["sources"]
    assert source["closed_at"] is not None
    assert (source["mode"], source["scopes"], source["signed"]) == ("identified", "webhook", True)


def test_pages_are_set_and_a_secret_is_renewed(run):
    run("sources", "--add", "site", "--scope", "webhook", "--origin", "https://a.example")
    for origins in (["http://localhost:3000", "https://b.example"], []):
        words = [word for one in origins for word in ("--origin", one)]
        assert run("sources", "--origins", "site", *words).returncode == 0
        listed = json.loads(run("sources", "--json").stdout)["sources"]
        assert {one["source"]: one for one in listed}["site"]["origins"] == ", ".join(origins)
    renewed = json.loads(run("sources", "--renew-secret", "site", "--json").stdout)
    assert (renewed["key"], renewed["secret"][:6]) == (None, "whsec_")
    assert "still accepted until" in run("sources", "--renew-secret", "site", "--lang", "en").stdout


def test_what_makes_no_sense_ends_with_one_sentence(run):
    for words in (("--add", "a/b"), ("--close", "nobody"), ("--add", "x", "--close", "y"),
                  ("--origin", "https://a.example"), ("--renew-secret", "nobody"),
                  ("--add", "z", "--origin", "a.example")):  # fmt: skip
        ended = run("sources", *words)
        assert ended.returncode == 2
        assert len(ended.stderr.strip().splitlines()) == 1
        assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("fr", "--scope ne prend pas « everything ». Mots permis : track, identify,"),
        ("en", "--scope does not take “everything”. Allowed words: track, identify,"),
    ],
)
def test_a_scope_that_is_unknown_is_answered_with_those_that_are(run, lang, told):
    refused = run("--lang", lang, "sources", "--add", "till", "--scope", "everything")
    assert refused.returncode == 2
    assert told in refused.stderr.replace("\xa0", " ").replace("\u202f", " ")
    assert "not one of" not in refused.stderr
