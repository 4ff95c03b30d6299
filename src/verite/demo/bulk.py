"""The same vocabulary at bench size: millions of rows in one CSV, made in slices."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from verite.demo.clock import DAY_S, DAYS, Ints, utc_seconds
from verite.demo.desks import DESKS
from verite.demo.vocabulary import AGENTS_PER_TEAM, OFFERS, REGIONS, TEAM_SITES, VALUES, code

Column = npt.NDArray[np.generic]
SLICE: Final = 1_000_000
# What the bulk is made of: touchpoint, channel, kind, share. Shares as in the demo's year.
MIX: Final = (
    ("invoice", "email", "exposure", 0.18),
    ("app_use", "app", "use", 0.15),
    ("faq", "web", "visit", 0.06),
    ("site_home", "web", "visit", 0.07),
    ("site_offers", "web", "visit", 0.05),
    ("eligibility_check", "web", "visit", 0.03),
    ("basket", "web", "visit", 0.02),
    ("payment", "web", "purchase", 0.02),
    ("delivery", "post", "delivery", 0.015),
    ("installation", "field", "delivery", 0.015),
    ("ivr", "phone", "other", 0.09),
    ("phone_agent", "phone", "contact", 0.1),
    ("network_transfer", "phone", "handover", 0.015),
    ("chat", "chat", "contact", 0.05),
    ("help_email", "email", "contact", 0.03),
    ("shop_help", "store", "contact", 0.015),
    ("complaint", "email", "complaint", 0.005),
    ("outage", "iot", "use", 0.025),
    ("outage_notice", "sms", "proactive", 0.015),
    ("survey_contact", "email", "exposure", 0.02),
    ("phone_agent", "phone", "feedback", 0.01),
    ("chat", "chat", "feedback", 0.01),
    ("renewal", "web", "purchase", 0.005),
)
_WORDS: Final = tuple((touchpoint, channel, kind) for touchpoint, channel, kind, _ in MIX)
_DIRECTIONS: Final = {"exposure": "outbound", "delivery": "outbound", "proactive": "proactive"}
_SPOKEN: Final = ("contact", "handover", "complaint")


def bulk(path: Path, *, rows: int, people: int, seed: int = 1) -> Path:
    """Writes `rows` interactions of `people` customers over a year to one CSV; same seed, same
    bytes. About 130 bytes a row, 23 columns, in no order of time."""
    import duckdb

    with path.open("wb") as whole, duckdb.connect() as connection:
        connection.execute("SET threads = 1; SET enable_progress_bar = false")
        slice_path = path.with_suffix(".slice")
        for number, first in enumerate(range(0, rows, SLICE)):
            rng = np.random.default_rng((seed, number))
            table = _slice(rng, first, min(SLICE, rows - first), people)
            connection.register("slice", table)
            header = "true" if first == 0 else "false"
            connection.execute(
                f"COPY ({_select()}) TO '{str(slice_path).replace(chr(39), chr(39) * 2)}' "
                f"(FORMAT csv, HEADER {header})"
            )
            connection.unregister("slice")
            whole.write(slice_path.read_bytes())
        slice_path.unlink(missing_ok=True)
    return path


def _slice(rng: np.random.Generator, first: int, n: int, people: int) -> dict[str, Column]:
    """Codes and figures of one slice; words come from the SELECT."""
    mix = rng.choice(len(MIX), n, p=_shares()).astype(np.int16)
    who = rng.integers(0, people, n)
    t = rng.integers(0, DAYS * DAY_S, n)
    spoken = _of(mix, [kind in _SPOKEN for _, _, kind, _ in MIX])
    scored = _of(mix, [kind == "feedback" for _, _, kind, _ in MIX])
    bought = _of(mix, [kind == "purchase" for _, _, kind, _ in MIX])
    menus = _of(mix, [touchpoint == "ivr" for touchpoint, *_ in MIX])
    team = np.where(spoken | scored, _teams()[mix] + rng.integers(0, 2, n), -1)
    wait = np.round(rng.exponential(180, n))
    return {
        "row": np.arange(first, first + n, dtype=np.int64),
        "who": who,
        "at": utc_seconds(t),
        "mix": mix,
        "case_number": np.where(spoken | scored, who * 4 + rng.integers(0, 4, n), -1),
        "motive": np.where(spoken | scored, rng.integers(0, 11, n), -1).astype(np.int16),
        "team": team.astype(np.int16),
        "agent": np.where(team < 0, -1, team * AGENTS_PER_TEAM + who % AGENTS_PER_TEAM),
        "wait": np.where(spoken, wait, np.nan),
        "lasts": np.round(rng.gamma(2, 120, n)),
        "menus": np.where(menus, 2 + rng.poisson(0.6, n), -1).astype(np.int16),
        "outcome": np.where(spoken, rng.choice((1, 2, 5, 5, 5, 6), n), -1).astype(np.int16),
        "score": np.where(scored, rng.integers(1, 6, n), -1).astype(np.int16),
        "value": np.where(bought, 19.99 + 5 * (who % 5), np.nan),
    }


def _select() -> str:
    touchpoints, channels, kinds = ([entry[k] for entry in _WORDS] for k in range(3))
    words = (
        f"{_list(touchpoints)}[mix + 1] AS touchpoint, {_list(channels)}[mix + 1] AS channel, "
        f"{_list(kinds)}[mix + 1] AS kind"
    )
    sites = _list([TEAM_SITES.get(team, "rennes") for team in VALUES["team"]])
    inbound = _list([_DIRECTIONS.get(kind, "inbound") for kind in kinds])
    scored = {"metric": "'csat'", "scale_min": "1", "scale_max": "5", "polarity": "'good_high'"}
    questions = ", ".join(
        f"CASE WHEN score >= 0 THEN {value} END AS {name}" for name, value in scored.items()
    )
    return f"""SELECT 'bulk-' || "row" AS message_id, 'user:c' || who AS identity,
        strftime(make_timestamp("at" * 1000000), '%Y-%m-%dT%H:%M:%SZ') AS "at", {words},
        {inbound}[mix + 1] AS direction,
        CASE WHEN case_number >= 0 THEN 'T' || case_number END AS case_id,
        {_list(VALUES["motive"])}[motive + 1] AS motive, {_list(VALUES["team"])}[team + 1] AS team,
        {sites}[team + 1] AS site, {_list(VALUES["agent"])}[agent + 1] AS agent,
        CASE WHEN NOT isnan(wait) THEN wait::INTEGER END AS wait_s, lasts::INTEGER AS duration_s,
        CASE WHEN menus >= 0 THEN menus END AS menus,
        {_list(VALUES["outcome"])}[outcome + 1] AS outcome,
        CASE WHEN score >= 0 THEN score END AS score, {questions},
        CASE WHEN NOT isnan(value) THEN value END AS value,
        {_list(OFFERS)}[who % 4 + 1] AS "segment.offer",
        {_list(REGIONS)}[who % 5 + 1] AS "segment.region" FROM slice ORDER BY "row\""""


def _shares() -> npt.NDArray[np.float64]:
    shares = np.array([share for *_, share in MIX])
    return np.asarray(shares / shares.sum())


def _of(mix: Column, claims: list[bool]) -> npt.NDArray[np.bool_]:
    return np.asarray(np.array(claims)[mix], dtype=np.bool_)


def _teams() -> Ints:
    """The first of two teams that serve each entry of the mix."""
    first = {desk.touchpoint: code("team", desk.teams[0]) for desk in DESKS.values()}
    return np.array([first.get(touchpoint, code("team", "ecrit-a")) for touchpoint, *_ in MIX])


def _list(values: list[str] | tuple[str, ...]) -> str:
    return "[" + ", ".join(f"'{value}'" for value in values) + "]"
