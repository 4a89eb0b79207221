"""Redemptions that broke a rule, to work through: what broke which, and what is at stake."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Final

import streamlit as st

from facet.reporting.query.marts import Ends, Values
from facet.reporting.query.table import Cell, Table, as_number
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.tables import Column, listing
from facet.reporting.screen.session.view import View

#: What may be broken.
RULES: Final = (
    *("outside_window", "above_usage_limit", "above_person_limit", "excluded_product"),
    *("excluded_category", "not_its_product", "not_its_category", "not_its_channel"),
    *("below_minimum", "above_max_discount", "stacked_not_stackable", "on_cancelled_order"),
    *("on_deleted_order", "staff_is_customer"),
)
_ALL: Final = "all"
_SHOWN: Final = 1000
_COLUMNS: Final = (
    *("violation_type", "promotion_name", "order_number", "user_id", "found_value"),
    *("allowed_value", "found_amount", "allowed_amount", "at_stake_amount", "redeemed_date"),
)
#: A moment as the mart writes it, by the shop's clocks.
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def violations_of_period(view: View) -> Table:
    """How many violations the period has, and what they put at stake."""
    return view.marts.totals("fct_promotion_violations", ["at_stake_amount"], between=_days(view))


def violations(view: View) -> None:
    """The list of all violations, those with most at stake first, to filter by what was broken."""
    st.subheader(view.text("violations.title"), anchor=False)
    is_period = st.session_state.get("violations-of-period", False)
    between = _days(view) if is_period else None
    counts = view.marts.totals(
        "fct_promotion_violations", ["at_stake_amount"], by=["violation_type"], between=between
    )
    stakes = {str(rule): (count, stake) for rule, stake, count in counts.rows}
    whole = view.count(counts.total("row_count"))
    if not stakes and not is_period:
        st.markdown(f":material/check_circle: {view.text('violations.none')}")
        return
    st.caption(
        escaped(
            view.text(
                "violations.means",
                count=whole,
                amount=view.formats.exact(counts.total("at_stake_amount"), "money"),
            )
        )
    )
    rules = sorted(stakes, key=lambda rule: (-(as_number(stakes[rule][0]) or 0), rule))
    with st.container(key="violation-filters", gap="small"):
        chosen = st.pills(
            view.text("violations.rule"),
            [_ALL, *rules],
            default=_ALL,
            required=True,
            format_func=lambda rule: (
                f"{view.text('filter.all')} · {whole}"
                if rule == _ALL
                else f"{rule_in_words(view, rule)} · {view.count(stakes[rule][0])}"
            ),
            key=f"choice-violations-{is_period}",
        )
        st.toggle(
            view.text("violations.of_period", period=view.formats.period(view.period)),
            key="violations-of-period",
        )
    if not stakes:
        st.markdown(f":material/check_circle: {view.text('violations.none_in_period')}")
        return
    own = counts if chosen == _ALL else _only(counts, str(chosen))
    _listed(view, own, {"violation_type": list(own.column("violation_type"))}, between)


def rule_in_words(view: View, rule: Cell) -> str:
    """A rule's name; one that is new, without underlines."""
    if rule in RULES:
        return view.text(f"violation.{rule}")
    return str(rule).replace("_", " ").capitalize()


def in_words(view: View, record: Mapping[str, Cell]) -> str:
    """What broke the rule, with the figures that prove it."""
    rule = str(record["violation_type"])
    if rule not in RULES:
        return _moments(view, str(record["found_value"] or ""))
    found, allowed = (
        view.formats.exact(record[f"{end}_amount"], "money")
        if record[f"{end}_amount"] is not None
        else _moments(view, str(record[f"{end}_value"] or "…").removeprefix("≠ "))
        for end in ("found", "allowed")
    )
    if rule == "outside_window":
        allowed = _window(view, str(record["allowed_value"]))
    if rule == "on_cancelled_order" and not _MOMENT.search(str(record["found_value"])):
        return view.text("violation_told.cancelled_sometime")
    return view.text(f"violation_told.{rule}", found=found, allowed=allowed)


def _only(counts: Table, rule: str) -> Table:
    return Table(counts.columns, tuple(row for row in counts.rows if row[0] == rule))


def _listed(view: View, counts: Table, where: Values, between: Ends | None) -> None:
    table = view.marts.rows(
        "fct_promotion_violations",
        _COLUMNS,
        where=where,
        between=between,
        order_by=["-at_stake_amount", "-redeemed_date", "redemption_id", "violation_type"],
        limit=_SHOWN,
    )
    names = _names(view, table.column("user_id"))
    columns = [
        Column(label=view.text("violations.stake"), kind="money", width=80),
        Column(label=view.text("violations.rule"), width=190),
        Column(label=view.text("violations.what"), width=400),
        Column(label=view.text("drill.number"), width=100),
        Column(label=view.text("promotion.day"), kind="day", width=95),
        Column(label=view.text("promotion.promotion"), width=135),
        Column(label=view.text("violations.staff"), width=110),
    ]
    rows = [
        (
            record["at_stake_amount"],
            rule_in_words(view, record["violation_type"]),
            in_words(view, _with_name(view, record, names)),
            record["order_number"] or view.text("promotion.no_order"),
            record["redeemed_date"],
            record["promotion_name"],
            names.get(record["user_id"], ""),
        )
        for record in table.records()
    ]
    stake = counts.total("at_stake_amount")
    total = [stake, view.text("table.total"), *[None] * (len(columns) - 2)]
    listing(view, "violations", columns, rows, total=total)
    if counts.total("row_count") > len(rows):
        st.caption(view.text("violations.first", count=view.count(len(rows))))


def _with_name(
    view: View, record: Mapping[str, Cell], names: Mapping[Cell, str]
) -> Mapping[str, Cell]:
    """The record, with who bought from themselves where that is what was found."""
    if record["violation_type"] != "staff_is_customer":
        return record
    name = names.get(record["user_id"]) or view.text("violations.somebody")
    return {**record, "found_value": name}


def _names(view: View, users: Iterable[Cell]) -> dict[Cell, str]:
    """The names of members of staff; the ids of whom the reader may not see are not there."""
    wanted = sorted({user for user in users if isinstance(user, int)})
    if not wanted:
        return {}
    table = view.marts.rows("dim_staff", ["user_id", "full_name"], where={"user_id": wanted})
    return {user: str(name) for user, name in table.rows}


def _days(view: View) -> dict[str, tuple[Cell, Cell]]:
    return {"redeemed_date": (view.period.start, view.period.end)}


def _window(view: View, text: str) -> str:
    """A window in days where it is of whole days; it ends before the second of its two moments."""
    start, _, end = text.partition(" – ")
    said = []
    for moment, moved in ((start, timedelta()), (end, timedelta(seconds=1))):
        if not _MOMENT.fullmatch(moment):
            said.append(moment)
            continue
        day = datetime.fromisoformat(moment)
        is_midnight = day.time() == time()
        said.append(view.formats.day(day - moved) if is_midnight else view.formats.moment(day))
    return " – ".join(said)


def _moments(view: View, text: str) -> str:
    """A text with the moments in it as people write them."""
    return _MOMENT.sub(
        lambda found: view.formats.moment(datetime.fromisoformat(found.group())), text
    )
