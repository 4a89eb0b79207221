"""The figures of a team: of each person, of what is unattributed, and of all together."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast

from facet.reporting.present.numbers import Numbers
from facet.reporting.present.ranking import ranks
from facet.reporting.present.series import time_dimension
from facet.reporting.present.staff import OF_ORDERS, SALES
from facet.reporting.query.periods import bucket_period, buckets
from facet.reporting.query.table import Cell, Record, number_of
from facet.reporting.screen.pages.staff.data.team import Team
from facet.reporting.screen.parts.empty import stop_if_empty, stop_with_nothing_yet
from facet.reporting.screen.session.view import View

TARGET: Final = "sales_target"
TILES: Final = (
    SALES,
    "target_attainment",
    "credited_orders",
    "credited_average_order_value",
    "sales_per_hour",
    "lead_conversion_rate",
    "median_first_reply_minutes",
)
#: Columns of the leaderboard after the name, with the key of their heading.
COLUMNS: Final = {
    "target_attainment": "staff.of_target",
    SALES: "staff.net_sales",
    "credited_orders": "staff.orders",
    "credited_average_order_value": "staff.order_value",
    "credited_units_per_order": "staff.order_units",
    "sales_per_hour": "staff.per_hour",
    "lead_conversion_rate": "staff.conversion",
}
#: What is 0, rather than unknown, of who has only a target or hours.
_COUNTED: Final = (SALES, "credited_orders")
#: Of a person: an order counts once for each, so that sums have it, which are quick to query.
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


@dataclass(frozen=True, kw_only=True)
class LeaderboardRow:
    """One person's figures of the period, and their rank; None: without credit.

    Without a `user_id` it is what nobody has, or all together.
    """

    name: str
    figures: Record
    user_id: int | None = None
    rank: int | None = None

    def __getitem__(self, metric: str) -> Cell:
        """A figure; of what is counted 0 where there is none."""
        figure = self.figures.get(metric)
        return 0 if figure is None and metric in _COUNTED else figure


@dataclass(frozen=True, kw_only=True)
class Leaderboard:
    """Everybody of a team who did something or has a target, the first rank first.

    `credited` is of all these people together, `total` also of what is unattributed.
    """

    people: tuple[LeaderboardRow, ...]
    unattributed: Record | None
    credited: Record
    total: Record
    #: What of targets, hours and leads nobody entered.
    missing: tuple[str, ...]

    def row(self, user_id: int) -> LeaderboardRow | None:
        """A person's row; None where they did nothing."""
        return next((row for row in self.people if row.user_id == user_id), None)


def load_leaderboard(view: View, team: Team) -> Leaderboard:
    """The figures of each and of all together.

    Raises:
        EndOfPage: nothing happened in the period.
    """
    names = view.reader.available_metrics(
        [*(name for name in COLUMNS if name not in _QUOTIENTS), *_BESIDE]
    )
    table = view.query(names, by=["staff_member"], period=view.period, where=team.of_all)
    records = [_with_quotients(record) for record in table.records() if any(map(record.get, names))]
    found = {record["staff_member"]: record for record in records}
    unattributed = found.pop(None, None) if team.is_shop else None
    if not found and unattributed is None:
        _stop(view)
    # the same query as that of the tiles, which is run once
    credited = view.query(
        view.reader.available_metrics(TILES), period=view.period, where=team.of_people
    ).records()[0]
    whole = view.query(OF_ORDERS, period=view.period, where=team.of_all).records()[0]
    entered = {name: any(record.get(name) for record in records) for name in _MISSED.values()}
    if view.has_just_begun:  # nobody's shift has ended yet
        entered |= dict.fromkeys(_OF_THE_DAY, True)
    return Leaderboard(
        people=_ranked(team, [found[key] for key in team.people if key in found]),
        unattributed=unattributed,
        credited=credited,
        total={**credited, **whole},
        missing=tuple(what for what, name in _MISSED.items() if not entered[name]),
    )


def _ranked(team: Team, records: Sequence[Record]) -> tuple[LeaderboardRow, ...]:
    """People by rank; who has no credit comes last, by name."""
    values = [
        number_of(record[SALES]) if any(record.get(c) for c in _CREDIT) else None
        for record in records
    ]
    rows = [
        LeaderboardRow(
            user_id=cast(int, record["staff_member"]),
            name=team.people[cast(int, record["staff_member"])].name,
            rank=rank,
            figures=record,
        )
        for rank, record in zip(ranks(values), records, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: row.rank or len(rows) + 1))


def _with_quotients(record: Record) -> Record:
    """A person's record with what an order of theirs is like."""
    orders = number_of(record["credited_orders"])
    found: dict[str, Cell] = {
        name: number_of(record[value]) / orders if orders else None
        for name, value in _QUOTIENTS.items()
    }
    return {**record, **found}


def lines_of(view: View, team: Team) -> defaultdict[Cell, list[Decimal]]:
    """Credited net sales of each over the period's days, weeks or months that are over."""
    today, grain = view.tenant.today, view.grain
    found = buckets(view.period, grain, view.tenant.calendar)
    over = [day for day in found if bucket_period(day, grain, view.period).end < today]
    days: dict[Cell, int] = {day: position for position, day in enumerate(over or found)}
    by = ["staff_member", time_dimension(grain)]
    table = view.query([SALES], by=by, period=view.period, where=team.of_all)
    lines: defaultdict[Cell, list[Decimal]] = defaultdict(lambda: [Decimal()] * len(days))
    for user_id, day, sales in table.rows:
        if day in days:
            lines[user_id][days[day]] += number_of(sales)
    return lines


def _stop(view: View) -> None:
    """End the page: nothing in the period, or nothing ever and what it takes."""
    if view.reader.span() is None:
        stop_with_nothing_yet(view.text("staff.never"))
    stop_if_empty(view, Numbers(now={}, before={}))
