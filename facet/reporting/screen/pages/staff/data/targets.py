"""The targets of people whose days go on."""

from collections.abc import Mapping
from datetime import date
from typing import Final, cast

from facet.reporting.query.table import Row
from facet.reporting.screen.session.view import View

_MART: Final = "rpt_sales_targets"
_TARGET: Final = (
    *("user_id", "target_status", "target_amount", "pace_rate", "required_per_day_value"),
    *("start_date", "end_date"),
)

#: Of each person with a target that runs, the one that ends first.
Targets = Mapping[int, Row]


def targets_running(view: View) -> Targets:
    """The targets whose days the day of the data is among; a release of before has none."""
    if not view.marts.shows(_MART):
        return {}
    found: dict[int, Row] = {}
    for record in view.marts.rows(
        _MART, _TARGET, order_by=["end_date", "sales_performance_id"]
    ).records():
        start, end = record["start_date"], record["end_date"]
        assert isinstance(start, date)
        assert isinstance(end, date)
        if start <= view.tenant.today <= end:
            found.setdefault(cast(int, record["user_id"]), Row(record))
    return found
