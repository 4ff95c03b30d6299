"""Changes of channel within a case, and who started the contact on the new channel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verite.loop.map.passages import Codes, Flags, Passages, Rows
from verite.words.interaction import Direction
from verite.words.journey import ChannelSwitch

DENSE = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """Successive passages of a case on two channels."""

    passages: Passages
    second: Rows  # the passage on the new channel; the one before it is on the old

    def between_channels(self) -> tuple[ChannelSwitch, ...]:
        """By pair of channels, most frequent first.

        `by_customer` counts those whose second contact is inbound: the customer came again.
        """
        timeline = self.passages.timeline
        channel = timeline.codes("channel")[self.passages.rows]
        inbound = _is_inbound(self.passages)[self.second]
        count = _count(channel[self.second - 1], channel[self.second])
        came = _count(channel[self.second[inbound] - 1], channel[self.second[inbound]])
        people = self._people(channel)
        labels = timeline.labels("channel")
        switches = [
            ChannelSwitch(
                source=labels[pair[0]],
                target=labels[pair[1]],
                count=found,
                people=people[pair],
                by_customer=came.get(pair, 0),
            )
            for pair, found in count.items()
        ]
        return tuple(sorted(switches, key=lambda s: (-s.count, s.source, s.target)))

    def _people(self, channel: Codes) -> dict[tuple[int, int], int]:
        """How many people made each switch."""
        rows, starts = self.passages.rows[self.second], self.passages.timeline.starts
        person = np.searchsorted(starts, rows, side="right") - 1
        k = 1 + int(channel.max(initial=0))
        pair = channel[self.second - 1].astype(np.int64) * k + channel[self.second]
        each = 1 + int(person.max(initial=0))
        made = np.unique(pair * each + person) // each  # one a person
        pairs, counts = np.unique(made, return_counts=True)
        return {
            divmod(code, k): found
            for code, found in zip(pairs.tolist(), counts.tolist(), strict=True)
        }

    def between_touchpoints(self) -> dict[tuple[str, str], int]:
        """How many switches by pair of touchpoints."""
        place, labels = self.passages.place, self.passages.labels
        count = _count(place[self.second - 1], place[self.second])
        return {(labels[a], labels[b]): found for (a, b), found in count.items()}


def find_switches(passages: Passages) -> Switches:
    """Where the channel changes; passages whose channel is unknown change nothing."""
    channel = passages.timeline.codes("channel")[passages.rows]
    moved = np.zeros(passages.count, dtype=np.bool_)
    moved[1:] = (channel[1:] != channel[:-1]) & (channel[1:] >= 0) & (channel[:-1] >= 0)
    moved[passages.starts[:-1]] = False
    return Switches(passages=passages, second=np.flatnonzero(moved))


def _count(source: Codes, target: Codes) -> dict[tuple[int, int], int]:
    """How often each pair of codes occurs."""
    k = 1 + max(int(source.max(initial=0)), int(target.max(initial=0)))
    pair = source.astype(np.int64) * k + target
    if k * k <= DENSE:
        every = np.bincount(pair, minlength=k * k)
        pairs = np.flatnonzero(every)
        counts = every[pairs]
    else:
        pairs, counts = np.unique(pair, return_counts=True)
    found = zip(pairs.tolist(), counts.tolist(), strict=True)
    return {divmod(code, k): count for code, count in found}


def _is_inbound(passages: Passages) -> Flags:
    labels = passages.timeline.labels("direction")
    if Direction.INBOUND.value not in labels:
        return np.zeros(passages.count, dtype=np.bool_)
    code = labels.index(Direction.INBOUND.value)
    inbound: Flags = passages.timeline.codes("direction")[passages.rows] == code
    return inbound
