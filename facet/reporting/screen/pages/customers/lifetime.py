"""Expected lifetime value: of all, of segments, of persons, and how well it did before."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import streamlit as st

from facet.reporting.present.charts.rows import bars
from facet.reporting.present.charts.style import Point, Series
from facet.reporting.query.table import Row, number_of, total
from facet.reporting.screen.pages.customers.data.lifetime import (
    fit_of,
    hold_out_of,
    most_valuable,
    values_by_segment,
)
from facet.reporting.screen.pages.customers.data.persons import SEGMENTS
from facet.reporting.screen.parts.cells import Column, column, share_of, summed
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.figures import static_chart, unit
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.table import export_of, listing, written_table
from facet.reporting.screen.parts.tiles import Tile, plain_tiles
from facet.reporting.screen.session.view import View
from facet.rights.codes import PERSONAL_DATA

#: Why nothing may be shown.
REASONS: Final = ("too_few", "no_margin", "not_converged", "worse_than_segment")
#: Repeat orders of which the last row has as many or more.
_MANY: Final = 7


def lifetime_values(view: View) -> None:
    """What customers are expected to bring in the next 365 days, or why that is not said."""
    fit = fit_of(view)
    if fit is None:
        return
    subheading(view.text("lifetime.title"))
    if fit["fit_status"] != "shown":
        _say_why_not(view, fit)
        return
    st.caption(view.text("lifetime.means", day=view.formats.day_or_dash(fit["fitted_date"])))
    plain_tiles([_expected(view, fit), _per_person(view, fit)], of="lifetime")
    _by_segment(view)
    _by_person(view)
    _held_out(view)


def _say_why_not(view: View, fit: Row) -> None:
    reason = str(fit["fit_status"])
    values = {
        "persons": view.count(fit["repeat_person_count"]),
        "missed": view.formats.exact(fit["missed_amount"], "money"),
        "segment": view.formats.exact(fit["segment_missed_amount"], "money"),
    }
    why = view.text(f"lifetime_reason.{reason if reason in REASONS else 'unknown'}", **values)
    nothing_yet(view.text("lifetime.none"), why, icon="query_stats", key="no-lifetime")


def _expected(view: View, fit: Row) -> Tile:
    return Tile(
        name="expected",
        label=view.text("lifetime.expected"),
        value=view.formats.short(fit["expected_margin_amount"], "money"),
        note=view.text("lifetime.between", **_ends(view, fit)),
        help=view.text("lifetime.expected_means"),
    )


def _per_person(view: View, fit: Row) -> Tile:
    mean = share_of(fit["expected_margin_amount"], fit["person_count"])
    return Tile(
        name="per-person",
        label=view.text("lifetime.per_person"),
        value=view.formats.short(mean, "money"),
        note=view.text("lifetime.of_persons", persons=view.count(fit["person_count"])),
    )


def _ends(view: View, row: Any) -> dict[str, str]:
    """Both ends of the range, cut short."""
    return {
        name: view.formats.short(row[f"{name}_margin_amount"], "money")
        for name in ("lower", "upper")
    }


def _by_segment(view: View) -> None:
    rows = sorted(values_by_segment(view), key=lambda row: SEGMENTS.index(str(row["segment"])))
    everything = total(rows, "expected_margin_amount")
    columns = [
        column(view, "segment.segment", partial(_segment, view)),
        summed(view, "segment.persons", "row_count", "count"),
        column(view, "lifetime.orders", _whole("expected_order_count"), kind="count"),
        summed(view, "lifetime.margin", "expected_margin_amount", is_short=True),
        column(
            view,
            "table.share",
            lambda row: share_of(row["expected_margin_amount"], everything),
            kind="share",
        ),
    ]
    listing(view, "lifetime-segments", rows, columns, has_total=True)


def _by_person(view: View) -> None:
    persons = most_valuable(view)
    may_name = view.principal.may(PERSONAL_DATA)
    names = [column(view, "person.name", "full_name")] if may_name else []
    columns: list[Column] = [
        column(view, "person.code", "customer_code"),
        *names,
        column(view, "segment.segment", partial(_segment, view)),
        column(
            view,
            "lifetime.alive",
            "alive_rate",
            kind="rate",
            help=view.text("lifetime.alive_means"),
        ),
        column(view, "lifetime.orders", "expected_order_count", kind="decimal"),
        column(view, "lifetime.margin", "expected_margin_amount", kind="money"),
        column(view, "lifetime.lower", "lower_margin_amount", kind="money"),
        column(view, "lifetime.upper", "upper_margin_amount", kind="money"),
    ]
    with st.expander(view.text("lifetime.persons"), icon=":material/diamond:"):
        listing(view, "lifetime-persons", persons, columns)


def _held_out(view: View) -> None:
    rows = hold_out_of(view)

    def build() -> object:
        came, expected = (
            Series(name=view.text(f"lifetime.{name}"), points=_points(view, rows, column_name))
            for name, column_name in {
                "came": "margin_amount",
                "was_expected": "expected_margin_amount",
            }.items()
        )
        return bars(came, expected)

    columns = [
        column(view, "lifetime.repeats", partial(_repeats, view)),
        summed(view, "segment.persons", "person_count", "count"),
        column(view, "lifetime.orders_expected", _whole("expected_order_count"), kind="count"),
        column(view, "lifetime.orders_came", "order_count", kind="count"),
        column(view, "lifetime.was_expected", "expected_margin_amount", kind="money"),
        column(view, "lifetime.came", "margin_amount", kind="money"),
    ]
    with st.expander(view.text("lifetime.hold_out"), icon=":material/fact_check:"):
        subtitle = view.text("lifetime.hold_out_unit", unit=unit(view, "money"))
        title = view.text("lifetime.hold_out_title")
        static_chart(view, "lifetime-hold-out", title, subtitle, build)
        written_table(view, rows, columns)
        export_of(view, "lifetime-hold-out", rows, columns)


def _points(view: View, rows: Sequence[Row], name: str) -> tuple[Point, ...]:
    return tuple(
        Point(
            label=_repeats(view, row),
            value=float(row.number(name)),
            text=view.formats.exact(row[name], "money"),
            short=view.formats.short(row[name], "money"),
        )
        for row in rows
    )


def _repeats(view: View, row: Row) -> str:
    count = row.number("repeat_order_count")
    key = "lifetime.many_repeats" if count >= _MANY else "lifetime.few_repeats"
    return view.text(key, count=view.count(count))


def _segment(view: View, row: Any) -> str:
    return view.text(f"segment.{row['segment']}")


def _whole(name: str) -> Any:
    """A number of orders, of many persons, as a whole one."""
    return lambda row: round(number_of(row[name]))
