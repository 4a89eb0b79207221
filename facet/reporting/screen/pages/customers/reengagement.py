"""Batches of re-engagement: whom they reached, and what they brought beside persons alike."""

from functools import partial
from typing import Any, Final

import streamlit as st

from facet.reporting.screen.pages.customers.data.lifetime import BATCHES, batches_of
from facet.reporting.screen.parts.cells import column, summed
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View

#: Why there may be no estimate, and how people are addressed.
REASONS: Final = ("not_begun", "too_long_ago", "not_over", "nobody_to_compare")
WAYS: Final = ("sms", "email", "phone", "chat")


def reengagement_list(view: View) -> None:
    """List the batches, with what each brought or why that is not said."""
    if not view.marts.has(BATCHES):
        return
    subheading(view.text("reengaged.title"))
    batches = batches_of(view)
    if not batches:
        nothing_yet(view.text("reengaged.none"), view.text("reengaged.none_why"), key="no-batches")
        return
    st.caption(view.text("reengaged.means"))
    columns = [
        column(view, "reengaged.batch", "batch_name"),
        column(view, "reengaged.way", lambda row: view.word("reengaged_by", row["contact_type"])),
        column(view, "reengaged.begun", "start_date", kind="day"),
        summed(view, "reengaged.contacted", "contacted_count", "count"),
        summed(view, "reengaged.replied", "replied_count", "count"),
        summed(view, "reengaged.converted", "converted_count", "count"),
        column(view, "reengaged.sales", "net_sales_amount", kind="money"),
        column(
            view,
            "reengaged.brought",
            "brought_amount",
            kind="money",
            help=view.text("reengaged.brought_means"),
        ),
        column(view, "reengaged.verdict", partial(_verdict, view)),
    ]
    listing(view, "reengagement", batches, columns)


def _verdict(view: View, batch: Any) -> str:
    """What can be said of a batch, or why nothing can."""
    if reason := batch["estimate_reason"]:
        return view.word("reengaged_reason", reason)
    ends = {
        name: view.formats.short(batch[f"{name}_brought_amount"], "money")
        for name in ("lower", "upper")
    }
    if batch["lower_brought_amount"] > 0:
        return view.text("reengaged.brought_more", **ends)
    if batch["upper_brought_amount"] < 0:
        return view.text("reengaged.brought_less", **ends)
    return view.text("reengaged.undecided", **ends)
