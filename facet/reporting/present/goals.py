"""Goals of campaigns as a tenant's file has them, whoever needs somebody first."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.metric import Kind
from facet.reporting.query.table import Row

Phase = Literal["running", "coming", "over"]

#: By this one, and in the longest window, sales are told unless others are chosen.
_DEFAULT_MODEL: Final = "last_touch"
PHASES: Final[tuple[Phase, ...]] = ("running", "coming", "over")
#: Whoever needs somebody first comes first.
STATUSES: Final = (
    *("at_risk", "behind", "missed", "on_track", "started", "not_started", "no_target"),
    "achieved",
)

_GOAL: Final = (
    *("goal_id", "campaign_id", "parent_goal_id", "goal_name", "campaign_name", "goal_metric"),
    *("goal_status", "elapsed_basis", "target_value", "actual_value", "elapsed_share"),
    *("expected_to_date_value", "attainment_rate", "pace_rate", "projected_value"),
    *("projected_low_value", "projected_high_value", "required_per_day_value"),
    *("children_actual_value", "children_target_value", "child_count", "days_left"),
    *("start_date", "end_date"),
)
_NEWER: Final = {"actual_to_date_value": "actual_value", "elapsed_event_code": None}


class Planned(Row):
    """A row with days to run."""

    def phase(self, today: date) -> Phase:
        """The phase of its days today; without days it is running."""
        start, end = self["start_date"], self["end_date"]
        if isinstance(start, date) and start > today:
            return "coming"
        return "over" if isinstance(end, date) and end < today else "running"


class Goal(Planned):
    """A goal on the day of the data, by the attribution that was chosen."""

    @property
    def key(self) -> str:
        """Its key in the address."""
        return str(self["goal_id"])

    @property
    def name(self) -> str:
        """Its label."""
        return str(self["goal_name"])

    @property
    def status(self) -> str:
        """Its status, `no_target` where none is set."""
        return str(self["goal_status"] or "no_target")

    @property
    def kind(self) -> Kind:
        """The kind of its numbers."""
        return "money" if self["goal_metric"] == "net_sales" else "count"

    @property
    def needs_somebody(self) -> bool:
        """Whether it is not where it should be."""
        return self.status in ("at_risk", "behind")


def attributions_of(view: TenantView) -> tuple[Sequence[str], Sequence[int]]:
    """The models and the windows that the release attributes sales by, the default model first."""
    found = view.marts.totals("rpt_campaign_returns", [], by=["attribution_model", "window_days"])
    models = set(map(str, found.column("attribution_model"))) | {_DEFAULT_MODEL}
    windows = {days for days in found.column("window_days") if isinstance(days, int)}
    return sorted(models, key=lambda model: (model != _DEFAULT_MODEL, model)), sorted(windows)


def goals_of(view: TenantView, model: str, window: int) -> tuple[Goal, ...]:
    """All goals by one attribution, whoever needs somebody first."""
    records = view.marts.rows(
        "rpt_campaign_goals",
        _GOAL,
        newer=_NEWER,
        where={"attribution_model": [model], "window_days": [window]},
        order_by=["-end_date", "goal_id"],
    ).records()
    return tuple(sorted(map(Goal, records), key=_urgency))


def _urgency(goal: Goal) -> tuple[int, Decimal]:
    """Sort order, most urgent first: by status, then by how far it is behind."""
    is_running = goal.status in ("at_risk", "behind", "on_track")
    return STATUSES.index(goal.status), goal.number("pace_rate") if is_running else Decimal()
