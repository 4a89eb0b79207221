"""The campaigns that are looked at, side by side: what each has brought and cost."""

from collections.abc import Callable

import streamlit as st

from facet.reporting.query.table import Cell, Row
from facet.reporting.screen.pages.campaigns.columns import return_column
from facet.reporting.screen.pages.campaigns.data.campaigns import Campaigns, gross_margin
from facet.reporting.screen.parts.cells import Column, column, summed
from facet.reporting.screen.parts.headings import minor_heading
from facet.reporting.screen.parts.table import Select, listing
from facet.reporting.screen.session.view import View


def campaign_list(view: View, campaigns: Campaigns) -> None:
    """List campaigns by the attribution that was chosen, the one that brought most first.

    They add up to the tiles. A picked one is opened below; one alone is opened there anyway.
    """
    st.divider()
    rows = sorted(campaigns.returns_shown, key=lambda row: -row.number("net_sales_amount"))
    if len(rows) < 2:
        return
    minor_heading(view.text("campaign.list", count=view.count(len(rows))))
    st.caption(view.text("campaign.list_means"))
    listing(
        view,
        "campaigns",
        rows,
        _columns(view, campaigns),
        select=Select(
            chooses=lambda row: {"campaign": str(row["campaign_id"])},
        ),
        has_total=True,
    )


def _columns(view: View, campaigns: Campaigns) -> list[Column]:
    def of_campaign(name: str) -> Callable[[Row], Cell]:
        return lambda row: by_id[row["campaign_id"]][name]

    by_id = {campaign["campaign_id"]: campaign for campaign in campaigns.campaigns}
    margin, spend = "gross_margin_amount", campaigns.return_on_spend
    return [
        column(view, "campaign.choose", of_campaign("campaign_name")),
        column(view, "activity.start", of_campaign("start_date"), "day"),
        column(view, "campaign.end", of_campaign("end_date"), "day"),
        summed(view, "campaign.net_sales", "net_sales_amount"),
        summed(view, "campaign.gross_margin", margin, total=gross_margin),
        summed(view, "campaign.orders", "order_weight", "count"),
        summed(view, "campaign.spent", "spent_amount"),
        column(view, "campaign.budget_used", "budget_used_rate", "rate", width=110),
        return_column(view, total=lambda _: spend),
    ]
