"""Passes that numba compiles once they are called: importing it alone costs half a second.

Taken in place of numba's own `njit`, by modules that are imported where nothing need be computed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from threading import RLock
from typing import Any, Literal

_compiling = RLock()


def njit(
    *, nogil: bool = True, cache: bool = True, inline: Literal["never", "always"] = "never"
) -> Callable[[Callable[..., Any]], Any]:
    """As numba's: a decorator. The pass is compiled, or read from the disk, at its first call.

    >>> @njit(cache=False)
    ... def twice(x):
    ...     return 2 * x
    >>> twice(21)
    42
    """

    def later(python: Callable[..., Any]) -> Later:
        def compile_() -> Callable[..., Any]:
            from numba import njit as numbas

            return numbas(nogil=nogil, cache=cache, inline=inline)(python)

        return Later(python, compile_)

    return later


class Later:
    """A pass that stands for its compiled self until it is called."""

    def __init__(self, python: Callable[..., Any], make: Callable[[], Callable[..., Any]]) -> None:
        update_wrapper(self, python)
        self._python = python
        self._make = make
        self._compiled: Callable[..., Any] | None = None

    def __call__(self, *arguments: object) -> Any:
        """What the pass finds."""
        compiled = self._compiled or self.compiled()
        return compiled(*arguments)

    def compiled(self) -> Callable[..., Any]:
        """Numba's own, those that it calls first: numba reads them from the module's names."""
        with _compiling:
            if self._compiled is None:
                made = self._make()
                names = self._python.__globals__
                for name in self._python.__code__.co_names:
                    called = names.get(name)
                    if isinstance(called, Later):
                        names[name] = made if called is self else called.compiled()
                self._compiled = made
            return self._compiled
