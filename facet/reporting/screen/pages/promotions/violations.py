"""Redemptions that broke a rule, to work through: what broke which, and what is at stake."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final, Literal

import streamlit as st

from facet.reporting.query.table import Cell, Record, Table, number_of
from facet.reporting.screen.pages.promotions.data.violations import (
    counts_of,
    only,
    violations_of,
)
from facet.reporting.screen.parts.cells import column
from facet.reporting.screen.parts.empty import nothing_wrong
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.people import staff_names
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View

#: What may be broken.
RULES: Final = (
    *("outside_window", "above_usage_limit", "above_person_limit", "excluded_product"),
    *("excluded_category", "not_its_product", "not_its_category", "not_its_channel"),
    *("below_minimum", "above_max_discount", "stacked_not_stackable", "on_cancelled_order"),
    *("on_deleted_order", "staff_is_customer"),
)
_ALL: Final = "all"
_UNKNOWN: Final = "…"


def violations(view: View) -> None:
    """The list of all violations, those with most at stake first, to filter by what was broken."""
    subheading(view.text("violations.title"))
    is_period = st.session_state.get("violations-of-period", False)
    counts = counts_of(view, is_period=is_period)
    stakes = {str(rule): (count, stake) for rule, stake, count in counts.rows}
    count = view.count(counts.total("row_count"))
    if not stakes and not is_period:
        nothing_wrong(view.text("violations.none"))
        return
    amount = view.formats.exact(counts.total("at_stake_amount"), "money")
    st.caption(escaped(view.text("violations.means", count=count, amount=amount)))
    rules = sorted(stakes, key=lambda rule: (-number_of(stakes[rule][0]), rule))
    with st.container(key="violation-filters", gap="small"):
        chosen = one_of(
            view.text("violations.rule"),
            [_ALL, *rules],
            lambda rule: (
                f"{view.text('filter.all')} · {count}"
                if rule == _ALL
                else f"{describe_rule(view, rule)} · {view.count(stakes[rule][0])}"
            ),
            key=f"violations-{is_period}",
        )
        st.toggle(
            view.text("violations.of_period", period=view.formats.period(view.period)),
            key="violations-of-period",
        )
    if not stakes:
        nothing_wrong(view.text("violations.none_in_period"))
        return
    _listed(view, counts if chosen == _ALL else only(counts, chosen), is_period=is_period)


def describe_rule(view: View, rule: Cell) -> str:
    """A rule's name; one that is new, without underlines."""
    if rule in RULES:
        return view.text(f"violation.{rule}")
    return str(rule).replace("_", " ").capitalize()


def describe_violation(view: View, record: Record, staff: str = "") -> str:
    """The sentence of a violation, with what proves it; `staff` is who bought from themselves."""
    rule = str(record["violation_type"])
    found = staff if rule == "staff_is_customer" else _fact(view, record, "found")
    match rule:
        case "on_cancelled_order" if record["found_at"] is None:
            return view.text("violation_told.cancelled_sometime")
        case "outside_window":
            allowed = _window(view, record["allowed_from_at"], record["allowed_until_at"])
        case "excluded_category":
            allowed = str(record["excluded_name"] or _UNKNOWN)
        case "not_its_category" if record["found_name"] is None and record["allowed_names"]:
            allowed = _fact(view, record, "allowed")
            found = view.value_label("category_name", None)
        case "stacked_not_stackable":
            allowed = str(record["promotion_code"] or record["promotion_name"])
            found = f"{allowed} + {found}"
        case _ if rule in RULES:
            allowed = _fact(view, record, "allowed")
        case _:
            return found
    return view.text(f"violation_told.{rule}", found=found, allowed=allowed)


def _listed(view: View, counts: Table, *, is_period: bool) -> None:
    table = violations_of(view, counts.column("violation_type"), is_period=is_period)
    names = staff_names(view, table.column("user_id"))
    stake = counts.total("at_stake_amount")
    columns = [
        column(
            view,
            "violations.stake",
            "at_stake_amount",
            kind="money",
            total=lambda _: stake,
            width=80,
        ),
        column(
            view,
            "violations.rule",
            lambda record: describe_rule(view, record["violation_type"]),
            width=190,
        ),
        column(
            view,
            "violations.what",
            lambda record: describe_violation(view, record, _staff(view, record, names)),
            width=400,
        ),
        column(
            view,
            "drill.number",
            lambda record: record["order_number"] or view.text("promotion.no_order"),
            width=100,
        ),
        column(view, "promotion.day", "redeemed_date", kind="day", width=95),
        column(view, "promotion.promotion", "promotion_name", width=135),
        column(
            view, "violations.staff", lambda record: names.get(record["user_id"], ""), width=110
        ),
    ]
    listing(view, "violations", table.records(), columns, has_total=True)
    if counts.total("row_count") > len(table):
        st.caption(view.text("violations.first", count=view.count(len(table))))


def _staff(view: View, record: Record, names: Mapping[Cell, str]) -> str:
    return names.get(record["user_id"]) or view.text("violations.somebody")


def _fact(view: View, record: Record, end: Literal["found", "allowed"]) -> str:
    """What was found or is allowed, whatever it is: money, a number, a moment or a name."""
    if (amount := record[f"{end}_amount"]) is not None:
        return view.formats.exact(amount, "money")
    if (count := record[f"{end}_count"]) is not None:
        return view.count(count)
    if end == "allowed":
        return str(record["allowed_names"] or _UNKNOWN)
    if isinstance(moment := record["found_at"], datetime):
        return view.formats.moment(view.tenant.calendar.local(moment))
    return str(record["found_name"] or _UNKNOWN)


def _window(view: View, start: Cell, end: Cell) -> str:
    """A window in days where it is of whole days; it ends before the second of its two moments."""
    texts = []
    for moment, moved in ((start, timedelta()), (end, timedelta(seconds=1))):
        if not isinstance(moment, datetime):
            texts.append(_UNKNOWN)
            continue
        local = view.tenant.calendar.local(moment)
        is_midnight = local.time() == time()
        texts.append(view.formats.day(local - moved) if is_midnight else view.formats.moment(local))
    return " – ".join(texts)
