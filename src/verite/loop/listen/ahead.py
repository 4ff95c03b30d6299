"""One ahead: a sheet is read while the one before is judged, and judged while one is kept."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def one_ahead(things: Iterator[T]) -> Iterator[Iterator[T]]:
    """The same things in the same order; the next one is made in a thread meanwhile.

    A generator that was not read to its end is closed.

    >>> with one_ahead(iter([1, 2, 3])) as numbers:
    ...     list(numbers)
    [1, 2, 3]
    """
    try:
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="one-ahead") as worker:
            yield _ahead(things, worker)
    finally:
        if isinstance(things, Generator):
            things.close()


def _ahead(things: Iterator[T], worker: ThreadPoolExecutor) -> Iterator[T]:
    coming: Future[list[T]] = worker.submit(_next, things)
    while found := coming.result():
        coming = worker.submit(_next, things)
        yield found[0]


def _next(things: Iterator[T]) -> list[T]:
    """The next thing, or nothing at the end."""
    for thing in things:
        return [thing]
    return []
