"""Changes of channel within a case, and who started the contact on the new channel."""

from __future__ import annotations

import numpy as np

from verite.loop.map.passages import Passages
from verite.words.interaction import Direction
from verite.words.journey import ChannelSwitch


def count_switches(passages: Passages) -> tuple[ChannelSwitch, ...]:
    """Successive passages of a case on two channels, most frequent first.

    `by_customer` counts those whose second contact is inbound: the customer came again.
    """
    timeline = passages.timeline
    channel = timeline.codes("channel")[passages.rows]
    labels = timeline.labels("channel")
    moved = np.zeros(passages.count, dtype=np.bool_)
    moved[1:] = (channel[1:] != channel[:-1]) & (channel[1:] >= 0) & (channel[:-1] >= 0)
    moved[passages.starts[:-1]] = False
    second = np.flatnonzero(moved)
    k = max(1, len(labels))
    pair = channel[second - 1].astype(np.int64) * k + channel[second]
    count = np.bincount(pair, minlength=k * k)
    inbound = np.bincount(pair[_is_inbound(passages)[second]], minlength=k * k)
    switches = (
        ChannelSwitch(
            source=labels[code // k],
            target=labels[code % k],
            count=int(count[code]),
            by_customer=int(inbound[code]),
        )
        for code in np.flatnonzero(count)
    )
    return tuple(sorted(switches, key=lambda switch: (-switch.count, switch.source, switch.target)))


def _is_inbound(passages: Passages) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    labels = passages.timeline.labels("direction")
    if Direction.INBOUND.value not in labels:
        return np.zeros(passages.count, dtype=np.bool_)
    code = labels.index(Direction.INBOUND.value)
    inbound = passages.timeline.codes("direction")[passages.rows] == code
    return np.asarray(inbound, dtype=np.bool_)
