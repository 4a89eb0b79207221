"""What pieces have in common, and which of them can be made to order."""

from typing import Final

import streamlit as st

from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Record
from facet.reporting.screen.pages.products.data.details import customizations_of, features_of
from facet.reporting.screen.parts.cells import column, summed
from facet.reporting.screen.parts.empty import nothing_yet
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View

#: Kinds of features, by what the catalogue says most of.
FEATURES: Final = ("attribute", "tag", "material_attribute")
#: How the catalogue writes whether something is so.
TRUTHS: Final = ("true", "false")


def feature_list(view: View) -> None:
    """Which kind of piece sells, and which lies, by what pieces have in common."""
    subheading(view.text("feature.title"))
    kind = one_of(
        view.text("feature.by"),
        FEATURES,
        lambda name: view.text(f"feature.{name}"),
        key="feature",
    )
    features = features_of(view, kind)
    if not features:
        nothing_yet(view.text(f"feature.no_{kind}"), icon="label", key="no-features")
        return
    st.caption(view.text("feature.means"))
    columns = [
        *([] if kind == "tag" else [column(view, f"feature.name_{kind}", "feature_name")]),
        column(
            view,
            "feature.tag" if kind == "tag" else "feature.value",
            lambda row: _value(view, kind, row),
        ),
        column(view, "product.products", "product_count", kind="count"),
        column(view, "feature.stocked", "stocked_product_count", kind="count"),
        column(view, "product.on_hand", "units_on_hand", kind="count"),
        column(view, "product.at_cost", "stock_at_cost_amount", kind="money", is_short=True),
        column(view, "product.year_units", "year_net_units", kind="count"),
        column(view, "product.year_sales", "year_net_sales_amount", kind="money", is_short=True),
    ]
    listing(view, f"features-{kind}", features, columns)


def customization_list(view: View) -> None:
    """What can be made to order, what was, and whether it took as long as promised."""
    subheading(view.text("custom.title"))
    products = customizations_of(view)
    if not products:
        nothing_yet(view.text("custom.nothing"), icon="design_services", key="no-customizations")
        return
    st.caption(view.text("custom.means"))
    columns = [
        column(view, "product.product", "product_name", width=220),
        column(view, "custom.engraving", lambda row: _engraving(view, row)),
        column(view, "custom.surcharge", "surcharge_amount", kind="money"),
        summed(view, "custom.pieces", "piece_count", "count"),
        summed(view, "custom.sales", "net_sales_amount", is_short=True),
        column(view, "custom.lead_time", "lead_time_days", kind="count"),
        column(view, "custom.days", "median_done_days", kind="days"),
        summed(view, "custom.over", "over_lead_time_count", "count"),
        summed(view, "custom.open", "open_count", "count"),
    ]
    listing(view, "customizations", products, columns, has_total=True)


def _value(view: View, kind: str, feature: Record) -> str:
    """What a feature is; whether something is so is told in the reader's language."""
    value = str(feature["feature_value"])
    is_so = value.lower() if kind == "attribute" else ""
    return view.text(f"feature.{is_so}") if is_so in TRUTHS else value


def _engraving(view: View, product: Record) -> str:
    """Whether words can be engraved, and how many letters fit."""
    if not product["is_engravable"]:
        return DASH
    if product["engraving_max_length"] is None:
        return view.text("custom.engravable")
    return view.text("custom.letters", count=view.count(int(str(product["engraving_max_length"]))))
