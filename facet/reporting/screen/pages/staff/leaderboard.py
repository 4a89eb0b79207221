"""The team in numbers: tiles, and the leaderboard with what is unattributed and the total."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, cast

import streamlit as st

from facet.reporting.present.ranking import ranks
from facet.reporting.query.periods import bucket_period, buckets
from facet.reporting.query.table import Cell, as_number
from facet.reporting.screen.pages.staff.targets import pace_cells, pace_columns, targets_running
from facet.reporting.screen.pages.staff.team import Team
from facet.reporting.screen.parts.empty import EndOfPage, stop_if_empty
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.series import time_dimension
from facet.reporting.screen.parts.tables import Column, listing
from facet.reporting.screen.parts.tiles import Tile, tiles
from facet.reporting.screen.session.query_params import select_option
from facet.reporting.screen.session.view import Numbers, View

SALES: Final = "credited_net_sales"
TARGET: Final = "sales_target"
_TILES: Final = (
    SALES,
    "target_attainment",
    "credited_orders",
    "credited_average_order_value",
    "sales_per_hour",
    "lead_conversion_rate",
    "median_first_reply_minutes",
)
#: Columns of the leaderboard after the name, with the key of their heading.
_COLUMNS: Final = {
    SALES: "staff.net_sales",
    "target_attainment": "staff.of_target",
    "credited_orders": "staff.orders",
    "credited_average_order_value": "staff.order_value",
    "credited_units_per_order": "staff.order_units",
    "sales_per_hour": "staff.per_hour",
    "lead_conversion_rate": "staff.conversion",
}
#: What is 0, rather than unknown, of who has only a target or hours.
_COUNTED: Final = (SALES, "credited_orders")
#: What the shop has more of than its people; targets and hours are held against these alone.
_OF_ORDERS: Final = (
    SALES,
    "credited_orders",
    "credited_average_order_value",
    "credited_units_per_order",
)
#: Of a person: an order counts once for each, so that sums say it, which are quick to ask for.
_QUOTIENTS: Final = {
    "credited_average_order_value": "credited_order_value",
    "credited_units_per_order": "credited_order_units",
}
#: What else tells that somebody did something, or is to.
_BESIDE: Final = (
    *_QUOTIENTS.values(),
    "credited_returns",
    "overlay_net_sales",
    "originator_net_sales",
    TARGET,
    "hours_worked",
    "leads_assigned",
)
#: What an owner may have forgotten to enter, with the metric that shows it.
_MISSED: Final = {"targets": TARGET, "hours": "hours_worked", "leads": "leads_assigned"}
#: What comes in only in the course of a day.
_OF_THE_DAY: Final = ("hours_worked", "leads_assigned")
#: What tells that somebody has credit; who has not is not ranked.
_CREDIT: Final = (SALES, "credited_orders", "credited_returns")

Record = Mapping[str, Cell]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One person's figures of the period, and their place; None: without credit."""

    user_id: int
    name: str
    rank: int | None
    figures: Record


@dataclass(frozen=True, kw_only=True)
class Board:
    """Everybody of a team who did something or has a target, the first rank first.

    `credited` is of all these people together, `total` also of what is unattributed.
    """

    people: tuple[Standing, ...]
    unattributed: Record | None
    credited: Record
    total: Record
    #: What of targets, hours and leads nobody entered.
    missing: tuple[str, ...]

    def standing(self, user_id: int) -> Standing | None:
        """A person's place; None where they did nothing."""
        return next((place for place in self.people if place.user_id == user_id), None)


def board_of(view: View, team: Team) -> Board:
    """The figures of each and of all together.

    Raises:
        EndOfPage: nothing happened in the period.
    """
    names = view.reader.known([*(name for name in _COLUMNS if name not in _QUOTIENTS), *_BESIDE])
    table = view.ask(names, by=["staff_member"], period=view.period, where=team.of_all)
    records = [_with_quotients(record) for record in table.records() if any(map(record.get, names))]
    found = {record["staff_member"]: record for record in records}
    unattributed = found.pop(None, None) if team.is_shop else None
    if not found and unattributed is None:
        _say_nothing(view)
    # the same question as that of the tiles, which is answered once
    credited = view.ask(
        view.reader.known(_TILES), period=view.period, where=team.of_people
    ).records()[0]
    whole = view.ask(_OF_ORDERS, period=view.period, where=team.of_all).records()[0]
    entered = {name: any(record.get(name) for record in records) for name in _MISSED.values()}
    if view.has_just_begun:  # nobody's shift has ended yet
        entered |= dict.fromkeys(_OF_THE_DAY, True)
    return Board(
        people=_places(team, [found[key] for key in team.people if key in found]),
        unattributed=unattributed,
        credited=credited,
        total={**credited, **whole},
        missing=tuple(what for what, name in _MISSED.items() if not entered[name]),
    )


def team_headline(view: View, board: Board) -> None:
    """How it goes, in two sentences; and what is missing to tell more."""
    attained, sales = board.credited.get("target_attainment"), board.credited.get(SALES)
    values = {"sales": view.formats.short(sales or 0, "money")}
    if attained is None:
        said = view.text("staff.headline", **values)
    else:
        rate = view.formats.exact(attained, "rate")
        said = view.text("staff.headline_target", rate=rate, **values)
    missing = [view.text(f"staff.no_{name}") for name in board.missing]
    with st.container(key="headline", gap="xsmall"):
        st.subheader(escaped(said), anchor=False)
        if not board.people and not view.has_just_begun:
            st.info(view.text("staff.no_credit"), icon=":material/person_search:")
        elif missing:
            st.caption(view.text("staff.missing", what=", ".join(missing)))


def team_tiles(view: View, team: Team, board: Board) -> None:
    """The people's numbers, and beside them what belongs to nobody."""
    if team.is_one_person:
        return
    also = []
    if team.is_shop:
        record = board.unattributed or {}
        sales = as_number(record.get(SALES)) or Decimal()
        whole = as_number(board.total.get(SALES)) or Decimal()
        share = view.formats.exact(sales / whole, "rate") if whole > 0 else None
        also.append(
            Tile(
                name="unattributed",
                label=view.text("staff.unattributed"),
                value=view.formats.short(sales, "money"),
                note=share and view.text("staff.unattributed_share", share=share),
                help=view.text(
                    "staff.unattributed_help", value=view.formats.exact(sales, "money")
                ).replace("$", "\\$"),
            )
        )
    tiles(view, _TILES, where=team.of_people, also=also)


def leaderboard(view: View, team: Team, board: Board) -> None:
    """The list of people; a row that is picked chooses its person."""
    if team.is_one_person:
        return
    if not board.people and board.unattributed is None:
        return
    shown = view.reader.known(list(_COLUMNS))
    lines, targets = _lines(view, team), targets_running(view)
    columns = [
        Column(label=view.text("staff.rank"), kind="count"),
        Column(label=view.text("staff.name")),
        *(
            Column(
                label=view.text(_COLUMNS[name]),
                kind="rate" if name == "target_attainment" else view.kind(name),
                help=view.description(name),
            )
            for name in shown
        ),
        *pace_columns(view, targets),
        Column(label=view.text("staff.trend"), kind="line", help=view.description(SALES)),
    ]

    def row(
        rank: int | None,
        name: str,
        figures: Record,
        line: Sequence[Decimal],
        user_id: int | None = None,
    ) -> list[Any]:
        found = {**figures, **{m: figures.get(m) or 0 for m in _COUNTED}}
        paced = pace_cells(view, targets, user_id)
        return [rank, name, *(found.get(metric) for metric in shown), *paced, line]

    rows = [row(p.rank, p.name, p.figures, lines[p.user_id], p.user_id) for p in board.people]
    if board.unattributed is not None:
        nobody = view.text("staff.unattributed")
        rows.append(row(None, nobody, board.unattributed, lines[None]))
    whole = [sum(values, Decimal()) for values in zip(*lines.values(), strict=True)]
    total = row(None, view.text("table.total"), board.total, whole)
    with st.container(key="leaderboard", gap="xsmall"):
        st.subheader(view.text("staff.leaderboard"), anchor=False)
        said = "staff.pick_shop" if team.is_shop else "staff.pick"
        st.caption(view.text(said))
        shown_for = (view.cache_key, team.manager)
        picked = listing(
            view, "staff", columns, rows, total=total, is_picked_from=True, picked_for=shown_for
        )
    _choose((shown_for, picked), picked, board)


def _choose(row: object, picked: int | None, board: Board) -> None:
    """Choose the person of a row, once: a later choice elsewhere is not taken back."""
    is_new = st.session_state.get("staff-row") != row
    st.session_state["staff-row"] = row
    if is_new and picked is not None and picked < len(board.people):
        select_option("person", str(board.people[picked].user_id))


def _places(team: Team, records: Sequence[Record]) -> tuple[Standing, ...]:
    """People by rank; who has no credit comes last, by name."""
    values = [
        (as_number(record[SALES]) or Decimal()) if any(record.get(c) for c in _CREDIT) else None
        for record in records
    ]
    places = [
        Standing(
            user_id=cast(int, record["staff_member"]),
            name=team.people[cast(int, record["staff_member"])].name,
            rank=rank,
            figures=record,
        )
        for rank, record in zip(ranks(values), records, strict=True)
    ]
    return tuple(sorted(places, key=lambda place: place.rank or len(places) + 1))


def _with_quotients(record: Record) -> Record:
    """A person's record with what an order of theirs is like."""
    orders = as_number(record["credited_orders"])
    found: dict[str, Cell] = {
        name: (as_number(record[value]) or Decimal()) / orders if orders else None
        for name, value in _QUOTIENTS.items()
    }
    return {**record, **found}


def _lines(view: View, team: Team) -> defaultdict[Cell, list[Decimal]]:
    """Credited net sales of each over the period's days, weeks or months that are over."""
    today, grain = view.tenant.today, view.grain
    found = buckets(view.period, grain, view.tenant.calendar)
    over = [day for day in found if bucket_period(day, grain, view.period).end < today]
    days: dict[Cell, int] = {day: place for place, day in enumerate(over or found)}
    by = ["staff_member", time_dimension(grain)]
    table = view.ask([SALES], by=by, period=view.period, where=team.of_all)
    lines: defaultdict[Cell, list[Decimal]] = defaultdict(lambda: [Decimal()] * len(days))
    for user_id, day, sales in table.rows:
        if day in days:
            lines[user_id][days[day]] += as_number(sales) or Decimal()
    return lines


def _say_nothing(view: View) -> None:
    """End the page: nothing in the period, or nothing ever and what it takes."""
    if view.reader.span() is None:
        with st.container(key="nothing-yet", border=True):
            st.markdown(f":material/hourglass_empty: {view.text('staff.never')}")
        raise EndOfPage
    stop_if_empty(view, Numbers(now={}, before={}))
