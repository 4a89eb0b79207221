"""Cohorts by the month of the first order, as a triangle."""

from decimal import Decimal
from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.screen.pages.customers.data.cohorts import (
    MEASURES,
    Cohort,
    cohorts_of,
)
from facet.reporting.screen.parts.cells import Column, ColumnKind, column
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View

#: The months after the first of which there is a column.
_MONTHS: Final = (*range(13), 18, 24, 36)


def cohort_triangle(view: View) -> None:
    """What became of the customers of each month: who came back, and what they brought."""
    subheading(view.text("cohort.title"))
    measure = one_of(
        view.text("cohort.measure"),
        MEASURES,
        lambda name: view.text(f"cohort.{name}"),
        key="cohorts",
    )
    cohorts = cohorts_of(view, measure)
    if not cohorts:
        nothing_yet(view.text("segment.none"), view.text("segment.none_why"), key="no-cohorts")
        return
    st.caption(f"{view.text(f'cohort.{measure}_means')} {view.text('cohort.unfinished_means')}")
    kind: ColumnKind = "rate" if measure == "retention" else "money"
    first = 1 if measure == "retention" else 0
    last = max(number for cohort in cohorts for number in (0, *cohort.over))
    columns = [
        column(view, "cohort.month", lambda cohort: view.formats.month(cohort.month), width=90),
        column(view, "cohort.persons", lambda cohort: cohort.person_count, "count", width=80),
        column(view, "cohort.unfinished", lambda cohort: cohort.unfinished, kind, is_short=True),
        *(
            Column(
                label=view.text("cohort.number", number=view.count(number)),
                value=partial(_value, number),
                kind=kind,
                is_short=True,
            )
            for number in _MONTHS
            if first <= number <= max(last, first)
        ),
    ]
    listing(view, f"cohorts-{measure}", cohorts, columns)


def _value(number: int, cohort: Cohort) -> Decimal | None:
    return cohort.over.get(number)
