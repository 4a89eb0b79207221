"""One campaign: its figures by every model of attribution, and the orders behind any of them."""

from typing import Any, Final

import streamlit as st

from facet.reporting.present.charts import ACCENT
from facet.reporting.present.filters import DIMENSIONS
from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Row
from facet.reporting.screen.pages.campaigns.data import (
    COSTED,
    Campaign,
    Campaigns,
    Goal,
    gross_margin,
)
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.tables import Column, listing, sums
from facet.reporting.screen.session.query_params import query_param_select
from facet.reporting.screen.session.view import View

_CHANNEL: Final = DIMENSIONS["channel"].name
_BUYER: Final = DIMENSIONS["buyer"].name
_SUMMED: Final = ("net_sales_amount", "demand_sales_amount", "cost_amount", "order_weight")
#: The place of the margin in a list of orders.
_MARGIN: Final = 2


def campaign_chosen(view: View, campaigns: Campaigns, goal: Goal | None) -> Campaign:
    """Let choose a campaign: that of the goal, else the first of those looked at."""
    own = campaigns.campaign(goal["campaign_id"]) if goal else None
    named = st.query_params.get("campaign")
    options = {
        campaign.key: _option(view, campaign)
        for campaign in campaigns.campaigns
        if campaigns.is_shown(campaign) or campaign.key == named or campaign is own
    }
    first = own.key if own else next(iter(options), campaigns.campaigns[0].key)
    options.setdefault(first, _option(view, campaigns.campaigns[0]))
    chosen = query_param_select(
        "campaign", view.text("campaign.choose"), options, default=first, width=420
    )
    return next(campaign for campaign in campaigns.campaigns if campaign.key == chosen)


def campaign_summary(view: View, campaigns: Campaigns, campaign: Campaign) -> None:
    """What it is, and what it has brought in a sentence."""
    row = _row(campaigns, campaign, campaigns.model)
    net_sales = view.formats.short(row["net_sales_amount"] if row else 0, "money")
    with st.container(key="campaign-title", gap="xxsmall"):
        said = view.text("campaign.said", name=campaign.name, net_sales=net_sales)
        st.subheader(escaped(said), anchor=False)
        st.caption(escaped(" · ".join(_facts(view, campaign, row))))


def models_compared(view: View, campaigns: Campaigns, campaign: Campaign) -> str | None:
    """Its figures by each model, side by side; returns the model of the row that was picked."""
    st.markdown(f"**{view.text('campaign.models')}**")
    st.caption(view.text("campaign.models_means"))
    names = [view.word("campaign_model", model) for model in campaigns.models]
    columns = [
        Column(
            label=view.text("campaign.model"),
            colours={view.word("campaign_model", campaigns.model): ACCENT},
        ),
        Column(label=view.text("campaign.net_sales"), kind="money"),
        Column(label=view.text("campaign.gross_margin"), kind="money"),
        Column(label=view.text("campaign.orders"), kind="count"),
        Column(label=view.text("campaign.units"), kind="count"),
        Column(label=view.text("campaign.new_customers"), kind="count"),
        Column(label=view.text("campaign.leads"), kind="count"),
        Column(
            label=view.text("campaign.return_on_spend"),
            kind="times",
            help=view.text("campaign_means.return_on_spend"),
        ),
    ]
    rows: list[tuple[Any, ...]] = []
    for name, model in zip(names, campaigns.models, strict=True):
        row = _row(campaigns, campaign, model)
        if row is None:
            rows.append((name, 0, 0, 0, 0, 0, 0, None))
            continue
        rows.append(
            (
                name,
                row["net_sales_amount"],
                row["gross_margin_amount"],
                row["order_weight"],
                row["unit_weight"],
                row["new_customer_weight"],
                row["lead_weight"],
                row["return_on_spend"],
            )
        )
    shown = (campaign.key, campaigns.window)
    picked = listing(view, "campaign-models", columns, rows, is_picked_from=True, picked_for=shown)
    return None if picked is None else campaigns.models[picked]


def campaign_orders(view: View, campaigns: Campaigns, campaign: Campaign, model: str) -> None:
    """The orders that a campaign's figures by a model were summed from."""
    sales = "fct_campaign_sales"
    costed = COSTED if view.marts.has(sales, COSTED) else "demand_sales_amount"
    orders = view.marts.totals(
        sales,
        list(dict.fromkeys((*_SUMMED, costed))),
        by=["order_id", "order_number", "order_date", "channel_name", "buyer_type"],
        where={
            "campaign_id": [campaign["campaign_id"]],
            "attribution_model": [model],
            "window_days": [campaigns.window],
        },
        order_by=["-net_sales_amount", "order_id"],
    )
    own = [Row({**order, COSTED: order[costed]}) for order in orders.records()]
    with st.container(key="campaign-orders", border=True):
        title = view.text(
            "campaign.orders_of", name=campaign.name, model=view.text(f"campaign_model.{model}")
        )
        st.markdown(f"**{escaped(title)}**")
        said = view.text(
            "campaign.orders_sum",
            count=view.count(len(orders)),
            net_sales=view.formats.exact(orders.total("net_sales_amount"), "money"),
            parts=view.count(orders.total("order_weight")),
        )
        st.caption(escaped(said))
        columns = [
            Column(label=view.text("drill.number")),
            Column(label=view.text("campaign.net_sales"), kind="money", is_summed=True),
            Column(label=view.text("campaign.gross_margin"), kind="money", is_summed=True),
            Column(label=view.text("campaign.part"), kind="count", is_summed=True),
            Column(label=view.text("drill.date"), kind="day"),
            Column(label=view.text("filter.channel")),
            Column(label=view.text("filter.buyer")),
        ]
        rows = [
            (
                order["order_number"],
                order["net_sales_amount"],
                gross_margin([order]),
                order["order_weight"],
                order["order_date"],
                view.value_label(_CHANNEL, str(order["channel_name"])),
                view.value_label(_BUYER, str(order["buyer_type"])),
            )
            for order in own
        ]
        whole = sums(columns, rows)
        whole[_MARGIN] = gross_margin(own)
        listing(view, "campaign-orders", columns, rows, total=whole)


def _row(campaigns: Campaigns, campaign: Campaign, model: str) -> Row | None:
    """What a campaign has by a model in the window; None where it has nothing."""
    return next(
        (
            row
            for row in campaigns.returns
            if row["campaign_id"] == campaign["campaign_id"] and row["attribution_model"] == model
        ),
        None,
    )


def _option(view: View, campaign: Campaign) -> str:
    name = campaign.name
    if campaign["is_deleted"]:
        return view.text("campaign.deleted", name=name)
    return f"{name} · {campaign['campaign_code']}" if campaign["campaign_code"] else name


def _facts(view: View, campaign: Campaign, row: Row | None) -> list[str]:
    """Its status, days, owner, budget and spend, as far as they are known."""
    facts = [view.word("campaign_status", campaign["campaign_status"])]
    days = [view.formats.day_or_dash(campaign[f"{end}_date"]) for end in ("start", "end")]
    facts.append(f" {DASH} ".join(days))
    if campaign["owner_name"]:
        facts.append(str(campaign["owner_name"]))
    if row is not None and row["spent_amount"] is not None:
        spent = view.formats.short(row["spent_amount"], "money")
        if row["budget_amount"]:
            budget = view.formats.short(row["budget_amount"], "money")
            facts.append(view.text("campaign.spent_of", spent=spent, budget=budget))
        else:
            facts.append(view.text("campaign.spent_alone", spent=spent))
    return facts
