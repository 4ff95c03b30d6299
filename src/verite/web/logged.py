"""What logs may hold: the way of a request, never whose page it was nor the token of a link."""

from __future__ import annotations

import logging
import re

LOGGERS = ("django.request", "django.security.csrf")
_WHOSE = re.compile(r"^/(card|customers|sign-in)/.+", re.DOTALL)


def without_whose(path: object) -> object:
    """A path as logs may hold it.

    >>> without_whose("/card/eyJh"), without_whose("/customers/100/card"), without_whose("/map")
    ('/card/…', '/customers/…', '/map')
    """
    return _WHOSE.sub(r"/\1/…", path) if isinstance(path, str) else path


class WithoutWhose(logging.Filter):
    """Paths of customers and of links lose what follows."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes, its paths shortened."""
        if isinstance(record.args, tuple):
            record.args = tuple(without_whose(arg) for arg in record.args)
        return True


_SHORTENING = WithoutWhose()


def keep_logs_clean() -> None:
    """From now on; asking twice changes nothing."""
    for name in LOGGERS:
        logging.getLogger(name).addFilter(_SHORTENING)
