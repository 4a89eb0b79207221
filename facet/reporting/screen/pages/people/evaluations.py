"""Evaluations: of a period by person, department and criterion, and what of them is not settled."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import streamlit as st

from facet.reporting.present.formats import DASH
from facet.reporting.query.metric import Kind
from facet.reporting.query.table import Cell, Record, as_number
from facet.reporting.screen.pages.people.data.evaluations import (
    CRITERIA,
    PERSONS,
    criteria,
    criteria_of,
    days_of,
    departments,
    evaluation_periods,
    evaluations,
    persons,
)
from facet.reporting.screen.parts.cells import Column, column, metric_columns, or_dash
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.table import Select, listing, written_table
from facet.reporting.screen.parts.tiles import Tile, plain_tiles
from facet.reporting.screen.session.query_params import query_param_select
from facet.reporting.screen.session.view import View

#: What is not settled, in the order in which it is told.
_OPEN: Final = ("is_disputed", "is_unfinished", "is_unread")
#: Of so many periods the means are shown.
_PERIODS: Final = 12


def evaluated(view: View) -> None:
    """Evaluations of the period that was chosen, whatever the period of the page."""
    _unsettled(view)
    periods = evaluation_periods(view)
    if not periods:
        nothing_yet(view.text("rated.never"), view.text("rated.never_why"), key="no-evaluations")
        return
    names = {key: view.formats.period(days_of(row)) for key, row in periods.items()}
    chosen = query_param_select(
        "evaluated", view.text("rated.period"), names, default=next(iter(names)), width=320
    )
    rows = persons(view, chosen)
    _tiles(view, periods[chosen], rows)
    _persons(view, chosen, rows)
    _departments(view, chosen)
    _criteria(view, chosen)
    _periods(view, list(periods.values())[:_PERIODS])


def _tiles(view: View, period: Record, rows: Sequence[Record]) -> None:
    changes = [number for row in rows if (number := as_number(row["change_score"])) is not None]
    change = sum(changes, Decimal()) / len(changes) if changes else None
    apart = sum(row["apart_score"] not in (None, 0) for row in rows)
    shown: dict[str, tuple[Cell, Kind]] = {
        "mean": (period["evaluation_score"], "decimal"),
        "change": (change, "decimal"),
        "people": (period["people_evaluated"], "count"),
        "apart": (apart, "count"),
    }
    plain_tiles(
        [
            Tile(
                name=name,
                label=view.text(f"rated_tile.{name}"),
                value=view.formats.exact(value, kind),
                help=view.text(f"rated_means.{name}"),
            )
            for name, (value, kind) in shown.items()
        ],
        of="evaluations",
    )


def _persons(view: View, period: str, rows: Sequence[Record]) -> None:
    subheading(view.text("rated.by_person"))
    st.caption(view.text("rated.means"))
    columns = [
        column(view, "people.person", or_dash("user_name")),
        column(view, "people.department", or_dash("department_name")),
        column(view, "rated.score", "evaluation_score", kind="decimal"),
        column(view, "rated.best", "best_score", kind="decimal"),
        column(view, "rated.change", "change_score", kind="decimal"),
        column(view, "rated.previous", "previous_score", kind="decimal"),
        column(view, "rated.evaluators", "evaluator_count", kind="count"),
        column(view, "rated.apart", "apart_score", kind="decimal"),
    ]
    person = listing(view, "evaluated", rows, columns, select=Select(by="user_id"))
    if person is not None:
        _person(view, period, person)


def _person(view: View, period: str, person: Record) -> None:
    with st.container(key="evaluated-person", border=True):
        minor_heading(view.text("rated.of", name=str(person["user_name"] or DASH)))
        scores = [
            column(view, "rated.criterion", or_dash("criterion_name")),
            column(view, "rated.weight", "weight", kind="decimal"),
            column(view, "rated.score", "criterion_score", kind="decimal"),
            column(view, "rated.best", "max_score", kind="decimal"),
            column(view, "rated.evaluators", "evaluator_count", kind="count"),
            column(view, "rated.apart", "apart_score", kind="decimal"),
        ]
        written_table(view, criteria_of(view, period, person), scores)
        given = evaluations(
            view,
            {
                "user_id": [person["user_id"]],
                "period_start": [person["period_start"]],
                "period_end": [person["period_end"]],
                "is_counted": [True],
            },
        )
        columns = [
            _evaluator(view),
            column(view, "rated.score", "evaluation_score", kind="decimal"),
            _status(view),
        ]
        written_table(view, given, columns)


def _departments(view: View, period: str) -> None:
    subheading(view.text("rated.by_department"))
    columns = [
        column(view, "people.department", or_dash("person_evaluation__department_name")),
        *metric_columns(view, PERSONS),
    ]
    written_table(view, departments(view, period), columns)


def _criteria(view: View, period: str) -> None:
    rows = criteria(view, period)
    if not rows:
        return
    subheading(view.text("rated.by_criterion"))
    columns = [
        column(view, "rated.criterion", or_dash("criterion_score__criterion_name")),
        column(view, "people.department", or_dash("criterion_score__department_name")),
        *metric_columns(view, CRITERIA),
    ]
    listing(view, "criteria", rows, columns)


def _periods(view: View, rows: Sequence[Record]) -> None:
    subheading(view.text("rated.by_period"))
    columns = [
        column(view, "rated.period", lambda row: view.formats.period(days_of(row))),
        *metric_columns(view, PERSONS),
    ]
    written_table(view, rows, columns)


def _unsettled(view: View) -> None:
    found = [row for flag in _OPEN for row in evaluations(view, {flag: [True]})]
    if not found:
        return
    subheading(view.text("rated.open"))
    columns = [
        column(view, "people.person", or_dash("user_name")),
        _status(view),
        column(view, "people.waits", "wait_days", kind="days"),
        column(view, "rated.period", lambda row: view.formats.period(days_of(row))),
        _evaluator(view),
        column(view, "people.department", or_dash("department_name")),
    ]
    listing(view, "open-evaluations", found, columns)


def _status(view: View) -> Column:
    return column(
        view,
        "people.state",
        lambda row: view.word("evaluation_status", row["evaluation_status"]),
    )


def _evaluator(view: View) -> Column:
    return column(
        view,
        "rated.evaluator",
        lambda row: row["evaluator_name"] or view.text("people.somebody"),
    )
