"""One campaign: its figures by every model of attribution, and the orders behind any of them."""

from typing import Final

import streamlit as st

from facet.reporting.present.charts.style import ACCENT
from facet.reporting.present.formats import DASH
from facet.reporting.present.goals import Goal
from facet.reporting.query.table import Row, total
from facet.reporting.screen.pages.campaigns.columns import return_column
from facet.reporting.screen.pages.campaigns.data.campaigns import Campaign, Campaigns, gross_margin
from facet.reporting.screen.pages.campaigns.data.orders import orders_of_campaign
from facet.reporting.screen.parts.cells import column, summed
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.orders import day_column, order_columns, orders_behind
from facet.reporting.screen.parts.table import Select, listing
from facet.reporting.screen.session.query_params import query_param_select
from facet.reporting.screen.session.view import View

_WEIGHTS: Final = {
    "campaign.orders": "order_weight",
    "campaign.units": "unit_weight",
    "campaign.new_customers": "new_customer_weight",
    "campaign.leads": "lead_weight",
}
#: What a campaign has by a model that ascribes nothing to it.
_NOTHING: Final = {
    **dict.fromkeys(("net_sales_amount", "gross_margin_amount", *_WEIGHTS.values()), 0),
    "return_on_spend": None,
}


def campaign_chosen(view: View, campaigns: Campaigns, goal: Goal | None) -> Campaign:
    """Select a campaign: that of the goal, else the first of those shown."""
    of_goal = campaigns.campaign(goal["campaign_id"]) if goal else None
    named = st.query_params.get("campaign")
    options = {
        campaign.key: _option(view, campaign)
        for campaign in campaigns.campaigns
        if campaigns.is_shown(campaign) or campaign.key == named or campaign is of_goal
    }
    first = of_goal.key if of_goal else next(iter(options), campaigns.campaigns[0].key)
    options.setdefault(first, _option(view, campaigns.campaigns[0]))
    chosen = query_param_select(
        "campaign", view.text("campaign.choose"), options, default=first, width=420
    )
    return next(campaign for campaign in campaigns.campaigns if campaign.key == chosen)


def campaign_summary(view: View, campaigns: Campaigns, campaign: Campaign) -> None:
    """A campaign and its net sales in a sentence."""
    row = _row(campaigns, campaign, campaigns.model)
    net_sales = view.formats.short(row["net_sales_amount"] if row else 0, "money")
    with st.container(key="campaign-title", gap="xxsmall"):
        message = view.text("campaign.said", name=campaign.name, net_sales=net_sales)
        subheading(escaped(message))
        st.caption(escaped(" · ".join(_facts(view, campaign, row))))


def models_compared(view: View, campaigns: Campaigns, campaign: Campaign) -> str | None:
    """Its figures by each model, side by side; returns the model of the row that was picked."""
    minor_heading(view.text("campaign.models"))
    st.caption(view.text("campaign.models_means"))
    rows = [
        _row(campaigns, campaign, model) or Row({**_NOTHING, "attribution_model": model})
        for model in campaigns.models
    ]
    columns = [
        column(
            view,
            "campaign.model",
            lambda row: view.word("campaign_model", row["attribution_model"]),
            colours={view.word("campaign_model", campaigns.model): ACCENT},
        ),
        column(view, "campaign.net_sales", "net_sales_amount", "money"),
        column(view, "campaign.gross_margin", "gross_margin_amount", "money"),
        *(column(view, text, name, "count") for text, name in _WEIGHTS.items()),
        return_column(view),
    ]
    select = Select(by="attribution_model")
    picked = listing(view, "campaign-models", rows, columns, select=select)
    return None if picked is None else str(picked["attribution_model"])


def campaign_orders(view: View, campaigns: Campaigns, campaign: Campaign, model: str) -> None:
    """The orders that a campaign's figures by a model were summed from."""
    orders = orders_of_campaign(view, campaigns, campaign, model)
    shown = [
        summed(view, "campaign.net_sales", "net_sales_amount"),
        summed(view, "campaign.gross_margin", lambda row: gross_margin([row]), total=gross_margin),
        summed(view, "campaign.part", "order_weight", "count"),
        day_column(view),
    ]
    orders_behind(
        view,
        "campaign-orders",
        orders,
        order_columns(view, shown),
        title=view.text(
            "campaign.orders_of", name=campaign.name, model=view.text(f"campaign_model.{model}")
        ),
        caption=view.text(
            "campaign.orders_sum",
            count=view.count(len(orders)),
            net_sales=view.formats.exact(total(orders, "net_sales_amount"), "money"),
            parts=view.count(total(orders, "order_weight")),
        ),
    )


def _row(campaigns: Campaigns, campaign: Campaign, model: str) -> Row | None:
    """Returns of a campaign by a model in the window; None where it has nothing."""
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
