"""Rows of the law of identical experience: the contract's document, and one line per cell."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, estimate_keys, table
from verite.words.feeling import Bounded
from verite.words.identical import Cell, Contrast, Identical, IndexCheck, LevelUp, Share, Times
from verite.words.promises import PromiseKept


@document.register
def _identical(result: Identical) -> dict[str, Json]:
    index = estimate_keys(result.index)
    return {
        "index": index["value"],
        "low": index["low"],
        "high": index["high"],
        "level": index["level"],
        "n": result.n,
        "people": result.people,
        "status": index["status"],
        "method": index["method"],
        "metric": result.metric,
        "nps_kind": result.nps_kind,
        "scale": {"min": result.lowest, "max": result.highest},
        "delta": result.delta,
        "sigma_between": _plain(result.sigma_between.value),
        "sigma_low": _plain(result.sigma_between.low),
        "sigma_high": _plain(result.sigma_between.high),
        "gap": _plain(result.gap.value),
        "gap_low": _plain(result.gap.low),
        "gap_high": _plain(result.gap.high),
        "noise": _plain(result.noise),
        "mean": estimate_keys(result.mean),
        "shares": [_share(one) for one in result.shares],
        "small": list(result.small),
        "left_out": [{"dimension": name, "reason": why} for name, why in result.left_out],
        "contrasts": [_contrast(one) for one in result.contrasts],
        "cells": [_cell(one) for one in result.cells],
        "map": {"rows": result.map_rows, "cells": [_square(one) for one in result.map_cells]},
        "target": _plain(result.target),
        "on_target_share": _plain(result.on_target_share),
        "on_target_possible": _plain(result.on_target_possible),
        "judged": result.judged,
        "level_up": None if result.level_up is None else _level_up(result.level_up),
        "times": None if result.times is None else _times(result.times),
        "check": None if result.check is None else _check(result.check),
        "adjusted_for": list(result.adjusted_for),
        "promise": [_promise(one) for one in result.promises],
        **about_keys(result.about),
    }


@table.register
def _identical_table(result: Identical) -> list[Row]:
    """One line per value of a dimension, then per square of the map."""
    return [_cell(one) for one in (*result.cells, *result.map_cells)]


def _share(one: Share) -> Json:
    return {
        "dimension": one.dimension,
        **_bounded("share", one.share),
        "units": one.units,
        "deviation": _plain(one.deviation.value),
    }


def _contrast(one: Contrast) -> Json:
    return {
        "dimension": one.dimension,
        "first": one.first,
        "second": one.second,
        **estimate_keys(one.difference),
        "verdict": one.alike.value if one.alike else None,
    }


def _cell(one: Cell) -> dict[str, Json]:
    """The contract's keys; a square of the map bears both its dimensions."""
    return {
        "dimension": ",".join(label.dimension for label in one.by),
        "value": ",".join(label.value for label in one.by),
        **_told(one),
    }


def _square(one: Cell) -> dict[str, Json]:
    return {**{label.dimension: label.value for label in one.by}, **_told(one)}


def _told(one: Cell) -> dict[str, Json]:
    effect = estimate_keys(one.effect)
    return {
        "effect": effect["value"],
        "low": effect["low"],
        "high": effect["high"],
        "level": effect["level"],
        "n": effect["n"],
        "people": effect["people"],
        "status": effect["status"],
        "expected": _plain(one.level),
        "verdict": one.alike.value if one.alike else None,
        "target": _plain(one.target),
        "on_target": one.on_target,
    }


def _times(one: Times) -> Json:
    return {**_bounded("sd_log", one.deviation), **_bounded("p90_p50", one.tail), "open": one.open}


def _check(one: IndexCheck) -> Json:
    return {
        "worse": _plain(one.worse),
        "better": _plain(one.better),
        "draws": one.draws,
        "agrees": one.agrees,
    }


def _level_up(one: LevelUp) -> Json:
    return {
        "raised": one.raised,
        "mean_now": _plain(one.mean_now),
        "mean": _plain(one.mean),
        "mean_low": _plain(one.mean_low),
        "mean_high": _plain(one.mean_high),
        **_bounded("index_now", one.index_now),
        **_bounded("index", one.index),
    }


def _promise(one: PromiseKept) -> Json:
    return {
        "key": one.promise.key,
        "fr": one.promise.fr,
        "en": one.promise.en,
        "target": one.promise.target,
        **estimate_keys(one.whole),
        "standing": one.standing.value if one.standing else None,
        "drifts": one.alarm is not None,
        "lack": one.lack,
    }


def _bounded(name: str, found: Bounded) -> dict[str, Json]:
    return {
        name: _plain(found.value),
        f"{name}_low": _plain(found.low),
        f"{name}_high": _plain(found.high),
    }


def _plain(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.10g}")
