"""Times as people write them, to microseconds: SQL over one text column."""

from __future__ import annotations

from verite.loop.listen.sql import literal, open_desk
from verite.words.errors import BadInput

ZONED = (
    r"^\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)? ?(Z|z|UTC|[+-]\d{2}(:?\d{2})?)$"
)
LOCAL = r"^\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?)?$"
USUAL = "____-__-__T__:__:__Z"  # 2025-01-31T08:30:00Z, spared the patterns
EPOCH = r"^-?\d{9,19}(\.\d+)?$"
COMPACT = r"^(19|20)\d{6}(\d{4}(\d{2})?)?$"
SLASHED = r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})"
WORDED = r"^\d{1,2}(er)? \pL+\.? \d{4}"
MONTHS = (
    "janv|jan", "fevr|fev|feb", "mars|mar", "avr|apr", "mai|may", "juin|jun",
    "juil|jul", "aout|aug", "sept|sep", "oct", "nov", "dec",
)  # fmt: skip
EPOCHS = ("epoch_s", "epoch_ms", "epoch_us")


def check_format(form: str | None) -> None:
    """Refuses a format whose directives the engine does not know."""
    import duckdb

    if form is None or form in EPOCHS:
        return
    try:
        if form.startswith("epoch_"):
            raise duckdb.Error(form)
        with open_desk() as desk:
            desk.execute("SELECT try_strptime('', ?)", [form]).fetchall()
    except duckdb.Error as error:
        raise BadInput("bad_format", fields={"format": form}) from error


def instant_sql(text: str, form: str | None) -> str:
    """SQL of the instant (µs, UTC) of a time that says its zone or is an epoch; else null."""
    if form in EPOCHS:
        factor = {"epoch_s": 1_000_000, "epoch_ms": 1_000, "epoch_us": 1}[form]
        return f"try_cast(round(try_cast({text} AS DOUBLE) * {factor}) AS BIGINT)"
    if form is not None:
        aware = "%z" in form or "%Z" in form
        return f"epoch_us(try_strptime({text}, {literal(form)}))" if aware else "NULL::BIGINT"
    number = f"try_cast({text} AS DOUBLE)"
    whole = f"try_cast({text} AS BIGINT)"
    epoch = (
        f"CASE WHEN abs({number}) < 1e11 THEN CAST(round({number} * 1e6) AS BIGINT)"
        f" WHEN abs({number}) < 1e14"
        f" THEN coalesce({whole} * 1000, CAST(round({number} * 1e3) AS BIGINT))"
        f" WHEN abs({number}) < 1e17 THEN coalesce({whole}, CAST(round({number}) AS BIGINT))"
        f" ELSE {whole} // 1000 END"
    )
    tidy = f"replace(replace(regexp_replace({text}, ' ?(UTC|z|Z)$', 'Z'), ' +', '+'), ',', '.')"
    zoned = f"epoch_us(try_cast({tidy} AS TIMESTAMPTZ))"
    return (
        f"CASE WHEN {text} LIKE '{USUAL}' THEN epoch_us(try_cast({text} AS TIMESTAMP))"
        f" WHEN {_may_be_zoned(text)} AND regexp_matches({text}, '{ZONED}') THEN {zoned}"
        f" WHEN NOT contains({text}, ':') AND regexp_matches({text}, '{EPOCH}')"
        f" AND NOT regexp_matches({text}, '{COMPACT}') THEN {epoch} END"
    )


def _may_be_zoned(text: str) -> str:
    """A cheap look before the pattern: most times of a file have no zone."""
    return f"({text}[-1] IN ('Z', 'z', 'C') OR contains({text}, '+') OR contains({text}[12:], '-'))"


def local_sql(text: str, form: str | None, *, day_first: bool) -> str:
    """SQL of the local time (µs as if UTC) of a time that does not say its zone; else null."""
    if form is not None:
        aware = form.startswith("epoch_") or "%z" in form or "%Z" in form
        return "NULL::BIGINT" if aware else f"epoch_us(try_strptime({text}, {literal(form)}))"
    iso = f"try_cast(replace({text}, ',', '.') AS TIMESTAMP)"
    return (
        f"epoch_us(CASE WHEN regexp_matches({text}, '{LOCAL}') THEN {iso}"
        f" WHEN regexp_matches({text}, '{SLASHED}') THEN {_slashed(text, day_first=day_first)}"
        f" WHEN regexp_matches({text}, '{COMPACT}') THEN {_compact(text)}"
        f" WHEN regexp_matches({text}, '{WORDED}') THEN {_worded(text)} END)"
    )


def _slashed(text: str, *, day_first: bool) -> str:
    """11/04/2018, 11.04.18 20:09, 11-04-2018 à 20h09, 4/11/2018 8:09 PM."""
    day, month = (r"\1", r"\2") if day_first else (r"\2", r"\1")
    date = f"regexp_extract({text}, '{SLASHED}', 0)"
    year = f"CASE WHEN length(regexp_extract({text}, '{SLASHED}', 3)) = 2 THEN '20' ELSE '' END"
    iso = f"{year} || regexp_replace({date}, '{SLASHED}', '\\3-{month}-{day}')"
    return _with_clock(iso, f"substr({text}, length({date}) + 1)")


def _worded(text: str) -> str:
    """26 février 2021, 1er mars 2020 à 9h05, 3 April 2019 10:00."""
    plain = f"strip_accents(lower({text}))"
    shape = r"^(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})"
    word = f"regexp_extract({plain}, '{shape}', 2)"
    month = " ".join(
        f"WHEN regexp_matches({word}, '^({names})') THEN '{number}'"
        for number, names in enumerate(MONTHS, start=1)
    )
    date = f"regexp_extract({plain}, '{shape}', 0)"
    iso = (
        f"regexp_extract({plain}, '{shape}', 3) || '-' || CASE {month} END || '-' ||"
        f" regexp_extract({plain}, '{shape}', 1)"
    )
    return _with_clock(iso, f"substr({plain}, length({date}) + 1)")


def _compact(text: str) -> str:
    return (
        f"CASE length({text}) WHEN 8 THEN try_strptime({text}, '%Y%m%d')"
        f" WHEN 12 THEN try_strptime({text}, '%Y%m%d%H%M')"
        f" ELSE try_strptime({text}, '%Y%m%d%H%M%S') END"
    )


def _with_clock(iso_date: str, rest: str) -> str:
    """The date plus what follows it; null when what follows is no time of day."""
    clock = r"^[ ,T]*(?:(?:à|a|at) )?(\d{1,2})[:hH](\d{2})(?::(\d{2})([.,]\d+)?)?( ?[AaPp][Mm])?$"
    hour = f"try_cast(regexp_extract({rest}, '{clock}', 1) AS INTEGER)"
    half = f"lower(trim(regexp_extract({rest}, '{clock}', 5)))"
    hours = (
        f"CASE {half} WHEN 'am' THEN {hour} % 12 WHEN 'pm' THEN {hour} % 12 + 12 ELSE {hour} END"
    )
    minutes = f"regexp_extract({rest}, '{clock}', 2)"
    seconds = f"coalesce(nullif(regexp_extract({rest}, '{clock}', 3), ''), '00')"
    whole = f"{iso_date} || ' ' || {hours} || ':' || {minutes} || ':' || {seconds}"
    return (
        f"CASE WHEN trim({rest}) = '' THEN try_cast({iso_date} AS TIMESTAMP)"
        f" WHEN regexp_matches({rest}, '{clock}') THEN try_cast({whole} AS TIMESTAMP) END"
    )
