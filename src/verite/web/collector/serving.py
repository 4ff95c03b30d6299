"""The collector's own process, beside the one of the pages: `verite serve --collector`."""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from multiprocessing.process import BaseProcess
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING

from verite.home import Home
from verite.records.setup import prepare
from verite.web.parent import end_with_parent

if TYPE_CHECKING:
    from verite.web.collector.rsgi import Collector

HOME_VARIABLE = "VERITE_HOME"
AT_ONCE = 128  # bodies in memory; further calls wait their turn in the socket


def start_collector(home: Path, *, host: str, port: int) -> BaseProcess:
    """A process that collects on its own port until it is terminated."""
    process = multiprocessing.get_context("spawn").Process(
        target=serve_collector, args=(home, host, port), name="verite-collector"
    )
    process.start()
    return process


def serve_collector(home: Path, host: str, port: int) -> None:
    """Collects until SIGINT or SIGTERM."""
    from granian import Granian
    from granian.constants import Interfaces

    os.environ[HOME_VARIABLE] = str(home)
    end_with_parent()
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "verite.web.collector.serving:from_environment",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=1,  # one process owns the group commit
        backpressure=AT_ONCE,
        websockets=False,
        log_enabled=False,
        workers_kill_timeout=30,
    ).serve()


def from_environment() -> Collector:
    """The collector of the home that `VERITE_HOME` names, its gate looked after."""
    logging.basicConfig(level=logging.WARNING)
    path = Path(os.environ[HOME_VARIABLE])
    alias = prepare(path)  # models load only once Django is set up
    from verite.web.collector.gates import HomeGate, watch
    from verite.web.collector.rsgi import Collector
    from verite.web.ending import end_well

    end_with_parent()
    home, stopping = Home.open(path), threading.Event()
    keeper = HomeGate(home, alias)
    keeper.freshen()
    watch(keeper, stopping)

    Finalize(None, stopping.set, exitpriority=10)
    end_well(home.close)
    return Collector(keeper)
