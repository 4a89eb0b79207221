"""The campaigns that are looked at, side by side: what each has brought and cost."""

from typing import Any, Final

import streamlit as st

from facet.reporting.screen.pages.campaigns.data import Campaigns, gross_margin
from facet.reporting.screen.parts.tables import Column, listing, sums
from facet.reporting.screen.session.query_params import select_option
from facet.reporting.screen.session.view import View

#: The place of the margin in the list.
_MARGIN: Final = 4


def campaign_list(view: View, campaigns: Campaigns) -> None:
    """List campaigns by the attribution that was chosen, the one that brought most first.

    They add up to the tiles. A picked one is opened below; one alone is opened there anyway.
    """
    st.divider()
    rows = sorted(campaigns.returns_shown, key=lambda row: -row.number("net_sales_amount"))
    own = {row["campaign_id"]: campaigns.campaign(row["campaign_id"]) for row in rows}
    if len(rows) < 2:
        return
    st.markdown(f"**{view.text('campaign.list', count=view.count(len(rows)))}**")
    st.caption(view.text("campaign.list_means"))
    columns = [
        Column(label=view.text("campaign.choose")),
        Column(label=view.text("activity.start"), kind="day"),
        Column(label=view.text("campaign.end"), kind="day"),
        Column(label=view.text("campaign.net_sales"), kind="money", is_summed=True),
        Column(label=view.text("campaign.gross_margin"), kind="money", is_summed=True),
        Column(label=view.text("campaign.orders"), kind="count", is_summed=True),
        Column(label=view.text("campaign.spent"), kind="money", is_summed=True),
        Column(label=view.text("campaign.budget_used"), kind="rate", width=110),
        Column(
            label=view.text("campaign.return_on_spend"),
            kind="times",
            help=view.text("campaign_means.return_on_spend"),
        ),
    ]
    cells: list[tuple[Any, ...]] = [
        (
            campaign.name,
            campaign["start_date"],
            campaign["end_date"],
            row["net_sales_amount"],
            row["gross_margin_amount"],
            row["order_weight"],
            row["spent_amount"],
            row["budget_used_rate"],
            row["return_on_spend"],
        )
        for row in rows
        if (campaign := own[row["campaign_id"]]) is not None
    ]
    shown = (campaigns.show, campaigns.name)
    total = [*sums(columns, cells)[:-1], campaigns.return_on_spend]
    total[_MARGIN] = gross_margin(rows)
    picked = listing(
        view, "campaigns", columns, cells, is_picked_from=True, picked_for=shown, total=total
    )
    told = (picked, *shown)
    if picked is not None and st.session_state.get("picked-campaign") != told:
        select_option("campaign", str(rows[picked]["campaign_id"]))
    st.session_state["picked-campaign"] = told
