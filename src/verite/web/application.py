"""The WSGI application of one home."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from verite.web.house import close_house, open_house
from verite.web.settings import equip
from verite.web.statics import WSGI, with_statics

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from verite.web.door import Door

HOME_VARIABLE = "VERITE_HOME"


def application(home: Path, *, hosts: tuple[str, ...] = ()) -> WSGI:
    """What a WSGI server calls to serve the pages of a home."""
    from django.core.handlers.wsgi import WSGIHandler

    from verite.records.current import choose

    alias = open_house(home)
    equip(hosts)
    handler = WSGIHandler()

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        choose(alias)
        return handler(environ, start)

    return with_statics(answer)


def from_environment() -> Door:
    """The door of the home that `VERITE_HOME` names, warmed in the background."""
    from verite.records.current import within
    from verite.records.setup import prepare
    from verite.web.parent import end_with_parent
    from verite.web.warming import warm_in_background

    logging.basicConfig(level=logging.WARNING)
    home = Path(os.environ[HOME_VARIABLE])
    hosts = tuple(name for name in os.environ.get("VERITE_SERVED_AS", "").split(",") if name)
    served = application(home, hosts=hosts)
    from verite.web.alerts.rounds import start_rounds  # models load only now
    from verite.web.collector.draining import start_draining
    from verite.web.collector.gates import gate_here
    from verite.web.collector.rsgi import Collector
    from verite.web.door import Door
    from verite.web.ending import end_well

    alias = prepare(home)
    end_with_parent()
    start_draining(alias)
    start_rounds(alias)
    warm_in_background(home)
    end_well(lambda: close_house(alias))
    with within(alias):
        collector = Collector(gate_here())
    return Door(served, collector)
