"""One promotion: what it allows, what it cost and brought, and how sure that is."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import streamlit as st

from facet.reporting.present.costs import coverage
from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Record, as_number
from facet.reporting.screen.pages.promotions.data.promotions import (
    Promotion,
    describe_state,
    interval,
)
from facet.reporting.screen.parts import costs
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.tiles import Tile, plain_tiles
from facet.reporting.screen.session.view import View

#: Why there may be no lift.
LIFT_REASONS: Final = ("no_start", "no_days", "not_started", "too_short_history")
_RULES: Final = (
    *("discount_value", "max_discount_amount", "min_order_amount", "per_customer_limit_count"),
    *("product_names", "category_names", "channel_names", "is_stackable", "has_exclusions"),
)


def promotion_head(view: View, promotion: Promotion) -> None:
    """Its name, its state and what it allows."""
    subheading(escaped(promotion.name))
    table = view.marts.rows(
        "dim_promotions",
        _RULES,
        where={"source_table": ["mkt_promotions"], "promotion_id": [promotion["promotion_id"]]},
    )
    rules = table.records()[0] if len(table) else {}
    with st.container(key="promotion-rules"):
        captions = [describe_state(view, promotion), *_rules(view, promotion, rules)]
        st.caption(escaped(" · ".join(captions)))


def promotion_numbers(view: View, promotion: Promotion) -> None:
    """Numbers of a promotion over its whole life."""
    share = promotion["influence_of_its_days_rate"]
    influence = view.text("promotion.influence")
    if share is not None:
        influence = view.text("promotion.of_its_days", share=view.formats.exact(share, "rate"))

    def money(name: str) -> str:
        return view.formats.short(promotion[f"{name}_amount"], "money")

    attempts = view.text("promotion.of_attempts", count=view.count(promotion["attempt_count"]))
    margin = view.text("promotion.margin_note")
    shown = [
        _tile(view, "net", view.count(promotion["net_redemption_count"]), attempts),
        _tile(view, "cost", money("discount_cost"), _of_budget(view, promotion)),
        _tile(view, "sales", money("promoted_sales"), influence),
        _tile(view, "margin", money("margin_after_promotion"), margin),
    ]
    plain_tiles(shown, of="promotion")
    costed, sales = (promotion.number(f"promoted_{name}_amount") for name in ("costed", "sales"))
    costs.show_message(coverage(view, costed, sales))


def promotion_lift(view: View, promotion: Promotion) -> None:
    """What it brought on top, as far as that can be modelled, and in words how."""
    with st.container(key="lift", border=True, gap="small"):
        st.markdown(f"**{view.text('promotion.brought')}** · {view.text('promotion.modelled')}")
        if not promotion.has_lift:
            st.markdown(f":material/help: {why_not(view, promotion)}")
            return
        st.markdown(f":material/{_sign(promotion)}: {escaped(verdict(view, promotion))}")
        plain_tiles(list(_modelled(view, promotion)), of="lift")
        st.caption(escaped(_how(view, promotion)))


def why_not(view: View, promotion: Promotion) -> str:
    """Why there is no lift, in words."""
    reason = promotion["lift_reason"]
    return view.text(f"lift_reason.{reason if reason in LIFT_REASONS else 'unknown'}")


def _modelled(view: View, promotion: Promotion) -> Iterator[Tile]:
    """A tile for each modelled figure, with its interval or what it is of."""
    if not promotion.is_steady:
        for name in ("lift", "roi", "pull_forward", "cannibalisation"):
            yield _tile(view, name, DASH, view.text("promotion.not_reliable"))
        return
    ends = interval(view, promotion["lift_low_amount"], promotion["lift_high_amount"])
    yield _tile(view, "lift", view.formats.short(promotion["lift_amount"], "money"), ends)
    roi = promotion.roi_ends
    yield _tile(
        view,
        "roi",
        view.formats.exact(promotion["promotion_roi"], "rate"),
        view.text(
            "promotion.between",
            low=view.formats.exact(roi[0], "rate"),
            high=view.formats.exact(roi[1], "rate"),
        )
        if roi
        else view.text("promotion.no_margin" if promotion.lacks_margin else "promotion.no_roi"),
    )
    for name in ("pull_forward", "cannibalisation"):
        amount = promotion[f"{name}_amount"]
        note = f"promotion.{name}_note" if amount is not None else f"promotion.no_{name}"
        yield _tile(view, name, view.formats.short(amount, "money"), view.text(note))


def _tile(view: View, name: str, value: str, note: str) -> Tile:
    """A figure of its whole life, and what it is of."""
    label, means = view.text(f"promotion.{name}"), view.text(f"promotion_help.{name}")
    return Tile(name=name, label=label, value=value, note=note, help=means)


def verdict(view: View, promotion: Promotion) -> str:
    """In a sentence whether it paid, and how sure that is."""
    if not promotion.is_steady:
        trend = view.formats.exact(promotion["trend_rate"], "decimal")
        return view.text("promotion.verdict_swinging", trend=trend)
    cost = view.formats.exact(promotion["discount_cost_amount"], "money")
    roi = promotion.roi_ends
    if roi is None:
        lift = view.formats.exact(promotion["lift_amount"], "money")
        if promotion.lacks_margin:
            return view.text("promotion.verdict_no_margin", lift=lift, cost=cost)
        return view.text("promotion.verdict_no_cost", lift=lift)
    margin = promotion.number("lift_amount") * promotion.number("margin_rate")
    key = "paid" if roi[0] > 0 else "lost" if roi[1] < 0 else "open"
    return view.text(
        f"promotion.verdict_{key}",
        margin=view.formats.exact(_cents(margin), "money"),
        cost=cost,
        roi=view.formats.exact(promotion["promotion_roi"], "rate"),
    )


def _sign(promotion: Promotion) -> str:
    roi = promotion.roi_ends
    if not promotion.is_steady:
        return "warning"
    if roi is None or roi[0] <= 0 <= roi[1]:
        return "help"
    return "trending_up" if roi[0] > 0 else "trending_down"


def _how(view: View, promotion: Promotion) -> str:
    """A message on what is modelled and what is counted."""
    return view.text(
        "promotion.how",
        days=view.count(promotion["days_measured"]),
        actual=view.formats.exact(promotion["actual_amount"], "money"),
        baseline=view.formats.exact(promotion["baseline_amount"], "money"),
        trend=view.formats.exact(promotion["trend_rate"], "decimal"),
        margin=view.formats.exact(promotion["margin_rate"], "rate"),
    )


def _of_budget(view: View, promotion: Promotion) -> str:
    if promotion["budget_used_rate"] is None:
        return view.text("promotion.no_budget")
    return view.text(
        "promotion.of_lasting" if promotion["budget_outlook"] == "lasts" else "promotion.of_budget",
        share=view.formats.exact(promotion["budget_used_rate"], "rate"),
        budget=view.formats.short(promotion["budget_amount"], "money"),
    )


def _rules(view: View, promotion: Promotion, rules: Record) -> Iterator[str]:
    """What it allows, a piece each, as far as it is entered."""

    def money(name: str) -> str:
        return view.formats.exact(rules.get(name), "money")

    kind = view.word("promotion_type", promotion["promotion_type"])
    value = as_number(rules.get("discount_value"))
    if promotion["promotion_type"] == "fixed_amount" and value:
        kind = f"{kind} {view.formats.exact(value, 'money')}"
    elif promotion["promotion_type"] in ("percentage", "bmgm") and value:
        kind = f"{kind} {view.formats.exact(value / 100, 'rate')}"
    yield kind
    if rules.get("max_discount_amount") is not None:
        yield view.text("promotion.at_most", amount=money("max_discount_amount"))
    if rules.get("min_order_amount"):
        yield view.text("promotion.from_amount", amount=money("min_order_amount"))
    if limit := promotion["usage_limit_count"]:
        yield view.text("promotion.limit", count=view.count(limit))
    if limit := rules.get("per_customer_limit_count"):
        yield view.text("promotion.person_limit", count=view.count(limit))
    scope = [str(rules[name]) for name in ("product_names", "category_names") if rules.get(name)]
    yield (
        view.text("promotion.for_scope", names=", ".join(scope))
        if scope
        else view.text("promotion.for_everything")
    )
    if rules.get("has_exclusions"):
        yield view.text("promotion.with_exclusions")
    if rules.get("channel_names"):
        yield view.text("promotion.on_channels", names=str(rules["channel_names"]))
    yield view.text("promotion.stackable" if rules.get("is_stackable") else "promotion.alone")


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))
