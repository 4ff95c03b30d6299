"""Control charts of channels and teams over time, and funnels of them."""

from verite.measure.control.charts import control_charts
from verite.measure.control.funnels import funnel

__all__ = ["control_charts", "funnel"]
