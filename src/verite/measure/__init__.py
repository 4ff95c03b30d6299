"""NPS, CSAT, CES, times, rates, retention; changes, trends, targets."""

from verite.measure.aiming import set_against
from verite.measure.comparing import compare
from verite.measure.definitions import Definitions
from verite.measure.measuring import measure
from verite.measure.metrics import METRICS
from verite.measure.settings import read_definitions
from verite.measure.study import Study
from verite.measure.trending import trend

__all__ = [
    "METRICS",
    "Definitions",
    "Study",
    "compare",
    "measure",
    "read_definitions",
    "set_against",
    "trend",
]
