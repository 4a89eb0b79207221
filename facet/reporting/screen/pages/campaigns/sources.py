"""Where a campaign's orders came from, and what was done for it: paths, links, activities."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import streamlit as st

from facet.reporting.present.charts import LOSS
from facet.reporting.present.filters import DIMENSIONS
from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Cell, Table
from facet.reporting.screen.pages.campaigns.data import Campaign, Campaigns
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.tables import Column, listing
from facet.reporting.screen.session.view import View

_STEPS: Final = "rpt_campaign_path_steps"


class Step(NamedTuple):
    """A touch on the way to an order: where from, which contact or place, and whose."""

    source: Cell
    touchpoint: Cell
    is_own: Cell


def touch_paths(view: View, campaigns: Campaigns, campaign: Campaign) -> None:
    """The sequences of touches that led to its orders, the most frequent first.

    Nothing in a release that was made before it had their steps.
    """
    if not view.marts.shows(_STEPS):
        return
    paths = view.marts.rows(
        "rpt_campaign_paths",
        ["path_key", "order_count", "order_weight", "net_sales_amount"],
        where={"campaign_id": [campaign["campaign_id"]], **campaigns.attribution},
        order_by=["-order_count", "-net_sales_amount", "touch_count", "path_key"],
    )
    st.markdown(f"**{view.text('path.title')}**")
    if not len(paths):
        st.caption(view.text("path.none"))
        return
    st.caption(view.text("path.means", count=view.count(len(paths))))
    columns = [
        Column(label=view.text("path.path")),
        Column(label=view.text("path.orders"), kind="count", is_summed=True),
        Column(label=view.text("campaign.part"), kind="count", is_summed=True),
        Column(label=view.text("campaign.net_sales"), kind="money", is_summed=True),
    ]
    steps = _steps_of(view, campaigns, campaign)
    rows = [
        (path_in_words(view, steps[key]), order_count, order_weight, net_sales)
        for key, order_count, order_weight, net_sales in paths.rows
    ]
    listing(view, "paths", columns, rows, has_total=True)


def path_in_words(view: View, steps: Sequence[Step]) -> str:
    """A path as people read it: Ad click → Link (newsletter) → Redemption."""
    return " → ".join(_step_in_words(view, step) for step in steps)


def _steps_of(
    view: View, campaigns: Campaigns, campaign: Campaign
) -> Mapping[Cell, Sequence[Step]]:
    """The steps of each of its paths within the window, by the key of the path."""
    steps: dict[Cell, list[Step]] = defaultdict(list)
    for key, *step in view.marts.rows(
        _STEPS,
        ["path_key", "touch_source", "touchpoint", "is_own"],
        where={"campaign_id": [campaign["campaign_id"]], "window_days": [campaigns.window]},
        order_by=["path_key", "step_number"],
    ).rows:
        steps[key].append(Step(*step))
    return steps


def _step_in_words(view: View, step: Step) -> str:
    if step.source == "journey":
        words = view.word("touchpoint", step.touchpoint or "unknown")
    elif step.touchpoint:
        words = view.text("path.link", place=str(step.touchpoint))
    else:
        words = view.word("touch_source", step.source)
    return words if step.is_own else view.text("path.other", step=words)


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
    st.markdown(f"**{view.text('link.title')}**")
    if not links:
        st.caption(view.text("link.none"))
        return
    st.caption(view.text("link.means"))
    columns = [
        Column(label=view.text("link.link")),
        Column(label=view.text("link.affiliate")),
        Column(label=view.text("link.clicks"), kind="count", is_summed=True),
        Column(label=view.text("link.orders"), kind="count", is_summed=True),
        Column(label=view.text("link.rate"), kind="rate"),
        Column(label=view.text("link.net_sales"), kind="money", is_summed=True),
        Column(label=view.text("link.commission"), kind="money", is_summed=True),
    ]
    rows = [
        (
            _joined(link["utm_source"], link["utm_medium"], link["utm_campaign"]),
            link["affiliate_name"] or link["affiliate_code"] or DASH,
            link["click_count"],
            link["order_count"],
            link["order_rate"],
            link["net_sales_amount"],
            link["commission_amount"],
        )
        for link in links
    ]
    picked = listing(
        view,
        "links",
        columns,
        rows,
        is_picked_from=True,
        picked_for=campaign.key,
        has_total=True,
    )
    if picked is not None:
        _link_orders(view, links[picked]["utm_link_id"], rows[picked][0])


def campaign_activities(view: View, campaign: Campaign) -> None:
    """What was done for it and what that cost."""
    activities = view.marts.rows(
        "rpt_campaign_activities",
        ["activity_name", "activity_type", "activity_status", "marketing_channel_name",
         "owner_name", "budget_amount", "spent_amount", "click_count", "is_overdue", "start_date",
         "due_date"],
        where={"campaign_id": [campaign["campaign_id"]]},
        order_by=["start_date", "activity_id"],
    ).records()  # fmt: skip
    st.markdown(f"**{view.text('activity.title')}**")
    if not activities:
        st.caption(view.text("activity.none"))
        return
    late = view.text("activity.late")
    columns = [
        Column(label=view.text("activity.activity")),
        Column(label=view.text("activity.type")),
        Column(label=view.text("goal.status"), colours={late: LOSS}),
        Column(label=view.text("activity.channel")),
        Column(label=view.text("activity.start"), kind="day"),
        Column(label=view.text("activity.due"), kind="day"),
        Column(label=view.text("activity.budget"), kind="money", is_summed=True),
        Column(label=view.text("campaign.spent"), kind="money", is_summed=True),
        Column(label=view.text("link.clicks"), kind="count", is_summed=True),
        Column(label=view.text("activity.owner")),
    ]
    rows = [
        (
            activity["activity_name"],
            view.word("activity_type", activity["activity_type"]),
            late
            if activity["is_overdue"]
            else view.word("activity_status", activity["activity_status"]),
            activity["marketing_channel_name"] or DASH,
            activity["start_date"],
            activity["due_date"],
            activity["budget_amount"],
            activity["spent_amount"],
            activity["click_count"],
            activity["owner_name"] or DASH,
        )
        for activity in activities
    ]
    listing(view, "activities", columns, rows, has_total=True)


def campaign_projects(view: View, campaign: Campaign) -> None:
    """The projects that carry it out, and how far they are; nothing where there are none."""
    projects = view.marts.rows(
        "rpt_campaign_projects",
        ["project_name", "project_status", "owner_name", "budget_amount", "task_count",
         "overdue_task_count", "done_rate", "is_overdue", "due_date"],
        where={"campaign_id": [campaign["campaign_id"]]},
        order_by=["due_date", "project_id"],
    ).records()  # fmt: skip
    if not projects:
        return
    late = view.text("activity.late")
    st.markdown(f"**{view.text('project.title')}**")
    columns = [
        Column(label=view.text("project.project")),
        Column(label=view.text("goal.status"), colours={late: LOSS}),
        Column(label=view.text("project.done"), kind="rate"),
        Column(label=view.text("project.tasks"), kind="count", is_summed=True),
        Column(label=view.text("project.overdue"), kind="count", is_summed=True),
        Column(label=view.text("activity.due"), kind="day"),
        Column(label=view.text("activity.budget"), kind="money", is_summed=True),
        Column(label=view.text("activity.owner")),
    ]
    rows = [
        (
            project["project_name"],
            late
            if project["is_overdue"]
            else view.word("project_status", project["project_status"]),
            project["done_rate"],
            project["task_count"],
            project["overdue_task_count"],
            project["due_date"],
            project["budget_amount"],
            project["owner_name"] or DASH,
        )
        for project in projects
    ]
    listing(view, "projects", columns, rows)


def orders_of_link(view: View, utm_link_id: Cell) -> Table:
    """The counted orders that came by a link, whole; they add up to what the link has."""
    touches = view.marts.rows(
        "fct_campaign_touches",
        ["conversion_id"],
        where={
            "conversion_type": ["order"],
            "touch_source": ["utm_link"],
            "source_id": [utm_link_id],
        },
    )
    return view.marts.rows(
        "fct_orders",
        ["order_number", "net_sales_amount", "order_date", "channel_name", "buyer_type"],
        where={"order_id": sorted(set(touches.column("conversion_id")), key=str)},
        order_by=["-net_sales_amount", "order_id"],
    )


def _link_orders(view: View, utm_link_id: Cell, name: str) -> None:
    orders = orders_of_link(view, utm_link_id)
    with st.container(key="link-orders", border=True):
        st.markdown(f"**{escaped(view.text('drill.title', part=name))}**")
        said = view.text(
            "link.orders_sum",
            count=view.count(len(orders)),
            net_sales=view.formats.exact(orders.total("net_sales_amount"), "money"),
        )
        st.caption(escaped(said))
        columns = [
            Column(label=view.text("drill.number")),
            Column(label=view.text("link.net_sales"), kind="money", is_summed=True),
            Column(label=view.text("drill.date"), kind="day"),
            Column(label=view.text("filter.channel")),
            Column(label=view.text("filter.buyer")),
        ]
        rows = [
            (
                number,
                net_sales,
                day,
                view.value_label(DIMENSIONS["channel"].name, str(channel)),
                view.value_label(DIMENSIONS["buyer"].name, str(buyer)),
            )
            for number, net_sales, day, channel, buyer in orders.rows
        ]
        listing(view, "link-orders", columns, rows, has_total=True)


def _joined(*parts: Cell) -> str:
    return " / ".join(str(part) for part in parts if part) or DASH
