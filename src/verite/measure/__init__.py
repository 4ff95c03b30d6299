"""NPS, CSAT, CES, times, rates, retention; changes, trends, targets."""

from verite.measure.definitions import Definitions
from verite.measure.measuring import measure
from verite.measure.metrics import METRICS
from verite.measure.settings import read_definitions
from verite.measure.study import Study

__all__ = ["METRICS", "Definitions", "Study", "measure", "read_definitions"]
