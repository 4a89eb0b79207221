"""Rows behind a goal's number: orders, leads or redemptions."""

import streamlit as st

from facet.reporting.present.goals import Goal
from facet.reporting.screen.pages.campaigns.data.campaigns import Campaigns
from facet.reporting.screen.pages.campaigns.data.orders import rows_of_goal
from facet.reporting.screen.parts.cells import Column, column, summed
from facet.reporting.screen.parts.orders import day_column, order_columns, orders_behind
from facet.reporting.screen.session.view import View


def goal_orders(view: View, campaigns: Campaigns, goal: Goal) -> None:
    """On demand, the rows that make up what has come in of a goal."""
    if goal["goal_metric"] == "custom":
        st.caption(view.text("goal.by_hand"))
        return
    if not st.toggle(view.text("goal.show_rows"), key=f"goal-rows-{goal.key}"):
        return
    rows = rows_of_goal(view, campaigns, goal)
    measure = rows.columns[0]
    caption = view.text(
        "goal.rows_sum",
        count=view.count(len(rows)),
        total=view.formats.exact(rows.total(measure), goal.kind),
        metric=view.text(f"goal_metric.{goal['goal_metric']}"),
    )
    orders_behind(view, "goal-rows", rows.records(), _columns(view, goal, measure), caption=caption)


def _columns(view: View, goal: Goal, measure: str) -> list[Column]:
    """What each row is called, its part, and the day that it counts on."""
    amount = summed(view, "goal.actual", measure, goal.kind)
    match goal["goal_metric"]:
        case "leads":
            return [
                column(view, "goal.lead", lambda row: str(row["conversion_id"])),
                amount,
                column(view, "goal.day", "conversion_date", "day"),
            ]
        case "redemptions":
            return [
                column(view, "goal.promotion", "promotion_name"),
                amount,
                column(view, "drill.number", "order_number"),
                column(view, "goal.day", "redeemed_date", "day"),
            ]
    return order_columns(view, [amount, day_column(view)])
