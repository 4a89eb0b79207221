"""Promotions as the page reads them: each with its figures, its state and what is modelled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Cell, Row, as_number, number_of
from facet.reporting.screen.parts.empty import stop_with_nothing_yet
from facet.reporting.screen.session.view import View

#: What becomes of a promotion, in the order in which a list has them.
STATES: Final = ("running", "endless", "planned", "inactive", "ended", "deleted")
_FIGURES: Final = (
    *("promotion_id", "promotion_code", "promotion_name", "promotion_type", "promotion_status"),
    *("attempt_count", "redemption_count", "net_redemption_count"),
    *("promoted_order_count", "stacked_order_count", "person_count", "violation_count"),
    *("violating_redemption_count", "usage_limit_count", "discount_cost_amount"),
    *("budget_amount", "promoted_sales_amount"),
    *("margin_after_promotion_amount", "usage_used_rate", "budget_used_rate"),
    *("influence_of_its_days_rate", "stacking_rate", "is_deleted", "start_date", "end_date"),
    *("last_redeemed_date", "budget_burnout_date"),
)
_NEWER: Final = {
    **{"use_count": "redemption_count", "is_over": None},
    **{"budget_outlook": None, "pace_day_count": None},
    "promoted_costed_amount": "promoted_sales_amount",
}
_MODELLED: Final = (
    *("actual_amount", "baseline_amount", "lift_amount", "lift_low_amount", "lift_high_amount"),
    *("pull_forward_amount", "cannibalisation_amount", "margin_rate", "promotion_roi"),
    *("lift_reason", "days_measured", "trend_rate"),
)
#: Beyond these what is out of scope has not moved but swings: it is too little to tell a trend.
_STEADY: Final = (Decimal("0.66666666"), Decimal("1.5"))
_RUNNING: Final = ("running", "endless")
#: What a promotion's own status says when it is over.
_OVER: Final = ("expired", "ended", "archived", "cancelled")


@dataclass(frozen=True, kw_only=True)
class Promotion(Row):
    """A promotion over its whole life; what is modelled is None where nothing could be."""

    state: str

    def __getitem__(self, name: str) -> Cell:
        return self.record.get(name)

    @property
    def key(self) -> str:
        """Its key in the address."""
        return str(self["promotion_id"])

    @property
    def name(self) -> str:
        """Its label."""
        return str(self["promotion_name"])

    @property
    def is_running(self) -> bool:
        """Whether it can be redeemed now."""
        return self.state in _RUNNING

    @property
    def has_lift(self) -> bool:
        """Whether what it brought could be modelled."""
        return self["lift_amount"] is not None

    @property
    def is_steady(self) -> bool:
        """Whether its lift rests on a trend that can be relied on."""
        return self.has_lift and _STEADY[0] <= self.number("trend_rate") <= _STEADY[1]

    @property
    def lacks_margin(self) -> bool:
        """Whether it cost something, and what is earned on what it brought is unknown."""
        return self["margin_rate"] is None and self.number("discount_cost_amount") != 0

    @property
    def roi_ends(self) -> tuple[Decimal, Decimal] | None:
        """The ends of the interval of its return, by those of its lift; None without a return."""
        cost, margin = self.number("discount_cost_amount"), as_number(self["margin_rate"])
        if self["promotion_roi"] is None or margin is None or not cost:
            return None
        ends = [
            (self.number(f"lift_{end}_amount") * margin - cost) / cost for end in ("low", "high")
        ]
        return min(ends), max(ends)


def promotions_of(view: View) -> tuple[Promotion, ...]:
    """All promotions: what runs, what comes, then what is over, the newest first.

    Those that were deleted before anybody tried them are left out.

    Raises:
        EndOfPage: there is none.
    """
    table = view.marts.rows("rpt_promotions", _FIGURES, newer=_NEWER, order_by=["promotion_id"])
    lifts = view.marts.rows("rpt_promotion_lift", ["promotion_id", *_MODELLED]).records()
    modelled = {record["promotion_id"]: record for record in lifts}
    today = view.tenant.today
    figures = [_with_derived(record, today) for record in table.records()]
    promotions = [
        Promotion(
            record={**modelled.get(record["promotion_id"], {}), **record},
            state=_state(record, today),
        )
        for record in figures
        if record["attempt_count"] or not record["is_deleted"]
    ]
    if not promotions:
        stop_with_nothing_yet(
            view.text("promotion.none"), view.text("promotion.none_why"), icon="sell"
        )
    return tuple(sorted(promotions, key=_place))


def describe_state(view: View, promotion: Promotion) -> str:
    """Its state with the day that goes with it."""
    dated = {"running": "end_date", "planned": "start_date", "ended": "end_date"}
    day = promotion[dated.get(promotion.state, "")]
    if isinstance(day, date):
        return view.text(f"promotion_state.{promotion.state}_on", day=view.formats.day(day))
    return view.text(f"promotion_state.{promotion.state}")


def lasting(view: View, promotion: Promotion) -> date | str | None:
    """The end of its budget, or that it lasts; None where nothing is known."""
    day = promotion["budget_burnout_date"]
    if isinstance(day, date):
        return day
    return view.text("promotion.lasts") if promotion["budget_outlook"] == "lasts" else None


def interval(view: View, low: Cell, high: Cell) -> str:
    """The two ends of what is likely, in money."""
    if low is None or high is None:
        return DASH
    return view.text(
        "promotion.between",
        low=view.formats.short(low, "money"),
        high=view.formats.short(high, "money"),
    )


def options(promotions: Sequence[Promotion]) -> dict[str, str]:
    """Labels of promotions in a select box; names may come again each year."""
    return {
        promotion.key: f"{promotion.name} · {promotion['promotion_code']}"
        if promotion["promotion_code"]
        else promotion.name
        for promotion in promotions
    }


def _with_derived(record: Mapping[str, Cell], today: date) -> Mapping[str, Cell]:
    """A promotion's figures; what its release was made before is derived from the others."""
    end, burnout = record["end_date"], record["budget_burnout_date"]
    derived: dict[str, Cell] = {}
    if record["is_over"] is None:
        is_past = isinstance(end, date) and end < today
        derived["is_over"] = record["promotion_status"] in _OVER or is_past
    if record["budget_outlook"] is None and isinstance(burnout, date):
        is_spent = number_of(record["budget_used_rate"]) >= 1
        is_later = isinstance(end, date) and burnout > end
        derived["budget_outlook"] = "ran_out" if is_spent else "lasts" if is_later else "runs_out"
        if derived["budget_outlook"] == "lasts":
            derived["budget_burnout_date"] = None
    return {**record, **derived}


def _state(record: Mapping[str, Cell], today: date) -> str:
    """The state of a promotion by its status and its days."""
    start, status = record["start_date"], record["promotion_status"]
    if record["is_deleted"]:
        return "deleted"
    if record["is_over"]:
        return "ended"
    if status == "draft" or (isinstance(start, date) and start > today):
        return "planned"
    if status != "active":
        return "inactive"
    return "endless" if record["end_date"] is None else "running"


def _place(promotion: Promotion) -> tuple[int, Decimal, str]:
    """Running ones by what they cost, planned ones by their start, others the newest first.

    What runs for good comes after what will be over: there is less to decide.
    """
    day = promotion["start_date" if promotion.state == "planned" else "end_date"]
    number = Decimal(day.toordinal() if isinstance(day, date) else 0)
    if promotion.is_running:
        number = -promotion.number("discount_cost_amount")
    elif promotion.state != "planned":
        number = -number
    return STATES.index(promotion.state), number, promotion.key
