"""What makes a row no interaction: the first reason that holds, and what stood there."""

from __future__ import annotations

from typing import Final

FIRST_US: Final = -2_208_988_800_000_000  # 1900
LAST_US: Final = 4_102_444_799_999_999  # 2099
# Reason code → (condition over the read fields, what to quote). In this order.
REASONS: Final[tuple[tuple[str, str, str], ...]] = (
    ("missing_time", "at_text IS NULL", "NULL"),
    ("time_in_clock_gap", "ts_us IS NULL AND at_local IS NOT NULL", "at_text"),
    ("bad_time", f"ts_us IS NULL OR NOT ts_us BETWEEN {FIRST_US} AND {LAST_US}", "at_text"),
    ("bad_end_time", "end_text IS NOT NULL AND end_us IS NULL", "end_text"),
    ("ends_before_start", "end_us < ts_us", "end_text"),
    ("bad_number", "bad_number IS NOT NULL", "bad_number"),
    ("unknown_kind", "kind IS NULL", "kind_text"),
    ("unknown_direction", "direction IS NULL AND direction_text IS NOT NULL", "direction_text"),
    ("unknown_outcome", "outcome IS NULL AND outcome_text IS NOT NULL", "outcome_text"),
    ("unknown_polarity", "score IS NOT NULL AND polarity IS NULL", "polarity_text"),
    (
        "score_without_scale",
        "score IS NOT NULL AND (scale_min IS NULL OR scale_max IS NULL)",
        "coalesce(metric, 'score') || ' = ' || score",
    ),
    ("score_without_metric", "score IS NOT NULL AND metric IS NULL", "score::VARCHAR"),
    (
        "scale_order",
        "score IS NOT NULL AND scale_min >= scale_max",
        "scale_min || '–' || scale_max",
    ),
    (
        "score_outside_scale",
        "score IS NOT NULL AND NOT (score BETWEEN scale_min AND scale_max)",
        "metric || ' = ' || score || ', ' || scale_min || '–' || scale_max",
    ),
    ("below_zero", "wait_s < 0 OR duration_s < 0 OR menus < 0", "NULL"),
)  # fmt: skip
DETAIL_AT_MOST = 200

REASON_SQL: Final = (
    "CASE " + " ".join(f"WHEN {holds} THEN '{code}'" for code, holds, _ in REASONS) + " END"
)


def detail_sql() -> str:
    """SQL of what stood there, by reason."""
    cases = " ".join(f"WHEN '{code}' THEN {quoted}" for code, _, quoted in REASONS)
    return f"CASE WHEN reason IS NOT NULL THEN left(CASE reason {cases} END, {DETAIL_AT_MOST}) END"
