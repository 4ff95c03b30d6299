"""The drainers of this process: one per home that it serves, and what they last did."""

from __future__ import annotations

import sys
import threading
from multiprocessing.util import Finalize
from typing import Final

from verite.records.current import current_alias, within
from verite.web.collector.drainer import Drainer
from verite.web.collector.gates import gate_here, watch
from verite.web.house import home_here
from verite.words.live import LastDrain

_TURN_S: Final = 0.0005
_drainers: dict[str, Drainer] = {}


def start_draining(alias: str) -> None:
    """Drains a served home, and looks after its gate, until the process ends."""
    with within(alias):
        keeper, drainer = gate_here(), Drainer(home_here(), alias)
    keeper.freshen()
    # A drain computes for seconds: calls and pages must not wait 5 ms at each of their turns.
    sys.setswitchinterval(_TURN_S)
    stopping = threading.Event()
    watch(keeper, stopping)
    _drainers[alias] = drainer
    drainer.start()

    def stop() -> None:
        stopping.set()
        drainer.stop()

    Finalize(None, stop, exitpriority=10)


def last_drain() -> LastDrain | None:
    """What the drainer of this home last did, if this process has one."""
    drainer = _drainers.get(current_alias())
    return None if drainer is None else drainer.last
