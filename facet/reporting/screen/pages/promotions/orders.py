"""The orders behind a promotion's numbers: every list adds up to the number that it explains."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import streamlit as st

from facet.reporting.query.catalogue import Kind
from facet.reporting.query.table import Cell, as_number
from facet.reporting.screen.pages.promotions.breakdowns import (
    Parts,
    Picked,
    attempts_chart,
    discount_chart,
    redeemers_chart,
    rejection_in_words,
)
from facet.reporting.screen.pages.promotions.data import Promotion
from facet.reporting.screen.parts.costs import where_costed
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.tables import Column, listing, sums
from facet.reporting.screen.session.view import Part, View

#: Of an order: what a list names it by.
_ORDER: Final = ("order_id", "order_number", "redeemed_date", "channel_name", "buyer_type")
_AMOUNTS: Final = (
    *("discount_amount", "free_item_cost_amount", "discount_cost_amount"),
    *("promoted_sales_amount", "margin_after_promotion_amount"),
)

#: What the margin of several redemptions is told from.
_COSTED: Final = {
    "promoted_recorded_margin_amount": "margin_after_promotion_amount",
    "promoted_costed_amount": "promoted_sales_amount",
}
_MARGIN: Final = "margin_after_promotion_amount"

Record = Mapping[str, Cell]


def promotion_parts(view: View, promotion: Promotion) -> None:
    """Where a promotion's discount went, who redeemed, and what was refused; with orders."""
    if not promotion["attempt_count"]:
        st.markdown(f":material/hourglass_empty: {view.text('promotion.never_used')}")
        return
    parts = Parts.of(view, promotion)
    if promotion["net_redemption_count"]:
        _discount(view, promotion, parts)
    _people(view, promotion, parts)
    free_items(view, parts)
    stacked_with(view, promotion)


def _discount(view: View, promotion: Promotion, parts: Parts) -> None:
    cost = view.formats.exact(promotion["discount_cost_amount"], "money")
    st.subheader(view.text("promotion.where"), anchor=False)
    st.caption(escaped(view.text("promotion.where_means", total=cost)))
    left, right = st.columns(2, gap="medium")
    with left:
        by_category = discount_chart(view, promotion, parts, by="category")
        by_channel = discount_chart(view, promotion, parts, by="channel")
    with right:
        by_product = discount_chart(view, promotion, parts, by="product")
    picked_orders(view, promotion, (by_category, by_channel, by_product))


def _people(view: View, promotion: Promotion, parts: Parts) -> None:
    st.subheader(view.text("promotion.who_redeemed"), anchor=False)
    left, right = st.columns(2, gap="medium")
    with left:
        if promotion["net_redemption_count"]:
            redeemers = redeemers_chart(view, promotion, parts)
        else:
            redeemers = None
            st.markdown(f":material/hourglass_empty: {view.text('promotion.no_net')}")
    with right:
        attempts = attempts_chart(view, promotion, parts)
    picked_orders(view, promotion, (redeemers, attempts))


def picked_orders(
    view: View, promotion: Promotion, parts: Sequence[Picked | None], days: Part | None = None
) -> None:
    """Below the charts of a promotion, the orders of each bar that was clicked."""
    for picked in parts:
        if picked is not None and picked.is_discount:
            _discounts(view, promotion, picked)
        elif picked is not None:
            _attempts(view, promotion, picked.name, picked.label, where=picked.where)
    if days is not None:
        own = {"is_redemption": True}
        between = {"redeemed_date": (days.period.start, days.period.end)}
        _attempts(view, promotion, "days", days.label, where=own, between=between)


def all_redemptions(view: View, promotion: Promotion) -> None:
    """On demand, every net redemption with all it came to: the tiles' numbers as sums."""
    if not promotion["net_redemption_count"]:
        return
    said = view.text("promotion.behind", count=view.count(promotion["net_redemption_count"]))
    if st.toggle(said, key="show-redemptions"):
        own = {"is_net": True}
        _attempts(view, promotion, "all", promotion.name, where=own, amounts=_AMOUNTS)


def stacked_with(view: View, promotion: Promotion) -> None:
    """Which other promotions were used on the same orders."""
    st.markdown(f"**{view.text('promotion.stacking')}**")
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
        ["discount_cost_amount", "other_discount_cost_amount", "promoted_sales_amount"],
        by=["other_promotion_name"],
        where={"promotion_id": [promotion["promotion_id"]]},
        order_by=["-row_count", "other_promotion_name"],
    )
    columns = [
        Column(label=view.text("promotion.other")),
        Column(label=view.text("promotion.orders"), kind="count"),
        Column(label=view.text("promotion.own_cost"), kind="money"),
        Column(label=view.text("promotion.other_cost"), kind="money"),
        Column(label=view.text("promotion.order_sales"), kind="money"),
    ]
    rows = [(name, count, own, other, sales) for name, own, other, sales, count in table.rows]
    listing(view, "stacked", columns, rows)


def free_items(view: View, parts: Parts) -> None:
    """What was given away, at cost; nothing where the promotion gave nothing away."""
    if not len(parts.free_items):
        return
    st.markdown(f"**{view.text('promotion.free_items')}**")
    st.caption(view.text("promotion.free_items_mean"))
    columns = [
        Column(label=view.text("promotion.product")),
        Column(label=view.text("filter.category")),
        Column(label=view.text("promotion.pieces"), kind="count", is_summed=True),
        Column(label=view.text("promotion.at_cost"), kind="money", is_summed=True),
    ]
    rows = [
        (record["product_name"], record["category_name"], record["quantity"], record["cost_amount"])
        for record in parts.free_items.records()
    ]
    listing(view, "free-items", columns, rows, has_total=True)


def discounts_of(view: View, promotion: Promotion, where: Record) -> list[dict[str, Any]]:
    """What each order took off a category, product or channel, with what it was given free."""
    own: dict[str, Sequence[Cell]] = {
        "promotion_id": [promotion["promotion_id"]],
        "is_net": [True],
        **{name: [value] for name, value in where.items()},
    }
    orders: dict[Cell, dict[str, Any]] = {}
    for mart, amount in (
        ("fct_redemption_lines", "discount_amount"),
        ("fct_free_items", "cost_amount"),
    ):
        for record in view.marts.totals(mart, [amount], by=_ORDER, where=own).records():
            order = orders.setdefault(record["order_id"], {**record, "cost": Decimal()})
            order["cost"] += as_number(record[amount]) or Decimal()
    found = [order for order in orders.values() if order["cost"]]
    return sorted(found, key=lambda order: (-order["cost"], str(order["order_number"])))


def _discounts(view: View, promotion: Promotion, picked: Picked) -> None:
    orders = discounts_of(view, promotion, picked.where)
    _listed(view, picked.name, picked.label, orders, {"cost": ("promotion.cost", "money")})


def _attempts(
    view: View,
    promotion: Promotion,
    name: str,
    label: str,
    *,
    where: Record,
    between: Mapping[str, tuple[date, date]] | None = None,
    amounts: Sequence[str] = ("discount_amount", "discount_cost_amount"),
) -> None:
    table = view.marts.rows(
        "fct_promotion_redemptions",
        [*_ORDER, "redemption_id", "redemption_status", "rejection_reason", *amounts],
        newer=_COSTED if _MARGIN in amounts else None,
        where={
            "promotion_id": [promotion["promotion_id"]],
            **{name: [value] for name, value in where.items()},
        },
        between=between,
        order_by=["-redeemed_date", "-redemption_id"],
    )
    texts: dict[str, tuple[str, Kind]] = {
        amount: (f"promotion.{amount.removesuffix('_amount')}", "money") for amount in amounts
    }
    _listed(view, name, label, table.records(), texts)


def _listed(
    view: View,
    name: str,
    label: str,
    records: Sequence[Mapping[str, Any]],
    amounts: Mapping[str, tuple[str, Kind]],
) -> None:
    """A list of orders under a title that says how many they are and what they add up to."""
    first, (text, kind) = next(iter(amounts.items()))
    total = sum((as_number(record[first]) or Decimal() for record in records), Decimal())
    with st.container(key=f"orders-{name}", border=True):
        st.markdown(f"**{escaped(view.text('promotion.orders_of', part=label))}**")
        said = view.text(
            "promotion.rows_add_up",
            count=view.count(len(records)),
            total=view.formats.exact(total, kind),
            metric=view.text(text),
        )
        st.caption(escaped(said))
        columns = [
            Column(label=view.text("drill.number")),
            Column(label=view.text("promotion.day"), kind="day"),
            *(
                Column(label=view.text(text), kind=kind, is_summed=True)
                for text, kind in amounts.values()
            ),
            Column(label=view.text("filter.channel")),
            Column(label=view.text("filter.buyer")),
        ]
        has_reason = any(record.get("rejection_reason") for record in records)
        if has_reason:
            columns.append(Column(label=view.text("promotion.reason")))
        rows = [
            [
                record["order_number"] or view.text("promotion.no_order"),
                record["redeemed_date"],
                *(record[name] for name in amounts),
                view.value_label("", str(record["channel_name"])),
                view.word("buyer", record["buyer_type"]),
                *([rejection_in_words(view, record["rejection_reason"])] if has_reason else ()),
            ]
            for record in records
        ]
        whole = sums(columns, rows)
        if _MARGIN in amounts:
            whole[2 + list(amounts).index(_MARGIN)] = _margin(records)
        listing(view, f"orders-{name}", columns, rows, total=whole)


def _margin(records: Sequence[Mapping[str, Any]]) -> Decimal | None:
    """What was earned on them together, as the tile has it."""
    names = (*_COSTED, "promoted_sales_amount")
    return where_costed(
        *(
            sum((as_number(record[name]) or Decimal() for record in records), Decimal())
            for name in names
        )
    )
