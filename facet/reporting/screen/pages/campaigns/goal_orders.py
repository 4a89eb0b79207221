"""What a goal's number was summed from: orders, leads or redemptions, row by row."""

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from facet.reporting.present.filters import DIMENSIONS
from facet.reporting.query.table import Table
from facet.reporting.screen.pages.campaigns.data import Campaigns, Goal
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.tables import Column, listing
from facet.reporting.screen.session.view import View

#: Of each goal of orders, what of a campaign's sales it sums, and the day that it goes by.
_OF_ORDERS: Final = {
    "net_sales": ("net_sales_amount", "ledger_date"),
    "orders": ("order_weight", "order_date"),
    "units": ("unit_weight", "order_date"),
    "new_customers": ("new_customer_weight", "order_date"),
}


def goal_orders(view: View, campaigns: Campaigns, goal: Goal) -> None:
    """On demand, the rows that make up what has come in of a goal."""
    if goal["goal_metric"] == "custom":
        st.caption(view.text("goal.by_hand"))
        return
    if not st.toggle(view.text("goal.show_rows"), key=f"goal-rows-{goal.key}"):
        return
    rows = rows_of_goal(view, campaigns, goal)
    measure = rows.columns[0]
    with st.container(key="goal-rows", border=True):
        said = view.text(
            "goal.rows_sum",
            count=view.count(len(rows)),
            total=view.formats.exact(rows.total(measure), goal.kind),
            metric=view.text(f"goal_metric.{goal['goal_metric']}"),
        )
        st.caption(escaped(said))
        columns, cells = _listed(view, goal, rows)
        listing(view, "goal-rows", columns, cells, has_total=True)


def rows_of_goal(view: View, campaigns: Campaigns, goal: Goal) -> Table:
    """The rows with their part of the goal in the first column; they add up to what has come in."""
    days = (goal["start_date"], goal["end_date"])
    where: dict[str, Sequence[Any]] = {"campaign_id": [goal["campaign_id"]]}
    match goal["goal_metric"]:
        case "leads":
            return view.marts.rows(
                "fct_campaign_attributions",
                ["attribution_weight", "conversion_id", "conversion_date"],
                where={**where, **campaigns.attribution, "conversion_type": ["lead"]},
                between={"conversion_date": days},
                order_by=["conversion_date", "conversion_id"],
            )
        case "redemptions":
            return view.marts.rows(
                "fct_campaign_redemptions",
                ["redemption_weight", "promotion_name", "order_number", "redeemed_date"],
                where=where,
                between={"redeemed_date": days},
                order_by=["redeemed_date", "redemption_id"],
            )
    measure, day = _OF_ORDERS[str(goal["goal_metric"])]
    by = ["order_number", "order_date", "channel_name", "buyer_type", "order_id"]
    orders = view.marts.totals(
        "fct_campaign_sales",
        [measure],
        by=by,
        where={**where, **campaigns.attribution},
        between={day: days},
        order_by=[f"-{measure}", "order_id"],
    )
    place = orders.columns.index(measure)
    return Table(
        (measure, *by),
        tuple((row[place], *row[:place]) for row in orders.rows if row[place]),
    )


def _listed(view: View, goal: Goal, rows: Table) -> tuple[list[Column], list[tuple[Any, ...]]]:
    """The rows as a list: what each is called, its part, and the day that it counts on."""
    part = Column(label=view.text("goal.actual"), kind=goal.kind, is_summed=True)
    match goal["goal_metric"]:
        case "leads":
            return (
                [
                    Column(label=view.text("goal.lead")),
                    part,
                    Column(label=view.text("goal.day"), kind="day"),
                ],
                [(str(lead), weight, day) for weight, lead, day in rows.rows],
            )
        case "redemptions":
            return (
                [
                    Column(label=view.text("goal.promotion")),
                    part,
                    Column(label=view.text("drill.number")),
                    Column(label=view.text("goal.day"), kind="day"),
                ],
                [(name, weight, order, day) for weight, name, order, day in rows.rows],
            )
    return (
        [
            Column(label=view.text("drill.number")),
            part,
            Column(label=view.text("drill.date"), kind="day"),
            Column(label=view.text("filter.channel")),
            Column(label=view.text("filter.buyer")),
        ],
        [
            (
                number,
                value,
                day,
                view.value_label(DIMENSIONS["channel"].name, str(channel)),
                view.value_label(DIMENSIONS["buyer"].name, str(buyer)),
            )
            for value, number, day, channel, buyer, _ in rows.rows
        ],
    )
