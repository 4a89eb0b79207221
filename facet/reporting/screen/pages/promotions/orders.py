"""The orders behind a promotion's numbers: every list adds up to the number that it explains."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from facet.reporting.query.table import Row, total
from facet.reporting.screen.pages.promotions.breakdowns import (
    attempts_chart,
    describe_rejection,
    discount_chart,
    redeemers_chart,
)
from facet.reporting.screen.pages.promotions.data.orders import (
    MARGIN,
    Breakdowns,
    discounts_of,
    margin_of,
    redemptions_of,
)
from facet.reporting.screen.pages.promotions.data.promotions import Promotion
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.orders import order_columns, orders_behind
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.selection import Selection
from facet.reporting.screen.session.view import View

#: What a list of orders shows: of attempts, and of what counts in the tiles.
_OF_ATTEMPTS: Final = ("discount_amount", "discount_cost_amount")
_AMOUNTS: Final = (
    *("discount_amount", "free_item_cost_amount", "discount_cost_amount"),
    *("promoted_sales_amount", MARGIN),
)
#: Of the orders that other promotions were used on, too.
_OF_STACKED: Final = {
    "promotion.own_cost": "discount_cost_amount",
    "promotion.other_cost": "other_discount_cost_amount",
    "promotion.order_sales": "promoted_sales_amount",
}


def promotion_breakdowns(view: View, promotion: Promotion) -> None:
    """Where a promotion's discount went, who redeemed, and what was refused; with orders."""
    if not promotion["attempt_count"]:
        st.markdown(f":material/hourglass_empty: {view.text('promotion.never_used')}")
        return
    breakdowns = Breakdowns.of(view, promotion)
    if promotion["net_redemption_count"]:
        _discount(view, promotion, breakdowns)
    _people(view, promotion, breakdowns)
    free_items(view, breakdowns)
    stacked_with(view, promotion)


def _discount(view: View, promotion: Promotion, breakdowns: Breakdowns) -> None:
    cost = view.formats.exact(promotion["discount_cost_amount"], "money")
    subheading(view.text("promotion.where"))
    st.caption(escaped(view.text("promotion.where_means", total=cost)))
    left, right = st.columns(2, gap="medium")
    with left:
        by_category = discount_chart(view, promotion, breakdowns, by="category")
        by_channel = discount_chart(view, promotion, breakdowns, by="channel")
    with right:
        by_product = discount_chart(view, promotion, breakdowns, by="product")
    _discounted_orders(view, promotion, by_category, by_channel, by_product)


def _people(view: View, promotion: Promotion, breakdowns: Breakdowns) -> None:
    subheading(view.text("promotion.who_redeemed"))
    left, right = st.columns(2, gap="medium")
    with left:
        if promotion["net_redemption_count"]:
            redeemers = redeemers_chart(view, promotion, breakdowns)
        else:
            redeemers = None
            st.markdown(f":material/hourglass_empty: {view.text('promotion.no_net')}")
    with right:
        attempts = attempts_chart(view, promotion, breakdowns)
    redemption_orders(view, promotion, redeemers, attempts)


def redemption_orders(view: View, promotion: Promotion, *selections: Selection | None) -> None:
    """The attempts behind each selected bar, below its chart."""
    for bar in filter(None, selections):
        orders = redemptions_of(view, promotion, bar.where, _OF_ATTEMPTS, bar.period)
        _listed(view, bar.name, bar.label, orders)


def _discounted_orders(view: View, promotion: Promotion, *selections: Selection | None) -> None:
    for bar in filter(None, selections):
        orders = discounts_of(view, promotion, bar.where)
        _listed(view, bar.name, bar.label, orders, ["cost"])


def all_redemptions(view: View, promotion: Promotion) -> None:
    """On demand, every net redemption with all it came to: the tiles' numbers as sums."""
    if not promotion["net_redemption_count"]:
        return
    label = view.text("promotion.behind", count=view.count(promotion["net_redemption_count"]))
    if st.toggle(label, key="show-redemptions"):
        orders = redemptions_of(view, promotion, {"is_net": [True]}, _AMOUNTS)
        _listed(view, "all", promotion.name, orders, _AMOUNTS)


def stacked_with(view: View, promotion: Promotion) -> None:
    """Other promotions that were used on the same orders."""
    minor_heading(view.text("promotion.stacking"))
    if not promotion["stacked_order_count"]:
        st.caption(view.text("promotion.never_stacked"))
        return
    st.caption(
        view.text(
            "promotion.stacked",
            part=view.count(promotion["stacked_order_count"]),
            whole=view.count(promotion["promoted_order_count"]),
            share=view.formats.exact(promotion["stacking_rate"], "rate"),
        )
    )
    table = view.marts.totals(
        "fct_stacked_promotions",
        list(_OF_STACKED.values()),
        by=["other_promotion_name"],
        where={"promotion_id": [promotion["promotion_id"]]},
        order_by=["-row_count", "other_promotion_name"],
    )
    columns = [
        column(view, "promotion.other", "other_promotion_name"),
        column(view, "promotion.orders", "row_count", kind="count"),
        *(column(view, text, name, kind="money") for text, name in _OF_STACKED.items()),
    ]
    listing(view, "stacked", table.records(), columns)


def free_items(view: View, breakdowns: Breakdowns) -> None:
    """Free items, at cost; nothing where the promotion gave nothing away."""
    if not len(breakdowns.free_items):
        return
    minor_heading(view.text("promotion.free_items"))
    st.caption(view.text("promotion.free_items_mean"))
    columns = [
        column(
            view,
            "promotion.product",
            lambda given: view.value_label("product_name", given["product_name"]),
        ),
        column(
            view,
            "filter.category",
            lambda given: view.value_label("category_name", given["category_name"]),
        ),
        column(view, "promotion.pieces", "quantity", kind="count", is_summed=True),
        column(view, "promotion.at_cost", "cost_amount", kind="money", is_summed=True),
    ]
    listing(view, "free-items", breakdowns.free_items.records(), columns, has_total=True)


def _listed(
    view: View, name: str, label: str, orders: Sequence[Row], amounts: Sequence[str] = _OF_ATTEMPTS
) -> None:
    """A list of orders under a title with their number and total."""
    shown = [_amount(view, amount) for amount in amounts]
    reason = column(
        view, "promotion.reason", lambda order: describe_rejection(view, order["rejection_reason"])
    )
    is_refused = any(order.record.get("rejection_reason") for order in orders)
    orders_behind(
        view,
        f"orders-{name}",
        orders,
        order_columns(
            view,
            [column(view, "promotion.day", "redeemed_date", kind="day"), *shown],
            number=lambda order: order["order_number"] or view.text("promotion.no_order"),
            more=[reason] if is_refused else (),
        ),
        title=view.text("promotion.orders_of", part=label),
        caption=view.text(
            "promotion.rows_add_up",
            count=view.count(len(orders)),
            total=view.formats.exact(total(orders, amounts[0]), "money"),
            metric=shown[0].label,
        ),
    )


def _amount(view: View, name: str) -> Column:
    return column(
        view,
        f"promotion.{name.removesuffix('_amount')}",
        name,
        kind="money",
        is_summed=True,
        total=margin_of if name == MARGIN else None,
    )
