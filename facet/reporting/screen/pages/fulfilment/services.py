"""Pre-orders, pieces made to order and services after the sale: by stage, age and outcome."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.query.table import Cell, Record, as_number
from facet.reporting.screen.pages.fulfilment.data import (
    CASE_TYPES,
    open_cases,
    outcomes_of,
    stage_times,
    stages_of,
)
from facet.reporting.screen.parts.cells import Column, column, or_dash, summed
from facet.reporting.screen.parts.empty import nothing_wrong, nothing_yet
from facet.reporting.screen.parts.headings import minor_heading
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import listing, written_table
from facet.reporting.screen.session.view import View

#: Whose stages those of cases are, as far as it is noted when each was come to.
_SUBJECTS: Final = {"pre_order": "pre_order", "made_to_order": "line"}
_NUMBERS: Final = {"pre_order": "deposit_amount", "after_sales": "charge_amount"}


def services(view: View) -> None:
    """Cases of a type: by stage, one by one, and what became of those of the period."""
    case_type = one_of(
        view.text("case.which"),
        CASE_TYPES,
        lambda name: view.text(f"case.{name}"),
        key="case",
        is_label_shown=False,
    )
    if view.marts.count("fct_service_cases", {"case_type": [case_type]}):
        stages = stages_of(view, case_type)
        if stages:
            _by_stage(view, case_type, stages)
            _one_by_one(view, case_type)
        else:
            nothing_wrong(view.text("case.none_open"))
        _outcomes(view, case_type)
    else:
        why = view.text(f"case.never_why_{case_type}")
        nothing_yet(view.text("case.never"), why, key="no-cases")
    if case_type in _SUBJECTS:
        _times(view, _SUBJECTS[case_type])


def _by_stage(view: View, case_type: str, stages: Sequence[Record]) -> None:
    columns = [
        column(view, "case.stage", partial(_stage, view)),
        column(view, "case.open", "row_count", kind="count"),
        column(view, "case.overdue", "is_overdue", kind="count"),
        column(view, "case.mean_days", partial(_mean, "stage_days"), kind="days"),
    ]
    if case_type == "made_to_order":
        columns.append(column(view, "case.approval", "awaits_approval", kind="count"))
    minor_heading(view.text("case.by_stage"))
    written_table(view, stages, columns)


def _one_by_one(view: View, case_type: str) -> None:
    rows = open_cases(view, case_type)
    columns = [
        column(view, "case.order", "order_number"),
        column(view, "case.stage", partial(_stage, view)),
        column(view, "case.late_days", "late_days", kind="count"),
        column(view, "case.due", or_dash("due_date"), kind="day"),
        column(view, "case.age_days", "age_days", kind="count"),
        column(view, "case.stage_days", "stage_days", kind="count"),
        column(view, "case.product", or_dash("product_name")),
        summed(view, "case.units", "unit_count", kind="count"),
        *_columns_of(view, case_type),
    ]
    listing(view, f"cases-{case_type}", rows, columns, has_total=True)


def _columns_of(view: View, case_type: str) -> list[Column]:
    """What only cases of a type have."""
    if case_type == "made_to_order":
        answers = {True: "table.no", False: "table.yes"}
        return [
            column(
                view, "case.approved", lambda row: view.text(answers[bool(row["awaits_approval"])])
            )
        ]
    number = _NUMBERS[case_type]
    person = column(view, "case.person", or_dash("assigned_user_name"))
    found = [person, summed(view, f"case.{number}", number)]
    if case_type == "after_sales":
        found.insert(0, column(view, "case.number", "case_number"))
        found.insert(1, column(view, "case.service", partial(_service, view)))
    return found


def _outcomes(view: View, case_type: str) -> None:
    rows = outcomes_of(view, case_type)
    minor_heading(view.text("case.outcomes", period=view.formats.period(view.period)))
    if not rows:
        st.caption(view.text("case.none_closed"))
        return
    columns = [
        column(view, "case.outcome", lambda row: view.word("case_outcome", row["outcome"])),
        column(view, "case.closed", "row_count", kind="count"),
        column(view, "case.done_days", partial(_mean_done, view), kind="days"),
    ]
    if case_type == "after_sales":
        columns.insert(1, column(view, "case.service", partial(_service, view)))
        columns.append(column(view, "case.charge_amount", "charge_amount", kind="money"))
        columns.append(column(view, "case.cost_amount", "cost_amount", kind="money"))
    written_table(view, rows, columns)


def _times(view: View, subject: str) -> None:
    """How long what went on had stayed in each stage, by the months of the period."""
    rows = stage_times(view, subject)
    if not rows:
        return
    minor_heading(view.text(f"case.times_{subject}"))
    columns = [
        column(view, "case.stage", partial(_stage, view)),
        column(view, "case.entered", "entered_count", kind="count"),
        column(view, "case.left", "left_count", kind="count"),
        column(view, "case.mean_stage_days", _mean_days, kind="days"),
    ]
    written_table(view, rows, columns)


def _mean_days(row: Record) -> Cell:
    hours, count = as_number(row["stage_hours"]), as_number(row["left_count"])
    return None if hours is None or not count else hours / 24 / count


def _stage(view: View, row: Record) -> str:
    return view.word("case_stage", row["stage"])


def _service(view: View, row: Record) -> str:
    return view.word("case_service", row["service_type"])


def _mean(name: str, row: Record) -> Cell:
    whole, count = as_number(row[name]), as_number(row["row_count"])
    return None if whole is None or not count else whole / count


def _mean_done(_: View, row: Record) -> Cell:
    return _mean("done_days", row) if row["outcome"] == "done" else None
