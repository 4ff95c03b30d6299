"""The marks of effort and what repetition costs, as one portable SQL text: their definition.

Each layer is a query over the one before: rows that matter, cases, what came before in the case,
marks, seconds, people, groups. `marking` and `losing` are the fast way to the same figures.
"""

from __future__ import annotations

from verite.ledger.efforts import ALL, BITS, LOSSES, OURS, WRITTEN, EffortRules
from verite.ledger.engines.portable import Dialect, number_literal, order
from verite.ledger.port import Check, Condition
from verite.words.asked import Filters
from verite.words.customer import Mark
from verite.words.interaction import Kind, Outcome

KINDS = (*(mark.value for mark in BITS), ALL)
# A case: its id, else the motive of one stretch, else the row alone.
_CASE = "person, case_id, by_motive, stretch, alone_hi, alone_lo"
_SO_FAR = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
_BEFORE = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
_PASSED = f"'{Outcome.TRANSFERRED.value}'"
_FAILED = f"'{Outcome.TRANSFER_FAILED.value}'"
_GAVE_UP = f"'{Outcome.ABANDONED.value}'"


def effort_tallies(
    people: str, dialect: Dialect, rules: EffortRules, by: tuple[str, ...], where: Filters
) -> str:
    """One row per group: for each kind, n, people and the sums of seconds spent and paid."""
    groups = "".join(f"g{i}, " for i in range(len(by)))
    there = "".join(f" AND g{i} IS NOT NULL" for i in range(len(by)))
    rows = _cases(_rows(people, dialect, rules, by, where), rules)
    lost = _seconds(_marks(_turns(_before(rows))), rules, groups)
    each = ", ".join(
        f"SUM(n_{kind}) AS m_{kind}, SUM(y_{kind}) AS s_{kind}, "
        f"SUM(y_{kind} * y_{kind}) AS q_{kind}, SUM(p_{kind}) AS t_{kind}, "
        f"SUM(p_{kind} * p_{kind}) AS u_{kind}"
        for kind in KINDS
    )
    by_person = (
        f"SELECT {groups}person, {each} FROM ({lost}) z WHERE kept = 1{there} "
        f"GROUP BY {groups}person"
    )
    sums = ", ".join(_sums(kind) for kind in KINDS)
    grouped = f" GROUP BY {groups[:-2]}" if by else ""
    return f"SELECT {groups}{sums} FROM ({by_person}) d{grouped}"


def _sums(kind: str) -> str:
    m = f"CAST(m_{kind} AS DOUBLE)"
    return (
        f"SUM(m_{kind}), SUM(CASE WHEN m_{kind} > 0 THEN 1 ELSE 0 END), "
        f"SUM({m} * {m}), "
        f"SUM(s_{kind}), SUM(q_{kind}), SUM(s_{kind} * s_{kind}), SUM(s_{kind} * {m}), "
        f"SUM(t_{kind}), SUM(u_{kind}), SUM(t_{kind} * t_{kind}), SUM(t_{kind} * {m})"
    )


def _rows(
    people: str, dialect: Dialect, rules: EffortRules, by: tuple[str, ...], where: Filters
) -> str:
    """The interactions that matter, and what each of them is (1 or 0)."""
    ended = f"(outcome IS NOT NULL AND outcome IN ({_FAILED}, {_GAVE_UP}))"
    met = (
        "(c = 1 OR h = 1) AND (agent IS NOT NULL OR team IS NOT NULL) "
        f"AND ((c = 1 AND agent IS NOT NULL) OR NOT {ended})"
    )
    return (
        f"SELECT a.*, c + h AS e, {_flag(met, 'met')}, "
        f"{_flag(f'h = 1 AND {ended}', 'missed')}, "
        f"{_flag(f'c = 1 AND NOT ({_is_gone()})', 'answered')}, "
        f"{_flag('(c = 1 OR h = 1 OR m = 1 OR k = 1) AND channel IS NOT NULL', 'd')}, "
        "CASE WHEN agent IS NULL THEN team END AS team_alone "
        f"FROM ({_read(people, dialect, rules, by, where)}) a "
        "WHERE c = 1 OR h = 1 OR k = 1 OR m = 1 OR step IS NOT NULL"
    )


def _read(
    people: str, dialect: Dialect, rules: EffortRules, by: tuple[str, ...], where: Filters
) -> str:
    """The columns read, and the natures that a row alone tells."""
    natures = _natures(rules).items()
    told = ", ".join(_flag(dialect.holds(held), name) for name, held in natures)
    columns = ("case_id", "motive", "step", "agent", "team", "outcome", "channel")
    read = ", ".join(f"{dialect.column(name)} AS {name}" for name in columns)
    numbers = ", ".join(
        f"CAST({dialect.column(name)} AS DOUBLE) AS {name}" for name in ("wait_s", "duration_s")
    )
    groups = "".join(f"{dialect.dimension(d)} AS g{i}, " for i, d in enumerate(by))
    until = "" if rules.until_us is None else f" WHERE r.ts_us < {int(rules.until_us)}"
    return (
        f"SELECT {groups}person, r.ts_us, r.id_hi, r.id_lo, {read}, {numbers}, {told}, "
        f"{_flag(dialect.passes(where), 'kept')} FROM ({people}) r{until}"
    )


def _natures(rules: EffortRules) -> dict[str, tuple[Condition, ...]]:
    """c: contact, h: handover, k: of a contact's kind whoever began, m: menu."""
    contact = Condition("kind", Check.IN, rules.contact_kinds)
    theirs = Condition("direction", Check.NOT_IN, OURS)
    no_bot = Condition("channel", Check.NOT_IN, rules.bot_channels)
    handover = Condition("kind", Check.IN, (Kind.HANDOVER.value,))
    return {
        "c": (contact, theirs, no_bot),
        "h": (handover, Condition("kind", Check.NOT_IN, rules.contact_kinds), no_bot),
        "k": (contact,),
        "m": (Condition("menus", Check.AT_LEAST, (1.0,)), theirs),
        "ours": (Condition("direction", Check.IN, OURS),),
        "bot": (Condition("channel", Check.IN, rules.bot_channels),),
        "written": (Condition("channel", Check.IN, WRITTEN),),
    }


def _is_gone() -> str:
    return f"outcome IS NOT NULL AND outcome = {_GAVE_UP} AND agent IS NULL"


def _cases(rows: str, rules: EffortRules) -> str:
    """The case of every row."""
    over = f"OVER (PARTITION BY person, case_id, motive ORDER BY {order()}"
    fresh = (
        "CASE WHEN case_id IS NULL AND motive IS NOT NULL "
        f"AND ts_us - LAG(ts_us) {over}) <= {int(rules.repeat_us)} THEN 0 ELSE 1 END AS fresh"
    )
    alone = "CASE WHEN case_id IS NULL AND motive IS NULL THEN"
    handed = f"b.*, {int(rules.handed_us)} AS handed_us, {int(rules.repeat_us)} AS repeat_us"
    return (
        f"SELECT {handed}, CASE WHEN case_id IS NULL THEN motive END AS by_motive, "
        "CASE WHEN case_id IS NULL AND motive IS NOT NULL "
        f"THEN SUM(fresh) {over} {_SO_FAR}) END AS stretch, "
        f"{alone} id_hi END AS alone_hi, {alone} id_lo END AS alone_lo "
        f"FROM (SELECT f.*, {fresh} FROM ({rows}) f) b"
    )


def _before(rows: str) -> str:
    """What came before and after each row in its case."""
    later = f"ORDER BY {order()}"
    done = f"CASE WHEN outcome IS NOT NULL AND outcome = {_GAVE_UP} THEN 0 ELSE 1 END"
    turns = {
        "episode": f"SUM(e) OVER (PARTITION BY {_CASE} {later} {_SO_FAR})",
        "last_end": f"LAG(outcome) OVER (PARTITION BY {_CASE}, e {later})",
        "last_us": f"LAG(ts_us) OVER (PARTITION BY {_CASE}, e {later})",
        "next_h": f"LEAD(h) OVER (PARTITION BY {_CASE}, e {later})",
        "channel_end": f"LAG(outcome) OVER (PARTITION BY {_CASE}, d {later})",
        "channel_before": f"LAG(channel) OVER (PARTITION BY {_CASE}, d {later})",
        "menu_turn": f"ROW_NUMBER() OVER (PARTITION BY {_CASE}, m {later})",
        "told_turn": "ROW_NUMBER() OVER "
        f"(PARTITION BY {_CASE}, met, motive, agent, team_alone {later})",
        "heard_turn": f"ROW_NUMBER() OVER (PARTITION BY {_CASE}, met, motive {later})",
        "answered_us": "MAX(CASE WHEN answered = 1 THEN ts_us END) "
        f"OVER (PARTITION BY person, motive {later} {_BEFORE})",
        "done": f"SUM({done}) OVER (PARTITION BY {_CASE}, step {later} {_BEFORE})",
        "met_so_far": f"SUM(met) OVER (PARTITION BY {_CASE}, team {later} {_SO_FAR})",
        "met_in_all": f"SUM(met) OVER (PARTITION BY {_CASE}, team)",
    }
    told = ", ".join(f"{text} AS {name}" for name, text in turns.items())
    return f"SELECT c1.*, {told} FROM ({rows}) c1"


def _turns(rows: str) -> str:
    """What needs the number of the episode, and whether a contact was passed on in time."""
    later = f"ORDER BY {order()}"
    asked = f"(PARTITION BY {_CASE}, step, episode, agent, team_alone {later})"
    missed = f"(PARTITION BY {_CASE}, team, missed, met_so_far {later})"
    handed = (
        f"last_end IS NOT NULL AND last_end = {_PASSED} AND ts_us - last_us <= handed_us"
    )  # fmt: skip
    passed = "c = 1 AND met = 1 AND outcome IS NOT NULL AND COALESCE(next_h, 0) = 0"
    return (
        f"SELECT c2.*, ROW_NUMBER() OVER {asked} AS asked_turn, "
        f"ROW_NUMBER() OVER {missed} AS missed_turn, {_flag(handed, 'handed')}, "
        f"{_flag(f'{passed} AND outcome IN ({_PASSED}, {_FAILED})', 'passed')}, "
        f"{_flag(f'{passed} AND outcome = {_FAILED}', 'dropped')} FROM ({rows}) c2"
    )


def _marks(rows: str) -> str:
    """Every mark, 1 or 0."""
    changed = (
        "d = 1 AND channel_before IS NOT NULL AND channel <> channel_before"
    )  # fmt: skip
    moved = f"(ours = 1 OR h = 1 OR (channel_end IS NOT NULL AND channel_end = {_PASSED}))"
    marks = {
        Mark.RETOLD: "c = 1 AND met = 1 AND told_turn = 1 AND heard_turn > 1 AND handed = 0",
        Mark.REDONE: "step IS NOT NULL AND asked_turn = 1 AND COALESCE(done, 0) > 0",
        Mark.SWITCHED: f"{changed} AND NOT {moved}",
        Mark.MOVED: f"{changed} AND {moved}",
        Mark.TRANSFERRED: "h = 1 OR passed = 1",
        Mark.TRANSFER_FAILED: "missed = 1 OR dropped = 1",
        Mark.ABANDONED: "(c = 1 OR h = 1 OR m = 1) AND bot = 0 "
        f"AND outcome IS NOT NULL AND outcome = {_GAVE_UP}",
        Mark.MENU_AGAIN: "m = 1 AND menu_turn > 1",
        Mark.NEVER_REACHED: "(missed = 1 AND missed_turn = 1 AND met_so_far = met_in_all) "
        "OR dropped = 1",
        Mark.REPEAT: "c = 1 AND motive IS NOT NULL AND answered_us IS NOT NULL "
        "AND ts_us - answered_us <= repeat_us AND handed = 0",
    }
    told = ", ".join(_flag(text, f"n_{mark.value}") for mark, text in marks.items())
    return f"SELECT c3.*, {told} FROM ({rows}) c3"


def _seconds(rows: str, rules: EffortRules, groups: str) -> str:
    """The seconds of every loss: telling and doing again first, a repeat is what is left."""
    tell, do = number_literal(rules.retell_s), number_literal(rules.redo_s)
    over = f"OVER (PARTITION BY {_CASE}, episode)"
    heads = (
        f"SELECT c4.*, SUM(n_redone) {over} AS steps, "
        f"MAX(CASE WHEN e = 1 THEN duration_s END) {over} AS talk, "
        f"MAX(CASE WHEN e = 1 THEN n_retold ELSE 0 END) {over} AS told FROM ({rows}) c4"
    )
    share = (
        f"CASE WHEN talk IS NULL THEN {do} WHEN steps > 0 THEN "
        f"LEAST({do}, (talk - told * LEAST({tell}, talk)) / CAST(steps AS DOUBLE)) "
        f"ELSE {number_literal(0.0)} END"
    )
    parts = (
        f"SELECT c5.*, {share} AS share, "
        f"n_retold * COALESCE(LEAST({tell}, duration_s), {tell}) AS y_retold FROM ({heads}) c5"
    )
    wait = "(1 - written) * COALESCE(wait_s, 0)"
    rest = "COALESCE(duration_s - y_retold - steps * share, 0)"
    made = {
        "y_redone": "n_redone * share",
        "p_repeat": f"n_repeat * {rest}",
        "p_transfer_failed": "n_transfer_failed * h * COALESCE(duration_s, 0)",
        "y_repeat": f"n_repeat * ({rest} + {wait})",
        "y_transfer_failed": f"n_transfer_failed * h * (COALESCE(duration_s, 0) + {wait})",
        "y_menu_again": "n_menu_again * (1 - e) * COALESCE(duration_s, 0)",
    }
    told = ", ".join(f"{text} AS {name}" for name, text in made.items())
    return _summed(f"SELECT c6.*, {told} FROM ({parts}) c6", groups)


def _summed(rows: str, groups: str) -> str:
    """Seconds for every kind, and for all of them together."""
    zero = number_literal(0.0)
    spent = {mark.value: zero for mark in BITS} | {
        "retold": "y_retold",
        "redone": "y_redone",
        "repeat": "y_repeat",
        "transfer_failed": "y_transfer_failed",
        "menu_again": "y_menu_again",
    }
    paid = {**spent, "repeat": "p_repeat", "transfer_failed": "p_transfer_failed"}
    paid["menu_again"] = zero
    any_loss = " OR ".join(f"n_{mark.value} = 1" for mark in LOSSES)
    spent[ALL] = " + ".join(spent[mark.value] for mark in LOSSES)
    paid[ALL] = " + ".join(paid[mark.value] for mark in LOSSES)
    told = ", ".join(
        f"n_{kind}, {spent[kind]} AS y_{kind}, {paid[kind]} AS p_{kind}"
        for kind in (mark.value for mark in BITS)
    )
    total = f"{_flag(any_loss, f'n_{ALL}')}, {spent[ALL]} AS y_{ALL}, {paid[ALL]} AS p_{ALL}"
    return f"SELECT {groups}person, kept, {told}, {total} FROM ({rows}) c7"


def _flag(text: str, name: str) -> str:
    return f"CASE WHEN {text} THEN 1 ELSE 0 END AS {name}"
