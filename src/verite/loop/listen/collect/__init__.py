"""Events received as they happen: judged and answered here, decoded when the inbox is drained."""

from verite.loop.listen.collect.answers import Reply, broken, settled, unkept
from verite.loop.listen.collect.gate import Gate, hash_key
from verite.loop.listen.collect.ingest import Received, ask_first, ingest, refuse
from verite.loop.listen.collect.limits import Limits, Pressure
from verite.loop.listen.collect.packing import Kind, Packet, pack, unpack

__all__ = [
    "Gate",
    "Kind",
    "Limits",
    "Packet",
    "Pressure",
    "Received",
    "Reply",
    "ask_first",
    "broken",
    "hash_key",
    "ingest",
    "pack",
    "refuse",
    "settled",
    "unkept",
    "unpack",
]
