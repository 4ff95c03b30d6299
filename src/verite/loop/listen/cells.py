"""SQL of a sheet's cells by field: trimmed text, null when blank, values replaced as mapped."""

from __future__ import annotations

from typing import Final

from verite.loop.listen.identities import aliases_sql, identity_sql
from verite.loop.listen.mapping import NUMBER_FIELDS, TIME_FIELDS
from verite.loop.listen.plan import Laid, LaidBranch, Plan
from verite.loop.listen.sql import literal
from verite.text.contacts import tidy_sql
from verite.text.mask import mask_sql
from verite.words.columns import SEGMENT_PREFIX

PLAIN: Final = ("touchpoint", "case_id", "agent", "team", "site")
MASKED: Final = ("motive", "step", "text")
CLOSED: Final = ("kind", "direction", "outcome", "polarity")
TEXTS: Final = (*PLAIN, *MASKED, *CLOSED, "channel", "metric", "language", "currency")
# Scales that a mapping's constant metric brings with it.
KNOWN_SCALES: Final[dict[str, tuple[float, float]]] = {
    "nps": (0, 10),
    "csat": (1, 5),
    "ces": (1, 7),
}


def cells_sql(branch: LaidBranch, plan: Plan, table: str, country: str) -> str:
    """A SELECT of one row per row of the sheet for which the branch holds."""
    texts = texts_of(branch, plan)
    given_id = _given_id(branch, texts)
    made = _made_id(branch, plan)
    parts = [
        "rowid AS row",
        f"CASE WHEN {given_id} IS NULL THEN {made} ELSE {given_id} END AS message_id",
        f"{given_id} IS NULL AS id_made",
        f"{identity_sql(branch.get('identity'), texts.get('identity', 'NULL'))} AS who",
        f"{aliases_sql(texts.get('aliases'), country)} AS aliases",
        *(
            f"{texts[name]}::VARCHAR AS {name}_text"
            for name in (*TEXTS, *NUMBER_FIELDS, *TIME_FIELDS)
            if name in texts
        ),
        *(f"lower({texts[name]}) AS {name}_low" for name in (*CLOSED, "channel") if name in texts),
        f"{_properties(texts)} AS properties",
        *(_segment(key, texts) for key in plan.segments),
    ]
    where = "" if branch.when is None else f" WHERE c{branch.when} IS NOT NULL"
    tidy = f"SELECT * REPLACE ({tidy_sql('who', country)} AS who)"
    return f"{tidy} FROM (SELECT {', '.join(parts)} FROM {table}{where})"


def _given_id(branch: LaidBranch, texts: dict[str, str]) -> str:
    """SQL of the id as given; a prefix tells apart what several branches make of one row."""
    laid = branch.get("message_id")
    if laid is None:
        return "NULL"
    prefix = laid.filling.prefix
    return f"{literal(prefix + ':')} || {texts['message_id']}" if prefix else texts["message_id"]


def _made_id(branch: LaidBranch, plan: Plan) -> str:
    """SQL of an id made from what a row says, whatever the order of its columns."""
    said = ", ".join(
        f"{literal(name + '=')} || c{index}"
        for name, index in sorted((name, index) for index, name in enumerate(plan.columns))
    )
    return f"'row:' || md5(concat_ws('\x1f', {said}, {literal(branch.name)}))"


def texts_of(branch: LaidBranch, plan: Plan) -> dict[str, str]:
    """SQL of the text of each field that the branch fills, known scales included."""
    texts = {name: cell_sql(laid) for name, laid in branch.fields}
    return _known_scale(branch, plan, texts)


def cell_sql(laid: Laid) -> str:
    """The cell of a filling as text; cells of a sheet are trimmed, null when blank."""
    if laid.place is None:
        return literal(laid.filling.constant)
    cell = f"c{laid.place}"
    if not laid.filling.values:
        return cell
    cases = " ".join(f"WHEN {literal(a.lower())} THEN {literal(b)}" for a, b in laid.filling.values)
    return f"nullif(CASE lower({cell}) {cases} ELSE {cell} END, '')"


def _known_scale(branch: LaidBranch, plan: Plan, texts: dict[str, str]) -> dict[str, str]:
    metric = branch.get("metric")
    constant = metric.filling.constant if metric else None
    scale = KNOWN_SCALES.get((constant or "").lower())
    if not plan.given or scale is None or "scale_min" in texts or "scale_max" in texts:
        return texts
    return {**texts, "scale_min": f"'{scale[0]:g}'", "scale_max": f"'{scale[1]:g}'"}


def _segment(key: str, texts: dict[str, str]) -> str:
    text = texts.get(f"segment.{key}")
    return f"{mask_sql(text) if text else 'NULL::VARCHAR'} AS {SEGMENT_PREFIX}{key}"


def _properties(texts: dict[str, str]) -> str:
    """A JSON object of the extras that are there, masked; null when none is."""
    extras = {name[11:]: text for name, text in texts.items() if name.startswith("properties.")}
    if not extras:
        return "NULL::VARCHAR"
    pairs = ", ".join(
        f"CASE WHEN {text} IS NOT NULL THEN to_json({literal(key)})::VARCHAR || ':' ||"
        f" to_json({mask_sql(text)})::VARCHAR END"
        for key, text in sorted(extras.items())
    )
    return f"nullif('{{' || concat_ws(',', {pairs}) || '}}', '{{}}')"
