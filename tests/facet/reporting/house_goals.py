"""The house's campaigns and their goals, by each model and window, and day by day."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from tests.facet.reporting.contracts import Record
from tests.facet.reporting.house import NEW_YORK, SAIGON
from tests.variables import VARIABLES

MODELS: Final = VARIABLES["attribution_models"]
WINDOWS: Final = VARIABLES["attribution_windows"]
_TODAY: Final = date(2026, 3, 18)


def _campaign(tenant: int, number: int, name: str, start: date, end: date, **more: Any) -> Record:
    return {
        "tenant_id": tenant,
        "campaign_id": number,
        "campaign_name": name,
        "campaign_code": name[:2].upper(),
        "campaign_status": "active",
        "is_deleted": False,
        "start_date": start,
        "end_date": end,
        **more,
    }


CAMPAIGNS: Final = (
    _campaign(
        NEW_YORK, 1, "Spring bloom", date(2026, 3, 1), date(2026, 3, 31),
        owner_name="Ada Frost", budget_amount="5000", spent_amount="1250.50",
    ),
    _campaign(
        NEW_YORK, 2, "Winter glow", date(2026, 1, 1), date(2026, 2, 28),
        campaign_status="completed",
    ),
    _campaign(
        NEW_YORK, 3, "Summer sun", date(2026, 6, 1), date(2026, 6, 30), campaign_status="draft",
        budget_amount="900",
    ),
    _campaign(NEW_YORK, 4, "Old pearls", date(2026, 3, 1), date(2026, 3, 31), is_deleted=True),
    _campaign(
        SAIGON, 1, "Tết đoàn viên", date(2026, 3, 1), date(2026, 3, 31), owner_name="Trần Thị Mai",
        budget_amount="20000000", spent_amount="5000000",
    ),
)  # fmt: skip


def _goal(tenant: int, number: int, name: str, metric: str, **more: Any) -> Record:
    campaign = next(
        row
        for row in CAMPAIGNS
        if (row["tenant_id"], row["campaign_id"]) == (tenant, more.get("campaign_id", 1))
    )
    return {
        "tenant_id": tenant,
        "goal_id": number,
        "campaign_id": 1,
        "campaign_name": campaign["campaign_name"],
        "goal_name": name,
        "goal_metric": metric,
        "elapsed_basis": "days",
        "actual_to_date_value": more.get("actual_value"),
        "child_count": 0,
        "start_date": campaign["start_date"],
        "end_date": campaign["end_date"],
        **more,
    }


#: By last touch within 28 days; by other models and windows there is a tenth less.
GOALS: Final = (
    _goal(
        NEW_YORK, 11, "Spring sales", "net_sales", goal_status="at_risk", target_value="10000",
        actual_value="3100.40", elapsed_share="0.5", expected_to_date_value="5000",
        attainment_rate="0.31004", pace_rate="0.62008", projected_value="6200.80",
        projected_low_value="5800.30", projected_high_value="6601.30",
        required_per_day_value="492.83", children_actual_value="3100.40",
        children_target_value="10000", child_count=2, days_left=14, elapsed_basis="last_year",
    ),
    _goal(
        NEW_YORK, 12, "First half", "net_sales", parent_goal_id=11, goal_status="missed",
        target_value="4000", actual_value="2900.40", elapsed_share="1",
        expected_to_date_value="4000", attainment_rate="0.7251", pace_rate="0.7251",
        projected_value="2900.40", projected_low_value="2900.40", projected_high_value="2900.40",
        days_left=0, end_date=date(2026, 3, 15),
    ),
    _goal(
        NEW_YORK, 13, "Second half", "net_sales", parent_goal_id=11, goal_status="behind",
        target_value="6000", actual_value="200", elapsed_share="0.035",
        expected_to_date_value="210", attainment_rate="0.03333333", pace_rate="0.95238095",
        projected_value="5714.29", required_per_day_value="414.29", days_left=14,
        start_date=date(2026, 3, 16),
    ),
    _goal(
        NEW_YORK, 14, "Spring orders", "orders", goal_status="on_track", target_value="4",
        actual_value="2.5", elapsed_share="0.5", expected_to_date_value="2",
        attainment_rate="0.625", pace_rate="1.25", projected_value="5", projected_low_value="3.8",
        projected_high_value="6.2", required_per_day_value="0.11", days_left=14,
    ),
    _goal(
        NEW_YORK, 15, "Shop windows", "custom", goal_status="achieved", target_value="0",
        actual_value="3", elapsed_share="0.5", expected_to_date_value="0", projected_value="6",
        required_per_day_value="0", days_left=14,
    ),
    _goal(
        NEW_YORK, 16, "Spring leads", "leads", actual_value="1.5", elapsed_share="0.5",
        projected_value="3", days_left=14,
    ),
    _goal(
        NEW_YORK, 21, "Winter vouchers", "redemptions", campaign_id=2, goal_status="achieved",
        target_value="2", actual_value="2.5", elapsed_share="1", expected_to_date_value="2",
        attainment_rate="1.25", pace_rate="1.25", projected_value="2.5", days_left=0,
    ),
    _goal(
        NEW_YORK, 22, "April", "orders", campaign_id=1, goal_status="not_started",
        target_value="10", actual_value="0", elapsed_share="0", expected_to_date_value="0",
        attainment_rate="0", required_per_day_value="1", days_left=10,
        start_date=date(2026, 4, 1), end_date=date(2026, 4, 10),
    ),
    _goal(
        SAIGON, 11, "Doanh thu Tết", "net_sales", goal_status="behind", target_value="100000000",
        actual_value="27250000", elapsed_share="0.3", expected_to_date_value="30000000",
        attainment_rate="0.2725", pace_rate="0.90833333", projected_value="90833333.33",
        projected_low_value="80833333.33", projected_high_value="100833333.33",
        required_per_day_value="5196428.57", days_left=14, elapsed_basis="event",
        elapsed_event_code="lunar_new_year",
    ),
    _goal(
        SAIGON, 12, "Flash sale", "orders", goal_status="started", target_value="10",
        actual_value="4", actual_to_date_value="0", elapsed_share="0", expected_to_date_value="0",
        attainment_rate="0.4", required_per_day_value="5", days_left=2, start_date=_TODAY,
        end_date=_TODAY + timedelta(days=1),
    ),
)  # fmt: skip


TARGETS: Final = tuple(
    {
        "tenant_id": tenant,
        "goal_id": 11,
        "version_number": version,
        "target_value": target,
        "previous_target_value": before,
        "valid_from_date": start,
        "valid_to_date": end,
    }
    for tenant, version, target, before, start, end in (
        (NEW_YORK, 1, "8000", None, date(2026, 2, 20), date(2026, 3, 4)),
        (NEW_YORK, 2, "10000", "8000", date(2026, 3, 5), None),
        (SAIGON, 1, "100000000", None, date(2026, 2, 25), None),
    )
)


def of_attributions(goal: Record) -> list[Record]:
    """A goal by each model and window: what was said by last touch, else a tenth less came in."""
    rows: list[Record] = []
    for model in MODELS:
        for window in WINDOWS:
            row = {**goal, "attribution_model": model, "window_days": window}
            if (model, window) != ("last_touch", 28):
                row["actual_value"] = str(Decimal(goal["actual_value"]) * Decimal("0.9"))
            rows.append(row)
    return rows


def days_of(goal: Record) -> list[Record]:
    """Its days: what came in grows evenly up to today, what is expected up to the last."""
    count = (goal["end_date"] - goal["start_date"]).days + 1
    gone = min(count, max(0, (_TODAY - goal["start_date"]).days + 1))
    target = goal.get("target_value")
    cent = Decimal("0.01")
    return [
        {
            "tenant_id": goal["tenant_id"],
            "goal_id": goal["goal_id"],
            "campaign_id": goal["campaign_id"],
            "attribution_model": goal["attribution_model"],
            "window_days": goal["window_days"],
            "actual_value": (Decimal(goal["actual_value"]) * (n + 1) / gone).quantize(cent)
            if n < gone
            else None,
            "expected_value": (Decimal(target) * (n + 1) / count).quantize(cent)
            if target
            else None,
            "target_value": target,
            "date_day": goal["start_date"] + timedelta(days=n),
        }
        for n in range(count)
    ]
