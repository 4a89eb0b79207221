"""All promotions at a glance: what needs a look now, and a list to pick one from."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Final

import streamlit as st

from facet.reporting.query.table import as_number
from facet.reporting.screen.pages.promotions.data.promotions import (
    Promotion,
    describe_state,
    lasting,
    options,
)
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.empty import nothing_wrong
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.table import Select, listing
from facet.reporting.screen.session.query_params import query_param_select, select_option
from facet.reporting.screen.session.view import View

_DAYS_AHEAD: Final = 14
#: A budget's pace is that of so many days; a younger promotion's, of all of its days.
_PACE_DAYS: Final = 14
#: Of its limit, from here on a promotion is nearly used up.
_NEARLY: Final = Decimal("0.9")
#: So many redemptions that break a rule, and so large a share of all, are many.
_MANY: Final = 3
_MANY_RATE: Final = Decimal("0.05")
_WARNINGS_SHOWN: Final = 6
#: Columns whose heading does not say it all.
_WITH_HELP: Final = ("redeemed", "cost", "budget", "burnout", "usage", "sales", "lift", "roi")
_SUMMED: Final = ("redeemed", "list_cost", "violations")


def promotion_warnings(view: View, promotions: Sequence[Promotion]) -> None:
    """What runs out, is used up or is misused: a line each, which opens its promotion."""
    warnings = [
        (icon, message, promotion)
        for promotion in promotions
        for icon, message in _warnings(view, promotion)
    ]
    with st.container(key="warnings", border=True, gap="xsmall"):
        if not warnings:
            nothing_wrong(view.text("promotion.no_warnings"))
            return
        message = view.text("promotion.warnings", count=view.count(len(warnings)))
        st.markdown(f"**{message}**")
        for number, (icon, message, promotion) in enumerate(warnings[:_WARNINGS_SHOWN]):
            st.button(
                f"**{escaped(promotion.name)}**: {escaped(message)}",
                icon=f":material/{icon}:",
                type="tertiary",
                key=f"warning-{number}",
                on_click=select_option,
                args=("promotion", promotion.key),
            )
        if (rest := len(warnings) - _WARNINGS_SHOWN) > 0:
            st.caption(view.text("promotion.more_warnings", count=view.count(rest)))


def promotion_list(view: View, promotions: Sequence[Promotion]) -> Promotion:
    """List all promotions; returns the one that was picked, at first the first."""
    subheading(view.text("promotion.all"))
    st.caption(view.text("promotion.all_means"))
    listing(
        view,
        "promotions",
        promotions,
        list(columns_of(view, promotions)),
        select=Select(chooses=lambda promotion: {"promotion": promotion.key}),
        has_total=True,
    )
    chosen = query_param_select(
        "promotion",
        view.text("promotion.choose"),
        options(promotions),
        default=promotions[0].key,
        width=420,
    )
    return next(promotion for promotion in promotions if promotion.key == chosen)


def columns_of(view: View, promotions: Sequence[Promotion]) -> Iterator[Column]:
    """Columns of the list; budgets and limits where one of them has some."""

    def shown(text: str, width: int, value: Any, kind: Any = "text") -> Column:
        help_key = text.removeprefix("list_")
        return column(
            view,
            f"promotion.{text}",
            value,
            kind=kind,
            help=view.text(f"promotion_help.{help_key}") if help_key in _WITH_HELP else None,
            is_summed=text in _SUMMED,
            is_short=kind == "money",
            width=width,
        )

    def has(name: str) -> bool:
        return any(promotion[name] is not None for promotion in promotions)

    yield shown("promotion", 140, "promotion_name")
    yield shown("state", 166, partial(describe_state, view))
    yield shown("redeemed", 70, "net_redemption_count", "count")
    yield shown("list_cost", 86, "discount_cost_amount", "money")
    if has("budget_used_rate"):
        yield shown("budget", 82, "budget_used_rate", "rate")
    if has("budget_outlook"):
        yield shown("burnout", 90, partial(lasting, view), "day")
    yield shown("list_sales", 102, "promoted_sales_amount", "money")
    yield shown("list_lift", 118, partial(_lift, view))
    yield shown("list_roi", 94, lambda p: p["promotion_roi"] if p.is_steady else None, "rate")
    yield shown("violations", 68, "violation_count", "count")
    if has("usage_used_rate"):
        yield shown("usage", 70, "usage_used_rate", "rate")


def _lift(view: View, promotion: Promotion) -> str:
    """What it brought and half the interval, as short as what is modelled may be shown."""
    if not promotion.has_lift:
        return view.count(None)
    if not promotion.is_steady:
        return view.text("promotion.not_reliable")
    lift = promotion.number("lift_amount")
    half = promotion.number("lift_high_amount") - lift
    return " ± ".join(map(view.formats.rough_money, (lift, half)))


def _warnings(view: View, promotion: Promotion) -> Iterator[tuple[str, str]]:
    """What of a promotion needs a look: a sign and a sentence."""
    if promotion.is_running:
        yield from _budget_warning(view, promotion)
        if promotion.number("usage_used_rate") >= _NEARLY:
            yield (
                "group",
                view.text(
                    "promotion.warn_usage",
                    part=view.count(promotion["use_count"]),
                    whole=view.count(promotion["usage_limit_count"]),
                ),
            )
    broken, all_of_it = (
        promotion.number(name) for name in ("violating_redemption_count", "redemption_count")
    )
    if promotion.is_running and broken >= _MANY and broken >= all_of_it * _MANY_RATE:
        yield (
            "gavel",
            view.text(
                "promotion.warn_violations", part=view.count(broken), whole=view.count(all_of_it)
            ),
        )


def _budget_warning(view: View, promotion: Promotion) -> Iterator[tuple[str, str]]:
    """A budget that has run out, or will soon."""
    day, today = promotion["budget_burnout_date"], view.tenant.today
    if not isinstance(day, date):
        return
    budget = view.formats.exact(promotion["budget_amount"], "money")
    if promotion["budget_outlook"] == "ran_out":
        message = view.text(
            "promotion.warn_spent",
            budget=budget,
            day=view.formats.day(day),
            share=view.formats.exact(promotion["budget_used_rate"], "rate"),
        )
        yield "money_off", message
    elif day <= today + timedelta(days=_DAYS_AHEAD):
        days = as_number(promotion["pace_day_count"])
        is_young = days is not None and days < _PACE_DAYS
        text = "promotion.warn_young" if is_young else "promotion.warn_budget"
        message = view.text(text, budget=budget, day=view.formats.day(day))
        yield "hourglass_bottom", message
