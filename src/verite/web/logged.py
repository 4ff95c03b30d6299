"""What logs may hold: the way of a request, never whose page it was nor the token of a link; of an
error where it was met and of which kind, never its words: they may quote somebody's."""

from __future__ import annotations

import logging
import re
import traceback
from pathlib import Path
from typing import Final

from verite.words.errors import VeriteError

FRAMES: Final = 4  # the innermost ones
LOGGERS = ("django.request", "django.security.csrf")
_WHOSE = re.compile(r"^/(card|customers|sign-in)/.+", re.DOTALL)


def without_whose(path: object) -> object:
    """A path as logs may hold it.

    >>> without_whose("/card/eyJh"), without_whose("/customers/100/card"), without_whose("/map")
    ('/card/…', '/customers/…', '/map')
    """
    return _WHOSE.sub(r"/\1/…", path) if isinstance(path, str) else path


def without_words(error: BaseException) -> str:
    """The kind of an error and of those behind it, its code if it is ours, and where it was met.

    >>> try:
    ...     int("Marie, 4071")
    ... except ValueError as error:
    ...     without_words(error)[:27]
    'ValueError at <doctest veri'
    """
    kinds: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(kinds) < FRAMES:
        code = f" {seen.code}" if isinstance(seen, VeriteError) else ""
        kinds.append(type(seen).__name__ + code)
        seen = seen.__cause__ or seen.__context__
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    places = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in reversed(frames)]
    return f"{' from '.join(kinds)} at {' < '.join(places) or '?'}"


class WithoutWhose(logging.Filter):
    """Paths of customers and of links lose what follows; errors lose their words."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes, its paths shortened, without the words of its error."""
        if record.exc_info and record.exc_info[1] is not None:
            told = without_words(record.exc_info[1]).replace("%", "%%")
            record.msg, record.exc_info, record.exc_text = f"{record.msg}: {told}", None, None
        if isinstance(record.args, tuple):
            record.args = tuple(without_whose(arg) for arg in record.args)
        return True


_SHORTENING = WithoutWhose()


def keep_logs_clean() -> None:
    """From now on; asking twice changes nothing."""
    for name in LOGGERS:
        logging.getLogger(name).addFilter(_SHORTENING)
