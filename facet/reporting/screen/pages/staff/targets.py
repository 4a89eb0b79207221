"""Pace of people's targets, by the rule that paces the goals of campaigns."""

from datetime import date
from typing import Any

import streamlit as st

from facet.reporting.present.staff import Person
from facet.reporting.query.periods import Period
from facet.reporting.screen.pages.staff.data.targets import Targets, targets_running
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.pace import status_column
from facet.reporting.screen.session.view import View


def pace_columns(view: View, targets: Targets) -> list[Column]:
    """Columns of pace and status; none where nobody has a target that runs."""

    def of(row: Any, name: str) -> Any:
        target = targets.get(row.user_id)
        return None if target is None else target[name]

    if not targets:
        return []
    return [
        column(
            view,
            "staff.pace",
            lambda row: of(row, "pace_rate"),
            kind="rate",
            help=view.text("staff.pace_help"),
        ),
        status_column(view, lambda row: of(row, "target_status")),
    ]


def target_caption(view: View, person: Person) -> None:
    """The caption of a person's current target."""
    target = targets_running(view).get(person.user_id)
    if target is None:
        return
    start, end, pace = target["start_date"], target["end_date"], target["pace_rate"]
    assert isinstance(start, date)
    assert isinstance(end, date)
    message = view.text(
        "staff.target_said" if pace is not None else "staff.target_started",
        status=view.text(f"goal_status.{target['target_status']}"),
        target=view.formats.short(target["target_amount"], "money"),
        days=view.formats.period(Period(start, end)),
        share=view.formats.exact(pace, "rate"),
        required=view.formats.short(target["required_per_day_value"], "money"),
    )
    st.caption(escaped(message))
