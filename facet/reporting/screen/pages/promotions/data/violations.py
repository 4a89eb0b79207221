"""Redemptions that broke a rule, with what proves it and what is at stake."""

from collections.abc import Sequence
from typing import Final

from facet.reporting.query.table import Cell, Table
from facet.reporting.screen.session.view import View

_MART: Final = "fct_promotion_violations"
_SHOWN: Final = 1000
_COLUMNS: Final = (
    *("violation_type", "promotion_code", "promotion_name", "order_number", "user_id"),
    *("found_amount", "allowed_amount", "at_stake_amount", "redeemed_date"),
)
#: What proves a violation, and a release that was made before has only as text.
_NEWER: Final = dict.fromkeys(
    ("found_at", "allowed_from_at", "allowed_until_at", "found_count", "allowed_count",
     "found_name", "allowed_names", "excluded_name")
)  # fmt: skip


def violations_of_period(view: View) -> Table:
    """The number of violations of the period, and the amount at stake."""
    return view.marts.totals(_MART, ["at_stake_amount"], between=_days(view))


def counts_of(view: View, *, is_period: bool) -> Table:
    """Counts by rule, of the period or of all, with the amounts at stake."""
    between = _days(view) if is_period else None
    return view.marts.totals(_MART, ["at_stake_amount"], by=["violation_type"], between=between)


def only(counts: Table, rule: str) -> Table:
    """Those of one rule."""
    return Table(counts.columns, tuple(row for row in counts.rows if row[0] == rule))


def violations_of(view: View, rules: Sequence[Cell], *, is_period: bool) -> Table:
    """Those of some rules, with most at stake first."""
    return view.marts.rows(
        _MART,
        _COLUMNS,
        newer=_NEWER,
        where={"violation_type": rules},
        between=_days(view) if is_period else None,
        order_by=["-at_stake_amount", "-redeemed_date", "redemption_id", "violation_type"],
        limit=_SHOWN,
    )


def _days(view: View) -> dict[str, tuple[Cell, Cell]]:
    return {"redeemed_date": (view.period.start, view.period.end)}
