"""Affiliates and the orders that came by them, links, and channels with their pages."""

from functools import partial

import streamlit as st

from facet.reporting.present.charts.style import LOSS
from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Record
from facet.reporting.screen.pages.marketing.data import (
    LINKS,
    affiliates,
    channels,
    links,
    links_chosen,
    orders_of_affiliate,
)
from facet.reporting.screen.parts.cells import column, or_dash, summed
from facet.reporting.screen.parts.empty import nothing_wrong, nothing_yet
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.links import affiliate_name, link_name
from facet.reporting.screen.parts.orders import day_column, order_columns, orders_behind
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import Select, listing
from facet.reporting.screen.session.view import View


def affiliate_list(view: View) -> None:
    """Affiliates with sales, cost and commission of the period, and the orders of one picked."""
    subheading(view.text("affiliate.title"))
    rows = affiliates(view)
    if not rows:
        nothing_yet(
            view.text("affiliate.never"), view.text("affiliate.never_why"), key="no-partner"
        )
        return
    st.caption(view.text("affiliate.means"))
    columns = [
        column(view, "link.affiliate", affiliate_name, width=200),
        column(view, "affiliate.status", partial(_status, view)),
        column(view, "affiliate.rate", "commission_rate", kind="rate"),
        summed(view, "affiliate.links", "link_count", kind="count"),
        summed(view, "link.orders", "orders", kind="count"),
        summed(view, "affiliate.new_customers", "new_customers", kind="count"),
        summed(view, "link.net_sales", "net_sales"),
        column(view, "affiliate.cost", "cost", kind="money"),
        column(view, "affiliate.gross_margin", "gross_margin", kind="money"),
        summed(view, "affiliate.commission", "commission"),
        summed(view, "affiliate.commission_ever", "commission_amount"),
        column(view, "affiliate.last_order", or_dash("last_order_date"), "day"),
    ]
    select = Select(by="affiliate_id")
    picked = listing(view, "affiliates", rows, columns, select=select, has_total=True)
    if picked is not None:
        _orders(view, picked)


def link_list(view: View) -> None:
    """Links that lead nowhere, that are used after the end, that nobody uses, or all."""
    subheading(view.text("utm.title"))
    rows = links(view)
    if not rows:
        nothing_yet(view.text("utm.never"), view.text("utm.never_why"), key="no-links")
        return
    st.caption(view.text("utm.means"))
    chosen = one_of(
        view.text("utm.which"),
        LINKS,
        lambda name: (
            f"{view.text(f'utm_list.{name}')} · {view.count(len(links_chosen(rows, name)))}"
        ),
        key="links",
        is_label_shown=False,
    )
    listed = links_chosen(rows, chosen)
    if not listed:
        nothing_wrong(view.text(f"utm_none.{chosen}"))
        return
    bad = {view.text(f"link_fault.{name}"): LOSS for name in ("no_address", "no_campaign")}
    columns = [
        column(view, "link.link", link_name, width=240),
        column(view, "utm.fault", partial(_fault, view), colours=bad),
        column(view, "utm.campaign", or_dash("campaign_name")),
        column(view, "utm.campaign_end", or_dash("campaign_end_date"), kind="day"),
        column(view, "link.affiliate", affiliate_name),
        column(view, "utm.touches", "touches", kind="count"),
        column(view, "utm.orders", "orders", kind="count"),
        column(view, "utm.touches_ever", "touch_count", kind="count"),
        column(view, "utm.clicks_ever", "click_count", kind="count"),
        column(view, "utm.last_used", or_dash("last_used_date"), kind="day"),
    ]
    listing(view, f"links-{chosen}", listed, columns)


def channel_list(view: View) -> None:
    """Marketing channels: what activities cost there, and what their pages brought."""
    subheading(view.text("channel.title"))
    rows = channels(view)
    if not rows:
        nothing_yet(view.text("channel.never"), view.text("channel.never_why"), key="no-channels")
        return
    st.caption(view.text("channel.means"))
    columns = [
        column(view, "channel.channel", partial(_channel, view)),
        column(view, "channel.type", lambda row: view.word("channel_type", _type(row))),
        column(view, "channel.page", or_dash("channel_name"), width=150),
        column(view, "channel.orders", "orders", kind="count"),
        column(view, "channel.net_sales", "net_sales", kind="money"),
        summed(view, "channel.activities", "activity_count", kind="count"),
        summed(view, "channel.open", "open_activity_count", kind="count"),
        summed(view, "channel.spent", "spent_amount"),
        summed(view, "channel.impressions", "impression_count", kind="count"),
        summed(view, "link.clicks", "click_count", kind="count"),
        column(view, "channel.cost_per_click", "cost_per_click", kind="money"),
    ]
    listing(view, "channels", rows, columns, has_total=True)


def _orders(view: View, affiliate: Record) -> None:
    orders = orders_of_affiliate(view, affiliate["affiliate_id"])
    shown = [
        summed(view, "link.net_sales", "net_sales_amount"),
        summed(view, "affiliate.commission", "commission"),
        day_column(view),
    ]
    orders_behind(
        view,
        "affiliate-orders",
        orders,
        order_columns(view, shown),
        title=view.text("drill.title", part=affiliate_name(affiliate)),
        caption=view.text(
            "link.orders_sum",
            count=view.count(len(orders)),
            net_sales=view.formats.exact(affiliate["net_sales"], "money"),
        ),
    )


def _status(view: View, row: Record) -> str:
    if row["is_deleted"]:
        return view.text("affiliate_status.deleted")
    return view.word("affiliate_status", row["affiliate_status"])


def _fault(view: View, row: Record) -> str:
    return DASH if row["link_fault"] is None else view.word("link_fault", row["link_fault"])


def _type(row: Record) -> str:
    return str(row["marketing_channel_type"])


def _channel(view: View, row: Record) -> str:
    name = str(row["marketing_channel_name"] or DASH)
    return name if row["is_active"] else view.text("channel.inactive", name=name)
