"""Breakdowns of a promotion: where its discount went, who redeemed it, what was refused."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

import streamlit as st

from facet.reporting.present.charts.rows import bars, stacked
from facet.reporting.present.charts.style import ACCENT, COMPARISON, GOLD, Point, Series
from facet.reporting.present.filters import NONE
from facet.reporting.query.conditions import Where
from facet.reporting.query.metric import Kind
from facet.reporting.query.table import Cell, number_of
from facet.reporting.screen.pages.promotions.data.orders import Breakdowns
from facet.reporting.screen.pages.promotions.data.promotions import Promotion
from facet.reporting.screen.parts.figures import selectable_chart, unit
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.session.selection import Selection
from facet.reporting.screen.session.view import View

#: Bars of a chart; what does not fit is told below it.
_BARS: Final = 8
_FEW, _FEW_PIXELS = 3, 56
#: Why the shop's systems refuse a code, as far as there are words for it.
REJECTIONS: Final = (
    *("below_minimum", "excluded_product", "expired", "not_eligible", "usage_limit", "unknown"),
)
_BUYERS: Final = {"new": ACCENT, "repeat": GOLD, "guest": COMPARISON}


#: A bar: its label, its key and its number.
Bar = tuple[str, str, Decimal]


def discount_chart(
    view: View, promotion: Promotion, breakdowns: Breakdowns, *, by: str
) -> Selection | None:
    """The discount cost by category, product or channel; returns the bar that was clicked."""
    column = f"{by}_name"
    costs = breakdowns.cost_by(column)
    names = {_key(name): name for name in costs}
    rows = [(view.value_label(column, name), _key(name), cost) for name, cost in costs.items()]
    rows.sort(key=lambda row: (-row[2], row[0]))
    shown, rest = (rows, []) if len(rows) <= _BARS + 1 else (rows[:_BARS], rows[_BARS:])

    def build() -> Any:
        return _bars(view, shown, "money")

    key = _chart(
        view, promotion, f"cost-{by}", view.text(f"promotion.cost_by_{by}"), "money", build
    )
    if rest:
        amount = view.formats.exact(sum((cost for *_, cost in rest), Decimal()), "money")
        message = view.text("promotion.not_drawn", count=view.count(len(rest)), amount=amount)
        st.caption(escaped(message))
    if key not in names:
        return None
    name = names[key]
    label = view.value_label(column, name)
    return Selection(name=f"discounts-{by}", label=label, where={column: [name]})


def attempts_chart(view: View, promotion: Promotion, breakdowns: Breakdowns) -> Selection | None:
    """Outcomes of all attempts, refusals by their reason; returns the bar that was clicked."""
    rows: dict[str, tuple[str, Decimal, Where]] = {}
    for record in breakdowns.attempts.records():
        key, label, where = _outcome(view, record)
        before = rows[key][1] if key in rows else Decimal()
        rows[key] = label, before + number_of(record["row_count"]), where

    def build() -> Any:
        outcomes = [(label, key, count) for key, (label, count, _) in rows.items()]
        return _bars(view, sorted(outcomes, key=lambda row: (-row[2], row[0])), "count")

    title = view.text("promotion.attempts", count=view.count(promotion["attempt_count"]))
    selected = _chart(view, promotion, "attempts", title, "count", build)
    if selected not in rows:
        return None
    label, _, where = rows[selected]
    return Selection(name="attempts", label=label, where=where)


def redeemers_chart(view: View, promotion: Promotion, breakdowns: Breakdowns) -> Selection | None:
    """Net redemptions by channel, new and repeat buyers apart; returns the bar that was clicked."""
    counts = {
        (record["channel_name"], str(record["buyer_type"])): number_of(record["row_count"])
        for record in breakdowns.redeemed.records()
    }
    sizes: defaultdict[Cell, Decimal] = defaultdict(Decimal)
    for (channel, _), count in counts.items():
        sizes[channel] += count

    def point(channel: Cell, buyer: str) -> Point:
        count = counts.get((channel, buyer), Decimal())
        return Point(
            label=view.value_label("channel_name", channel),
            value=float(count),
            text=view.count(count),
            key=f"{buyer}:{_key(channel)}",
            short=view.count(count),
        )

    def build() -> Any:
        channels = sorted(sizes, key=lambda name: (-sizes[name], _key(name)))
        series = [
            (
                Series(
                    name=view.text(f"buyer.{buyer}"),
                    points=tuple(point(channel, buyer) for channel in channels),
                ),
                colour,
            )
            for buyer, colour in _BUYERS.items()
            if any(kind == buyer for _, kind in counts)
        ]
        return stacked(series) if series else None

    title = view.text("promotion.who", count=view.count(promotion["person_count"]))
    key = _chart(view, promotion, "redeemers", title, "count", build)
    drawn = {f"{buyer}:{_key(channel)}": (channel, buyer) for channel, buyer in counts}
    if key not in drawn:
        return None
    channel, buyer = drawn[key]
    return Selection(
        name="redeemers",
        label=f"{view.value_label('channel_name', channel)}, {view.text(f'buyer.{buyer}')}",
        where={"is_net": [True], "buyer_type": [buyer], "channel_name": [channel]},
    )


def describe_rejection(view: View, reason: Cell) -> str:
    """Why an attempt was refused; a reason of the shop's own, as it stands without underlines."""
    if reason in REJECTIONS:
        return view.text(f"rejection.{reason}")
    return str(reason).replace("_", " ").capitalize()


def _outcome(view: View, record: Mapping[str, Cell]) -> tuple[str, str, Where]:
    """The outcome of some attempts: a key, the words for it, and the rows that it is of."""
    status = str(record["redemption_status"])
    if status == "rejected":
        reason = record["rejection_reason"]
        label = view.text("outcome.rejected", reason=describe_rejection(view, reason))
        return f"rejected:{reason}", label, {"rejection_reason": [reason]}
    if status == "rolled_back":
        return status, view.text("outcome.rolled_back"), {"redemption_status": [status]}
    key = "net" if record["is_net"] else "not_net"
    where: Where = {"redemption_status": [status], "is_net": [record["is_net"]]}
    return key, view.text(f"outcome.{key}"), where


def _key(name: Cell) -> str:
    return NONE if name is None else str(name)


def _bars(view: View, rows: Iterable[Bar], kind: Kind) -> Any:
    """Bars of labels, keys and numbers, the largest first."""
    points = tuple(
        Point(
            label=label,
            value=float(number),
            text=view.formats.exact(number, kind),
            key=key,
            short=view.formats.short(number, kind),
        )
        for label, key, number in rows
    )
    if not points:
        return None
    figure = bars(Series(name=view.text("promotion.total"), points=points), None)
    if len(points) < _FEW:  # bars of a whole chart's height would be clumsy
        figure.update_layout(height=_FEW_PIXELS * len(points))
    return figure


def _chart(
    view: View, promotion: Promotion, name: str, title: str, kind: Kind, build: Callable[[], Any]
) -> str | None:
    return selectable_chart(view, f"{name}-of-{promotion.key}", title, unit(view, kind), build)
