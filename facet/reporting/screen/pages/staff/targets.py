"""How people's targets are paced, by the rule that paces the goals of campaigns."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, cast

import streamlit as st

from facet.reporting.query.periods import Period
from facet.reporting.query.table import Row
from facet.reporting.screen.pages.staff.team import Person
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.pace import COLOURS
from facet.reporting.screen.parts.tables import Column
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


def pace_columns(view: View, targets: Targets) -> list[Column]:
    """Columns of pace and status; none where nobody has a target that runs."""
    if not targets:
        return []
    words = {view.text(f"goal_status.{status}"): colour for status, colour in COLOURS.items()}
    return [
        Column(
            label=view.text("staff.pace"),
            kind="rate",
            help=view.text("staff.pace_help"),
        ),
        Column(label=view.text("goal.status"), colours=words),
    ]


def pace_cells(view: View, targets: Targets, user_id: int | None) -> list[Any]:
    """A person's cells of these columns; nobody's are empty."""
    if not targets:
        return []
    target = targets.get(user_id) if user_id is not None else None
    if target is None:
        return [None, ""]
    return [target["pace_rate"], view.text(f"goal_status.{target['target_status']}")]


def target_caption(view: View, person: Person) -> None:
    """What is to be said of a person's target that runs."""
    target = targets_running(view).get(person.user_id)
    if target is None:
        return
    start, end, pace = target["start_date"], target["end_date"], target["pace_rate"]
    assert isinstance(start, date)
    assert isinstance(end, date)
    said = view.text(
        "staff.target_said" if pace is not None else "staff.target_started",
        status=view.text(f"goal_status.{target['target_status']}"),
        target=view.formats.short(target["target_amount"], "money"),
        days=view.formats.period(Period(start, end)),
        share=view.formats.exact(pace, "rate"),
        required=view.formats.short(target["required_per_day_value"], "money"),
    )
    st.caption(escaped(said))
