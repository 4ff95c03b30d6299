"""Fits run in a thread of their own; once a day it is asked whether one is due."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from django.db import connections

from verite.records.current import choose
from verite.records.measure.fits import FitState, fit_in_use, latest_fit
from verite.web.clock import now
from verite.web.ending import rest
from verite.web.house import home_here
from verite.web.logged import without_words
from verite.words.errors import VeriteError
from verite.words.feeling import FeelingAsked
from verite.words.member import Member, console

log = logging.getLogger(__name__)
DAY_S = 86_400.0
FIRST_S = 60.0  # after the server started


def start(alias: str, *, by: Member, asked: FeelingAsked) -> threading.Thread:
    """Fit in the background; the page follows it."""
    thread = threading.Thread(target=_fit, args=(alias, by, asked), name="feeling", daemon=True)
    thread.start()
    return thread


def refit_every_day(alias: str) -> threading.Thread:
    """Ask once a day whether the model is older than the days set."""
    thread = threading.Thread(target=_tick, args=(alias,), name="feeling-tick", daemon=True)
    thread.start()
    return thread


def refit_if_due(alias: str) -> bool:
    """Fit again, for the same outcome, when the model in use is older than the days set.

    Without a model nothing is fitted: somebody chooses the outcome first.
    """
    choose(alias)
    days = home_here().settings.refit_days
    in_use, latest = fit_in_use(using=alias), latest_fit(using=alias)
    if days == 0 or in_use is None or latest is None or latest.state is FitState.RUNNING:
        return False
    if now() - latest.at < timedelta(days=days):
        return False
    _fit(alias, console("schedule"), in_use.asked)
    return True


def _tick(alias: str) -> None:
    pause = FIRST_S
    while not rest(pause):
        try:
            refit_if_due(alias)
        except Exception as error:  # tomorrow is another day
            log.error("refit: %s", without_words(error))
        finally:
            connections.close_all()
        pause = DAY_S


def _fit(alias: str, by: Member, asked: FeelingAsked) -> None:
    choose(alias)
    try:
        home_here().fit_feeling(asked, by=by, at=now())
    except VeriteError as error:
        log.info("fit: %s", error.code)  # the record says it too
    except Exception as error:
        log.error("fit: %s", without_words(error))
    finally:
        connections.close_all()
