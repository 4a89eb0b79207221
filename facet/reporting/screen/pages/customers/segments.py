"""Segments by RFM: what each brought in the year, and how persons moved since a quarter ago."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.present.costs import coverage
from facet.reporting.query.table import Row, total
from facet.reporting.screen.pages.customers.data.persons import SEGMENTS, Segments, margin_of
from facet.reporting.screen.parts import costs
from facet.reporting.screen.parts.cells import Column, column, share_of, summed
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.table import Select, export_of, listing, written_table
from facet.reporting.screen.session.view import View

#: Scores are fifths: of fewer persons most have nobody.
_FEW: Final = 5


def segment_list(view: View, segments: Segments) -> None:
    """List segments; picking one selects its persons below."""
    subheading(view.text("segment.title"), key="list-of-segments")
    if not segments.rows:
        nothing_yet(view.text("segment.none"), view.text("segment.none_why"), key="no-segments")
        return
    st.caption(view.text("segment.means"))
    everybody = segments.person_count
    columns = [
        column(view, "segment.segment", partial(_name, view)),
        column(view, "segment.who", lambda row: view.text(f"segment_means.{row['segment']}")),
        summed(view, "segment.persons", "row_count", "count"),
        column(
            view,
            "table.share",
            lambda row: share_of(row["row_count"], everybody),
            kind="share",
        ),
        summed(view, "segment.orders", "year_order_count", "count"),
        summed(view, "segment.sales", "year_net_sales_amount", is_short=True),
        column(view, "segment.margin", margin_of, kind="money", is_short=True),
        column(
            view,
            "customer.overdue",
            segments.overdue_of,
            kind="count",
            total=lambda _: segments.overdue_count,
        ),
    ]
    listing(
        view,
        "segments",
        segments.rows,
        columns,
        select=Select(chooses=lambda row: {"segment": str(row["segment"])}),
        has_total=True,
    )
    if segments.scored_count < _FEW:
        st.caption(view.text("segment.few"))
    names = ("year_costed_demand_amount", "year_demand_sales_amount")
    costs.show_message(coverage(view, *(total(segments.rows, name) for name in names)))


def segment_moves(view: View, segments: Segments) -> None:
    """Where the persons of each segment of a quarter ago are now; rows add up to the segments."""
    if not segments.rows:
        return
    rows = [_Moves(before=before, to=segments.moved(before)) for before in (*SEGMENTS, None)]
    rows = [row for row in rows if row.to]
    present = [str(row["segment"]) for row in segments.rows]
    columns: list[Column] = [
        column(view, "segment.before", lambda row: _before(view, row)),
        *(
            Column(
                label=view.text(f"segment.{name}"),
                value=partial(_now_in, name),
                kind="count",
            )
            for name in present
        ),
        column(view, "table.total", lambda row: sum(row.to.values()), kind="count"),
    ]
    with st.expander(view.text("segment.moves"), icon=":material/swap_horiz:"):
        st.caption(view.text("segment.moves_means"))
        written_table(view, rows, columns)
        export_of(view, "segment-moves", rows, columns)


@dataclass(frozen=True, kw_only=True)
class _Moves:
    """A row of the matrix: a segment of a quarter ago, and how many of it are in which now."""

    before: str | None
    to: Mapping[str, Decimal]


def _now_in(segment: str, row: _Moves) -> Decimal | None:
    return row.to.get(segment)


def _before(view: View, row: _Moves) -> str:
    return view.text("segment.not_yet" if row.before is None else f"segment.{row.before}")


def _name(view: View, row: Row) -> str:
    return view.text(f"segment.{row['segment']}")
