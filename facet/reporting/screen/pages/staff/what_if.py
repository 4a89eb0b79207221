"""A commission calculator: tiers to try out, and what each person would earn by them.

Nothing of it is stored: tiers are gone with the session.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from facet.reporting.present.commission import Tier, TierError, commission, in_money, tiers_of
from facet.reporting.present.staff import SALES
from facet.reporting.query.table import as_number, number_of, total
from facet.reporting.screen.pages.staff.data.leaderboard import TARGET, Leaderboard, LeaderboardRow
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View

Basis = Literal["amount", "attainment"]
Rows = Sequence[tuple[Decimal | None, Decimal | None]]

_PERCENT: Final = Decimal(100)
#: Tiers to start from, in percent: of the target, and of each unit of money.
_BY_ATTAINMENT: Final = ((0, 1), (100, 2), (120, 3))


def what_if(view: View, board: Leaderboard) -> None:
    """Try tiers of commission on the period's credited net sales."""
    ranked = [row for row in board.people if row.rank is not None]
    if not ranked:
        return
    with st.container(key="what-if", border=True):
        subheading(view.text("what_if.title"))
        st.caption(view.text("what_if.note"))
        basis = _basis(view, ranked)
        left, right = st.columns([2, 3], gap="medium")
        with left:
            rows = _edited(view, basis, ranked)
        with right:
            try:
                tiers = tiers_of(rows)
            except TierError as error:
                st.warning(_fault(view, error, basis), icon=":material/rule:")
                return
            _result(view, basis, ranked, tiers)


def earned(row: LeaderboardRow, tiers: Sequence[Tier], basis: Basis) -> Decimal:
    """The commission of a person; tiers by attainment use their own target."""
    sales = number_of(row[SALES])
    if basis == "attainment":
        tiers = in_money(tiers, as_number(row[TARGET]))
    return commission(sales, tiers) if tiers else Decimal("0.00")


def written(frame: pd.DataFrame, basis: Basis) -> Rows:
    """Tiers as they were written: shares come in percent."""

    def number(cell: Any) -> Decimal | None:
        return None if cell is None or pd.isna(cell) else Decimal(repr(float(cell)))

    def share(cell: Any) -> Decimal | None:
        value = number(cell)
        return None if value is None else value / _PERCENT

    start = share if basis == "attainment" else number
    return [(start(row[0]), share(row[1])) for row in frame.itertuples(index=False)]


def _basis(view: View, ranked: Iterable[LeaderboardRow]) -> Basis:
    if not any(row[TARGET] for row in ranked):
        return "amount"
    chosen = st.segmented_control(
        view.text("what_if.basis"),
        ["amount", "attainment"],
        default="amount",
        required=True,
        format_func=lambda basis: view.text(f"what_if.by_{basis}"),
        key="choice-basis",
    )
    return "attainment" if chosen == "attainment" else "amount"


def _edited(view: View, basis: Basis, ranked: Sequence[LeaderboardRow]) -> Rows:
    starts = view.text(f"what_if.from_{basis}", currency=view.tenant.currency)
    frame = pd.DataFrame(_suggested(basis, ranked), columns=["start", "rate"], dtype=float)
    edited = st.data_editor(
        frame,
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "start": st.column_config.NumberColumn(starts, format="localized"),
            "rate": st.column_config.NumberColumn(view.text("what_if.rate"), format="localized"),
        },
        key=f"tiers-{basis}",
    )
    st.caption(view.text("what_if.how"))
    return written(edited, basis)


def _suggested(basis: Basis, ranked: Sequence[LeaderboardRow]) -> Sequence[tuple[int, int]]:
    """Tiers to begin with; by amount the second begins at about what people sell."""
    if basis == "attainment":
        return _BY_ATTAINMENT
    mean = max(total(ranked, SALES) / len(ranked), Decimal(1))
    step = int(Decimal(1).scaleb(mean.adjusted()) * (mean.scaleb(-mean.adjusted()) // 1))
    return ((0, 1), (step, 2), (2 * step, 3))


def _fault(view: View, error: TierError, basis: Basis) -> str:
    """The message for faulty tiers."""
    is_share = error.fault == "rate" or basis == "attainment"
    value = (
        ""
        if error.value is None
        else view.formats.exact(error.value, "rate" if is_share else "money")
    )
    return escaped(view.text(f"what_if.fault_{error.fault}", value=value))


def _result(
    view: View, basis: Basis, ranked: Sequence[LeaderboardRow], tiers: Sequence[Tier]
) -> None:
    names = [SALES, *([TARGET] if basis == "attainment" else [])]

    def money(label: str, value: str | Callable[[LeaderboardRow], Decimal]) -> Column:
        return Column(label=label, value=value, kind="money", is_summed=True)

    columns = [
        column(view, "staff.name", lambda row: row.name),
        *(money(view.label(name), name) for name in names),
        money(view.text("what_if.commission"), lambda row: earned(row, tiers, basis)),
    ]
    listing(view, f"what-if-{basis}", ranked, columns, has_total=True)
