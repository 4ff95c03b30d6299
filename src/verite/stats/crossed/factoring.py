"""The inverse of a positive definite matrix, without threads where it is small."""

from __future__ import annotations

import numpy as np
from numba import njit

from verite.stats.crossed.design import Floats

_SMALL = 400  # columns: beyond, LAPACK's blocks win


def invert(matrix: Floats) -> tuple[Floats, float]:
    """The inverse and log |matrix|; an `ArithmeticError` when it is not positive definite.

    >>> found, logs = invert(np.array([[4.0, 2.0], [2.0, 3.0]]))
    >>> found.round(3).tolist(), round(logs, 4)  # 1/8 of [[3, -2], [-2, 4]]; log 8
    ([[0.375, -0.25], [-0.25, 0.5]], 2.0794)
    """
    if len(matrix) <= _SMALL:
        found, logs = _plainly(np.ascontiguousarray(matrix))
        failed = not np.isfinite(logs)
    else:
        found, logs, failed = _in_blocks(matrix)
    if failed:
        raise ArithmeticError("not positive definite")
    return found, logs


def _in_blocks(matrix: Floats) -> tuple[Floats, float, bool]:
    from scipy.linalg.lapack import dpotrf, dpotri

    factor, failed = dpotrf(matrix, lower=1, clean=1)
    if failed:
        return factor, 0.0, True
    logs = 2.0 * float(np.log(np.diag(factor)).sum())
    half, failed = dpotri(factor, lower=1)
    return np.tril(half) + np.tril(half, -1).T, logs, bool(failed)


@njit(nogil=True, cache=True, fastmath={"reassoc", "contract", "nsz"})
def _plainly(matrix):  # type: ignore[no-untyped-def]
    """Cholesky by rows, the inverse of its factor by rows, and their product."""
    wide = len(matrix)
    lower, back, found = np.zeros((wide, wide)), np.zeros((wide, wide)), np.zeros((wide, wide))
    logs = 0.0
    for i in range(wide):
        for j in range(i):
            held = matrix[i, j]
            for k in range(j):
                held -= lower[i, k] * lower[j, k]
            lower[i, j] = held / lower[j, j]
        pivot = matrix[i, i]
        for k in range(i):
            pivot -= lower[i, k] * lower[i, k]
        if not pivot > 0.0:
            return found, np.nan
        lower[i, i] = np.sqrt(pivot)
        logs += np.log(pivot)
        for k in range(i):
            for j in range(k + 1):
                back[i, j] -= lower[i, k] * back[k, j]
        for j in range(i):
            back[i, j] /= lower[i, i]
        back[i, i] = 1.0 / lower[i, i]
    for k in range(wide):
        for i in range(k + 1):
            by = back[k, i]
            for j in range(i + 1):
                found[i, j] += by * back[k, j]
    for i in range(wide):
        for j in range(i):
            found[j, i] = found[i, j]
    return found, logs
