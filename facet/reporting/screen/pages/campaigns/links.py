"""A campaign's tracked links, and the orders that came by each."""

from collections.abc import Mapping

import streamlit as st

from facet.reporting.query.table import Cell
from facet.reporting.screen.pages.campaigns.data.campaigns import Campaign
from facet.reporting.screen.pages.campaigns.data.orders import orders_of_link
from facet.reporting.screen.parts.cells import column, summed
from facet.reporting.screen.parts.headings import minor_heading
from facet.reporting.screen.parts.links import affiliate_name, link_name
from facet.reporting.screen.parts.orders import day_column, order_columns, orders_behind
from facet.reporting.screen.parts.table import Select, listing
from facet.reporting.screen.session.view import View


def campaign_links(view: View, campaign: Campaign) -> None:
    """Its tracked links: clicks, and the whole orders that came by them, whatever the model."""
    links = view.marts.rows(
        "rpt_campaign_links",
        ["utm_link_id", "utm_source", "utm_medium", "utm_campaign", "affiliate_name",
         "affiliate_code", "click_count", "order_count", "order_rate", "net_sales_amount",
         "commission_amount"],
        where={"campaign_id": [campaign["campaign_id"]]},
        order_by=["-net_sales_amount", "utm_link_id"],
    ).records()  # fmt: skip
    minor_heading(view.text("link.title"))
    if not links:
        st.caption(view.text("link.none"))
        return
    st.caption(view.text("link.means"))
    columns = [
        column(view, "link.link", link_name),
        column(view, "link.affiliate", affiliate_name),
        summed(view, "link.clicks", "click_count", "count"),
        summed(view, "link.orders", "order_count", "count"),
        column(view, "link.rate", "order_rate", "rate"),
        summed(view, "link.net_sales", "net_sales_amount"),
        summed(view, "link.commission", "commission_amount"),
    ]
    select = Select(by="utm_link_id")
    picked = listing(view, "links", links, columns, select=select, has_total=True)
    if picked is not None:
        _orders(view, picked)


def _orders(view: View, link: Mapping[str, Cell]) -> None:
    orders = orders_of_link(view, link["utm_link_id"])
    shown = [summed(view, "link.net_sales", "net_sales_amount"), day_column(view)]
    orders_behind(
        view,
        "link-orders",
        orders.records(),
        order_columns(view, shown),
        title=view.text("drill.title", part=link_name(link)),
        caption=view.text(
            "link.orders_sum",
            count=view.count(len(orders)),
            net_sales=view.formats.exact(orders.total("net_sales_amount"), "money"),
        ),
    )
