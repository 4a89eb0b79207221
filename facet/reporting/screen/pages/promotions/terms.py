"""What a promotion asks of products, and what is to be bought and given for it."""

from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Record
from facet.reporting.screen.pages.promotions.data.promotions import Promotion
from facet.reporting.screen.parts.cells import column
from facet.reporting.screen.parts.headings import minor_heading
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View

_TERMS: Final = "rpt_promotion_terms"


def promotion_terms(view: View, promotion: Promotion) -> None:
    """Its terms by attribute and product; nothing where it has none, or the release is older."""
    if not view.marts.shows(_TERMS):
        return
    rows = view.marts.rows(
        _TERMS,
        [
            *("term_type", "thing_name", "asked_value", "quantity", "discount_rate"),
            "product_count",
        ],
        where={"promotion_id": [promotion["promotion_id"]]},
        order_by=["term_type", "thing_id", "asked_value"],
    ).records()
    if not rows:
        return
    minor_heading(view.text("term.title"))
    st.caption(view.text("term.means"))
    columns = [
        column(view, "term.thing", partial(_thing, view), width=260),
        column(view, "term.type", lambda row: view.word("term_type", row["term_type"])),
        column(view, "term.quantity", "quantity", kind="count"),
        column(view, "term.discount", "discount_rate", kind="rate"),
        column(view, "term.products", "product_count", kind="count"),
    ]
    listing(view, "terms", rows, columns)


def _thing(view: View, row: Record) -> str:
    name = str(row["thing_name"] or DASH)
    if row["term_type"] != "attribute":
        return name
    return view.text("term.attribute", name=name, value=str(row["asked_value"]))
