"""The end of a process that serves: work behind the pages ends its step, then all is closed.

The interpreter is not taken down around compiled code: threads cut short there abort the process,
and libraries complain of what is still held.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.util import Finalize
from typing import Final

from django.db import connections

log = logging.getLogger(__name__)
PATIENCE_S: Final = 20.0
LAST: Final = -1000  # after every other step of the end
# Threads that work behind the pages; those of the pages themselves have answered by then, and
# the writer of the inbox ends when its home is closed.
BEHIND: Final = (
    "verite-drain", "verite-tidy", "verite-gate", "import-",
    "lately", "former", "warming", "feeling", "rounds", "likenesses",
)  # fmt: skip
_is_over = threading.Event()


def is_over() -> bool:
    """Whether this process ends: nothing new is begun."""
    return _is_over.is_set()


def rest(seconds: float) -> bool:
    """Waits so long, or until the process ends; whether it ends."""
    return _is_over.wait(seconds)


def end_well(close: Callable[[], None]) -> None:
    """From now on this process ends so: a step ended, what is open closed by `close`, then out."""
    Finalize(None, _is_over.set, exitpriority=1000)  # before every other step
    Finalize(None, _leave, args=(close,), exitpriority=LAST)


def join_behind(patience_s: float = PATIENCE_S) -> bool:
    """Waits for the threads behind the pages, so long at most; whether all of them ended."""
    until = time.monotonic() + patience_s
    behind = [thread for thread in threading.enumerate() if thread.name.startswith(BEHIND)]
    for thread in behind:
        if thread is not threading.current_thread():
            thread.join(max(0.0, until - time.monotonic()))
    return not any(thread.is_alive() for thread in behind)


def _leave(close: Callable[[], None]) -> None:
    code = 0
    try:
        if join_behind():  # else they still use what would be closed: all of it is safe on the disk
            close()
        connections.close_all()
    except Exception as error:
        log.error("at the end: %s", type(error).__name__)
        code = 1
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
