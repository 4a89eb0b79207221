"""Paths to a campaign's orders: sequences of touches."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import streamlit as st

from facet.reporting.query.table import Cell
from facet.reporting.screen.pages.campaigns.data.campaigns import Campaign, Campaigns
from facet.reporting.screen.parts.cells import column, summed
from facet.reporting.screen.parts.headings import minor_heading
from facet.reporting.screen.parts.table import listing
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
    minor_heading(view.text("path.title"))
    if not len(paths):
        st.caption(view.text("path.none"))
        return
    st.caption(view.text("path.means", count=view.count(len(paths))))
    steps = _steps_of(view, campaigns, campaign)
    columns = [
        column(view, "path.path", lambda path: describe_path(view, steps[path["path_key"]])),
        summed(view, "path.orders", "order_count", "count"),
        summed(view, "campaign.part", "order_weight", "count"),
        summed(view, "campaign.net_sales", "net_sales_amount"),
    ]
    listing(view, "paths", paths.records(), columns, has_total=True)


def describe_path(view: View, steps: Sequence[Step]) -> str:
    """A path as people read it: Ad click → Link (newsletter) → Redemption."""
    return " → ".join(_describe_step(view, step) for step in steps)


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


def _describe_step(view: View, step: Step) -> str:
    if step.source == "journey":
        words = view.word("touchpoint", step.touchpoint or "unknown")
    elif step.touchpoint:
        words = view.text("path.link", place=str(step.touchpoint))
    else:
        words = view.word("touch_source", step.source)
    return words if step.is_own else view.text("path.other", step=words)
