"""Coded columns of a crossed design, and their sums of products in one pass over the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from verite.stats.crossed.layers import Layers, layers_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
_NOISE = 1e-5  # of the answers' sum of squares
_ALIASED = 1e-9  # of a column's own length: less is left of it once the others are known


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A coded column: `codes` from 0 to `size` − 1, −1 = none."""

    name: str
    codes: Codes
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorbed:
    """People taken out at a given ratio: the variance of people over that of the noise.

    The products of the other columns are then those of rows freed of what people share; `met` are
    the answers of each unit of the largest factor and of each other column, as they were. That
    factor is turned so that its products among themselves are a diagonal: u = `turn` · what is
    estimated. `logs` is what people add to −2 log likelihood.
    """

    ratio: float
    logs: float
    met: tuple[Floats, Floats]
    turn: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What the restricted likelihood needs of the rows, whatever their number.

    The first factor stands apart: `counts` of its units, and a sparse line for each (`starts`,
    `places`, `values`): its products with the other columns. `dense` holds those of the other
    columns among themselves: the other random factors, then the fixed columns, then y (centred on
    `centre`). `order` tells which factor as given comes where: people first where they are told
    (`people`; then they count as given last), else the largest first.
    """

    n: int
    centre: float
    order: tuple[int, ...]
    counts: Floats
    starts: Ints
    places: Ints
    values: Floats
    dense: Floats
    blocks: tuple[slice, ...]  # of the other random factors in `dense`
    columns: tuple[tuple[int, int], ...]  # fixed columns kept: (fixed factor, code), (−1, 0) = 1
    dropped: tuple[tuple[int, int], ...] = ()
    relations: Floats = field(default_factory=lambda: np.zeros((0, 0)))  # dropped by kept
    layers: Layers | None = None
    people: bool = False
    absorbed: Absorbed | None = None

    @property
    def met(self) -> tuple[Floats, Floats]:
        """The answers of each unit of the first factor, and of each other column."""
        return self.absorbed.met if self.absorbed else (self.counts, self.dense[-2, :-1])

    @property
    def fixed(self) -> int:
        """How many fixed columns are kept."""
        return len(self.columns)

    @property
    def random(self) -> int:
        """Where the fixed columns begin in `dense`."""
        return self.blocks[-1].stop if self.blocks else 0

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units of each factor, in the order of the sums."""
        return (len(self.counts), *(block.stop - block.start for block in self.blocks))


def add_up(
    y: Floats, random: Sequence[Factor], fixed: Sequence[Factor], people: Factor | None = None
) -> Sums:
    """The sums of a design. The first code of each fixed factor is its reference; columns that
    others already tell are dropped. `people`: who answered, where people answer several times."""
    order = tuple(sorted(range(len(random)), key=lambda place: -random[place].size))
    if people is not None:
        order, random = (len(random), *order), (*random, people)
    big, rest = random[order[0]], [random[place] for place in order[1:]]
    starts = np.cumsum([0, *(factor.size for factor in rest), *(factor.size for factor in fixed)])
    wide = int(starts[-1])
    codes = np.empty((len(rest) + len(fixed), len(y)), np.int32)
    for line, factor in enumerate((*rest, *fixed)):
        codes[line] = np.where(factor.codes < 0, -1, factor.codes + starts[line])
    centre = float(y.mean()) if len(y) else 0.0
    rows = np.argsort(big.codes, kind="stable")
    dense = np.zeros((wide + 2, wide + 2))
    counts = np.zeros(big.size)
    lines = _add((rows, big.codes, codes), y - centre, counts, dense)
    dense += np.triu(dense, 1).T
    blocks = tuple(slice(int(starts[k]), int(starts[k + 1])) for k in range(len(rest)))
    return _kept(
        Sums(n=len(y), centre=centre, order=order, counts=counts, starts=lines[0],
             places=lines[1], values=lines[2], dense=dense, blocks=blocks, columns=(),
             people=people is not None),
        [(k, code) for k, factor in enumerate(fixed) for code in range(factor.size)],
    )  # fmt: skip


def steadied(sums: Sums) -> Sums:
    """The sums as if a thousandth of the answers' deviation were noise that nothing tells: where
    units tell the answers exactly, the ratios of variances would have no end."""
    dense = sums.dense.copy()
    dense[-1, -1] *= 1.0 + _NOISE
    return replace(sums, dense=dense)


def told_exactly(sums: Sums, squares: float) -> bool:
    """Whether hardly anything of the answers is left untold."""
    return squares < _NOISE * float(sums.dense[-1, -1])


def _kept(sums: Sums, named: list[tuple[int, int]]) -> Sums:
    """The sums without references and without fixed columns that others already tell."""
    first, last = sums.random, len(sums.dense) - 1  # y is the last, the constant before it
    asked = [last - 1, *(first + k for k, (_, code) in enumerate(named) if code > 0)]
    kept = _independent(sums.dense[np.ix_(asked, asked)])
    chosen = sorted(asked[k] for k in kept)  # so that places still ascend in a line
    columns = tuple((-1, 0) if place == last - 1 else named[place - first] for place in chosen)
    gone = [p for p in asked if p not in chosen and sums.dense[p, p] > 0]
    inner = sums.dense[np.ix_(chosen, chosen)]
    wanted = np.array([*range(first), *chosen, last])
    moved = np.full(last + 1, -1)
    moved[wanted] = np.arange(len(wanted))
    places = moved[sums.places]
    held = places >= 0
    ends = np.concatenate(([0], np.cumsum(held)))[sums.starts]
    lines = (ends, places[held], sums.values[held])
    return Sums(
        n=sums.n, centre=sums.centre, order=sums.order, counts=sums.counts, starts=ends,
        places=lines[1], values=lines[2], dense=sums.dense[np.ix_(wanted, wanted)],
        blocks=sums.blocks, columns=columns, dropped=tuple(named[place - first] for place in gone),
        relations=np.asarray(np.linalg.solve(inner, sums.dense[np.ix_(chosen, gone)]).T, float),
        layers=layers_of(lines, sums.counts, len(wanted)), people=sums.people,
    )  # fmt: skip


def _independent(products: Floats) -> list[int]:
    """Which columns, from the first on, are not sums of those before (Gram-Schmidt on X'X)."""
    left, kept = products.copy(), []
    for k in range(len(left)):
        if products[k, k] <= 0 or left[k, k] <= _ALIASED * products[k, k]:
            continue
        kept.append(k)
        left -= np.outer(left[:, k], left[k]) / left[k, k]
    return kept


def _add(
    coded: tuple[Ints, Codes, Codes], y: Floats, counts: Floats, dense: Floats
) -> tuple[Ints, Ints, Floats]:
    """Fills `counts` and the upper half of `dense`; gives the sparse lines."""
    rows, big, codes = coded
    starts = np.zeros(len(counts) + 1, np.int64)
    most = min(len(y) * (len(codes) + 2), len(counts) * len(dense))
    places, values = np.empty(most, np.int64), np.empty(most)
    used = _pass(rows, big, codes, y, (counts, dense, starts, places, values))
    return starts, places[:used].copy(), values[:used].copy()


@njit(nogil=True, cache=True)
def _pass(rows, big, codes, y, out):  # type: ignore[no-untyped-def]
    counts, dense, starts, places, values = out
    wide, lines, used = len(dense), len(codes), 0
    line, seen, touched = np.zeros(wide), np.zeros(wide, np.bool_), np.empty(wide, np.int64)
    here = np.empty(lines + 1, np.int64)
    at, many = 0, len(rows)
    while at < many and big[rows[at]] < 0:
        _products(rows[at], codes, y, here, dense)
        at += 1
    for unit in range(len(counts)):
        starts[unit] = used
        met = 0
        while at < many and big[rows[at]] == unit:
            row = rows[at]
            held = _products(row, codes, y, here, dense)
            counts[unit] += 1.0
            for a in range(held):
                place = here[a]
                if not seen[place]:
                    seen[place] = True
                    touched[met] = place
                    met += 1
                line[place] += 1.0
            line[wide - 1] += y[row]
            at += 1
        if counts[unit] > 0.0:
            touched[met] = wide - 1
            met += 1
        touched[:met].sort()
        for a in range(met):
            place = touched[a]
            places[used], values[used] = place, line[place]
            line[place], seen[place] = 0.0, False
            used += 1
    starts[len(counts)] = used
    return used


@njit(nogil=True, cache=True, inline="always")
def _products(row, codes, y, here, dense):  # type: ignore[no-untyped-def]
    """Adds one row's products; its columns stand in `here`, the constant last."""
    held, last = 0, len(dense) - 1
    for k in range(len(codes)):
        if codes[k, row] >= 0:
            here[held] = codes[k, row]
            held += 1
    here[held] = last - 1
    held += 1
    for a in range(held):
        for b in range(a, held):
            dense[here[a], here[b]] += 1.0
        dense[here[a], last] += y[row]
    dense[last, last] += y[row] * y[row]
    return held
