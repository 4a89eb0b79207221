"""Where a campaign's orders came from, and what was done for it: paths, links, activities."""

from typing import Final

import streamlit as st

from facet.reporting.screen.campaign import Campaign, Campaigns
from facet.reporting.screen.tables import Column, listing
from facet.reporting.screen.view import View

_PATHS_SHOWN: Final = 50


def touch_paths(view: View, campaigns: Campaigns, campaign: Campaign) -> None:
    """The sequences of touches that led to its orders, the most frequent first."""
    paths = view.marts.rows(
        "rpt_campaign_paths",
        ["path", "touch_count", "order_count", "order_weight", "net_sales_amount"],
        where={"campaign_id": [campaign["campaign_id"]], **campaigns.attribution},
        order_by=["-order_count", "-net_sales_amount", "path"],
    )
    st.markdown(f"**{view.text('path.title')}**")
    if not len(paths):
        st.caption(view.text("path.none"))
        return
    st.caption(view.text("path.means", count=view.count(len(paths))))
    columns = [
        Column(label=view.text("path.path")),
        Column(label=view.text("path.orders"), kind="count", is_summed=True),
        Column(label=view.text("campaign.part"), kind="decimal", is_summed=True),
        Column(label=view.text("campaign.net_sales"), kind="money", is_summed=True),
    ]
    rows = [
        (
            path_in_words(view, str(path["path"])),
            path["order_count"],
            path["order_weight"],
            path["net_sales_amount"],
        )
        for path in paths.records()
    ]
    listing(view, "paths", columns, rows, has_total=True)


def path_in_words(view: View, path: str) -> str:
    """A path as people read it: Ad click → Link (newsletter) → Redemption."""
    return " → ".join(_step_in_words(view, step) for step in path.split(" > "))


def _step_in_words(view: View, step: str) -> str:
    is_other, touch = step.startswith("other:"), step.removeprefix("other:")
    source, _, touchpoint = touch.partition(":")
    if source == "journey":
        words = view.word("touchpoint", touchpoint or "unknown")
    elif touchpoint:
        words = view.text("path.link", place=touchpoint)
    else:
        words = view.word("touch_source", source)
    return view.text("path.other", step=words) if is_other else words
