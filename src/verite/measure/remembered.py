"""What was followed once is remembered with its timeline: a trend then only chooses rows."""

from __future__ import annotations

from datetime import datetime
from weakref import WeakKeyDictionary

from verite.measure.definitions import Definitions
from verite.measure.metrics import Read
from verite.measure.samples import Sample
from verite.measure.study import Question, Timeline

REMEMBERED = 64  # samples of one timeline
Key = tuple[Read, Definitions, datetime]
_SAMPLES: WeakKeyDictionary[Timeline, dict[Key, Sample]] = WeakKeyDictionary()


def read_once(read: Read, asked: Question) -> Sample:
    """The sample that `read` takes, unfiltered; a reader must not look at the filters."""
    study = asked.study
    known = _SAMPLES.setdefault(study.timeline, {})
    key = (read, study.definitions, study.as_of)
    if key not in known:
        if len(known) >= REMEMBERED:
            known.clear()
        known[key] = read(asked)
    return known[key]
