"""Forecasts of a daily number: expected sums of days to come, and an interval of past misses.

Nothing in here knows the warehouse: it takes and returns arrays (docs/definitions.md, Forecasts;
docs/decisions/0039).
"""

from facet.forecast.back_testing import BackTest, Forecast, forecast
from facet.forecast.fitting import LEVEL, Event, Floats, History

__all__ = ["LEVEL", "BackTest", "Event", "Floats", "Forecast", "History", "forecast"]
