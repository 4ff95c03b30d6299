"""Numbers as people write them, to DOUBLE: SQL over one text column."""

from __future__ import annotations


def number_sql(text: str, decimal: str) -> str:
    """A number with this decimal mark; the other mark may group thousands. Null when it is none."""
    other = "." if decimal == "," else ","
    grouped = rf"^[+-]?\d{{1,3}}([{other}  ]\d{{3}})+([{decimal}]\d+)?$"
    plain = f"replace(regexp_replace({text}, '[{other}  ]', '', 'g'), '{decimal}', '.')"
    pointed = text if decimal == "." else f"replace({text}, ',', '.')"
    double = (
        f"CASE WHEN regexp_matches({text}, '{grouped}') THEN try_cast({plain} AS DOUBLE)"
        f" ELSE try_cast({pointed} AS DOUBLE) END"
    )
    if decimal == ".":
        simple = f"try_cast({text} AS DOUBLE)"
        double = f"coalesce({simple}, {double})"
    return f"CASE WHEN isfinite({double}) THEN {double} END"


def seconds_sql(text: str, decimal: str) -> str:
    """Seconds: a number, or h:mm:ss."""
    clock = r"^(\d{1,4}):([0-5]?\d):([0-5]?\d)$"
    part = [f"try_cast(regexp_extract({text}, '{clock}', {i}) AS DOUBLE)" for i in (1, 2, 3)]
    clocked = f"{part[0]} * 3600 + {part[1]} * 60 + {part[2]}"
    return (
        f"CASE WHEN regexp_matches({text}, '{clock}') THEN {clocked}"
        f" ELSE {number_sql(text, decimal)} END"
    )


def absent_sql(text: str) -> str:
    """Whether a cell says that there is no number."""
    return f"lower({text}) IN ('-', 'na', 'n/a', 'nan', 'null', 'none', '\\n')"
