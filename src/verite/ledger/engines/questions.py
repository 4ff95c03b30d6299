"""The questions as portable SQL texts over `interactions` and `people`.

These texts are the definition of each question; the kernels are held equal to them.
"""

from __future__ import annotations

from verite.ledger.engines.portable import Dialect, order, text_literal
from verite.ledger.port import Need, Repeat, Walk
from verite.ledger.timeline.cases import gap_of
from verite.words.asked import Filters
from verite.words.columns import dimension_column

SEPARATOR = "\x1f"
PEOPLE = (
    "SELECT i.*, COALESCE(p.person, i.identity_key) AS person "
    "FROM interactions i LEFT JOIN people p ON p.identity_key = i.identity_key"
)


def readings(dialect: Dialect, need: Need, by: tuple[str, ...], where: Filters) -> str:
    """One row per interaction that counts: its group, its person, its y."""
    return (
        f"SELECT {_groups(dialect, by)}person, {dialect.reading(need)} AS y FROM ({PEOPLE}) r "
        f"WHERE {dialect.holds(need.where)} AND {dialect.passes(where)}"
    )


def tallies(inner: str, dimensions: int) -> str:
    """Counts per group, from one row per interaction: group, person, y."""
    groups = "".join(f"g{i}, " for i in range(dimensions))
    there = "".join(f" AND g{i} IS NOT NULL" for i in range(dimensions))
    grouped = f" GROUP BY {groups[:-2]}" if dimensions else ""
    people = (
        f"SELECT {groups}person, COUNT(*) AS m, SUM(y) AS s, SUM(y * y) AS q "
        f"FROM ({inner}) c WHERE y IS NOT NULL{there} GROUP BY {groups}person"
    )
    m = "CAST(m AS DOUBLE)"
    return (
        f"SELECT {groups}SUM(m) AS n, COUNT(*) AS people, SUM(s) AS sum_y, SUM(q) AS sum_yy, "
        f"SUM(s * s) AS sum_ss, SUM(s * {m}) AS sum_sm, SUM({m} * {m}) AS sum_mm "
        f"FROM ({people}) d{grouped}"
    )


def spread(inner: str, dimensions: int) -> str:
    """How often each y occurs per group."""
    groups = "".join(f"g{i}, " for i in range(dimensions))
    there = "".join(f" AND g{i} IS NOT NULL" for i in range(dimensions))
    return (
        f"SELECT {groups}y, COUNT(*) AS n FROM ({inner}) c WHERE y IS NOT NULL{there} "
        f"GROUP BY {groups}y"
    )


def walked(dialect: Dialect, walk: Walk) -> str:
    """Rows of every case: case_key, label, and what orders them."""
    gap = gap_of(walk.case)
    label = dialect.column(dimension_column(walk.column))
    if gap is not None:
        source, key = _sessions(gap), "r.session_key"
    elif walk.case == "person":
        source, key = PEOPLE, "r.person"
    else:
        source, key = "SELECT * FROM interactions", dialect.column("case_id")
    return (
        f"SELECT {key} AS case_key, {label} AS label, r.ts_us, r.id_hi, r.id_lo "
        f"FROM ({source}) r WHERE {key} IS NOT NULL AND {label} IS NOT NULL "
        f"AND {dialect.passes(walk.where)}"
    )


def flows(rows: str) -> str:
    """The directly-follows graph: its edges."""
    return (
        "SELECT source, target, COUNT(*) AS n, COUNT(DISTINCT case_key) AS cases, "
        f"{_GAPS} FROM ({_steps(rows)}) s WHERE target IS NOT NULL GROUP BY source, target"
    )


def flow_counts(rows: str) -> str:
    """Only how often each label follows each: the least that is a graph."""
    lead = f"LEAD(label) OVER (PARTITION BY case_key ORDER BY {order()})"
    return (
        "SELECT source, target, COUNT(*) AS n FROM "
        f"(SELECT label AS source, {lead} AS target FROM ({rows}) w) s "
        "WHERE target IS NOT NULL GROUP BY source, target"
    )


def stops(rows: str) -> str:
    """The nodes of the graph."""
    by_case = (
        "SELECT case_key, source, COUNT(*) AS n, "
        "SUM(CASE WHEN before IS NULL THEN 1 ELSE 0 END) AS starts, "
        "SUM(CASE WHEN target IS NULL THEN 1 ELSE 0 END) AS ends "
        f"FROM ({_steps(rows)}) s GROUP BY case_key, source"
    )
    return (
        "SELECT source, SUM(n) AS n, COUNT(*) AS cases, "
        "SUM(CASE WHEN n > 1 THEN 1 ELSE 0 END) AS rework, "
        f"SUM(starts) AS starts, SUM(ends) AS ends FROM ({by_case}) c GROUP BY source"
    )


def stays(rows: str) -> str:
    """The time from each label to the next one of the case."""
    return (
        f"SELECT source, {_GAPS} FROM ({_steps(rows)}) s WHERE target IS NOT NULL GROUP BY source"
    )


def paths(rows: str, joined: str) -> str:
    """The exact path of every case, as one string.

    `joined` is the engine's spelling of labels joined in order of place: the standard's LISTAGG …
    WITHIN GROUP (Spark), or STRING_AGG (DuckDB, which has no other). All else is one text.
    """
    place = f"ROW_NUMBER() OVER (PARTITION BY case_key ORDER BY {order()})"
    return (
        f"SELECT case_key, {joined} AS path "
        f"FROM (SELECT case_key, label, {place} AS place FROM ({rows}) w) n GROUP BY case_key"
    )


def variants(rows: str, joined: str, top: int) -> str:
    """The most frequent paths, with how many cases and paths there are in all."""
    counted = f"SELECT path, COUNT(*) AS n FROM ({paths(rows, joined)}) p GROUP BY path"
    return (
        "SELECT path, n, SUM(n) OVER () AS cases, COUNT(*) OVER () AS variants "
        f"FROM ({counted}) v ORDER BY n DESC, path LIMIT {int(top)}"
    )


def funnel(rows: str, steps: tuple[str, ...], within_us: int) -> str:
    """How many cases reached each step within the window after their first step."""
    first = f"CASE WHEN label = {text_literal(steps[0])} THEN ts_us END"
    text = f"SELECT w.*, {first} AS since0 FROM ({rows}) w"
    for i, step in enumerate(steps[1:], start=1):
        before = (
            f"MAX(since{i - 1}) OVER (PARTITION BY case_key ORDER BY {order()} "
            "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
        )
        text = (
            f"SELECT b.*, CASE WHEN label = {text_literal(step)} "
            f"AND ts_us - before{i} <= {int(within_us)} THEN before{i} END AS since{i} "
            f"FROM (SELECT a.*, {before} AS before{i} FROM ({text}) a) b"
        )
    reached = ", ".join(
        f"COUNT(DISTINCT CASE WHEN since{i} IS NOT NULL THEN case_key END) AS n{i}"
        for i in range(len(steps))
    )
    return f"SELECT {reached} FROM ({text}) f"


def repeats(dialect: Dialect, repeat: Repeat, by: tuple[str, ...], where: Filters) -> str:
    """One row per contact that counts: its group, its person, y = 1 when it was followed."""
    same = None if repeat.same is None else dialect.column(dimension_column(repeat.same))
    there = "" if same is None else f" AND {same} IS NOT NULL"
    parts = "r.person" if same is None else f"r.person, {same}"
    following = f"LEAD(r.ts_us) OVER (PARTITION BY {parts} ORDER BY {order()})"
    contacts = (
        f"SELECT r.*, {following} AS following_us FROM ({PEOPLE}) r "
        f"WHERE {dialect.holds(repeat.contact)}{there}"
    )
    until = "" if repeat.until_us is None else f" AND r.ts_us < {int(repeat.until_us)}"
    within = f"r.following_us - r.ts_us <= {int(repeat.within_us)}"
    return (
        f"SELECT {_groups(dialect, by)}person, "
        f"CAST(CASE WHEN {within} THEN 1 ELSE 0 END AS DOUBLE) AS y "
        f"FROM ({contacts}) r WHERE {dialect.passes(where)}{until}"
    )


_GAPS = (
    "SUM(CAST(gap_us AS DOUBLE)) AS sum_us, "
    "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY gap_us) AS median_us, "
    "PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY gap_us) AS p90_us"
)


def _groups(dialect: Dialect, by: tuple[str, ...]) -> str:
    return "".join(f"{dialect.dimension(d)} AS g{i}, " for i, d in enumerate(by))


def _steps(rows: str) -> str:
    over = f"OVER (PARTITION BY case_key ORDER BY {order()})"
    return (
        f"SELECT case_key, label AS source, LEAD(label) {over} AS target, "
        f"LAG(label) {over} AS before, LEAD(ts_us) {over} - ts_us AS gap_us FROM ({rows}) w"
    )


def _sessions(gap_us: int) -> str:
    over = f"OVER (PARTITION BY person ORDER BY {order()})"
    new = f"CASE WHEN ts_us - LAG(ts_us) {over} <= {gap_us} THEN 0 ELSE 1 END"
    number = f"SUM(new_session) OVER (PARTITION BY person ORDER BY {order()})"
    key = f"CAST(person AS STRING) || '-' || CAST({number} AS STRING)"
    return (
        f"SELECT n.*, {key} AS session_key "
        f"FROM (SELECT q.*, {new} AS new_session FROM ({PEOPLE}) q) n"
    )
