"""The house's campaigns: what two shops did in spring, few enough rows to add up on paper.

Hudson & Vale runs *Spring bloom* from 1 to 31 March: net sales are at risk; of the two goals that
make them up one is missed and one behind; orders are on track, one goal has the target 0, one none.
*Winter glow* is over, *Summer sun* is to come and has no goal, *Old pearls* was deleted. Ngọc Lan
runs one campaign that is behind. Leer & Söhne has none. Columns are those of the marts' contracts.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import duckdb

from tests.facet.reporting import contracts
from tests.facet.reporting.contracts import Record
from tests.facet.reporting.house import NEW_YORK, SAIGON
from tests.facet.reporting.house_goals import (
    CAMPAIGNS,
    GOALS,
    MODELS,
    TARGETS,
    WINDOWS,
    days_of,
    of_attributions,
)


def _return(tenant: int, campaign: int, model: str, window: int, **more: Any) -> Record:
    margin = Decimal(more.get("gross_margin_amount", 0))
    return {
        "tenant_id": tenant,
        "campaign_id": campaign,
        "attribution_model": model,
        "window_days": window,
        **dict.fromkeys(
            (
                *("demand_sales_amount", "net_sales_amount", "gross_margin_amount"),
                *("order_weight", "unit_weight", "new_customer_weight", "lead_weight"),
            ),
            "0",
        ),
        "costed_demand_amount": more.get("demand_sales_amount", "0"),
        "cost_amount": str(Decimal(more.get("net_sales_amount", 0)) - margin),
        **more,
    }


_SPRING: Final = {"budget_amount": "5000", "spent_amount": "1250.50", "budget_used_rate": "0.2501"}
_RETURNS: Final = (
    _return(
        NEW_YORK, 1, "last_touch", 28, demand_sales_amount="3200", net_sales_amount="3100.40",
        gross_margin_amount="1500.60", order_weight="2.5", unit_weight="2.5",
        new_customer_weight="1", lead_weight="1.5", return_on_spend="1.2", **_SPRING,
    ),
    _return(
        NEW_YORK, 1, "linear", 28, demand_sales_amount="2100", net_sales_amount="2000.40",
        gross_margin_amount="1000.40", order_weight="1.75", unit_weight="3",
        new_customer_weight="0.5", lead_weight="1", return_on_spend="0.8", **_SPRING,
    ),
    _return(
        NEW_YORK, 1, "last_touch", 7, demand_sales_amount="800", net_sales_amount="800",
        gross_margin_amount="375.15", order_weight="1", unit_weight="1",
        return_on_spend="0.3", **_SPRING,
    ),
    _return(
        NEW_YORK, 2, "last_touch", 28, demand_sales_amount="1000", net_sales_amount="1000",
        gross_margin_amount="400", order_weight="3", unit_weight="3",
    ),
    _return(
        SAIGON, 1, "last_touch", 28, demand_sales_amount="27250000", net_sales_amount="27250000",
        gross_margin_amount="14350000", order_weight="2", unit_weight="2",
        new_customer_weight="1", budget_amount="20000000", spent_amount="5000000",
        budget_used_rate="0.25", return_on_spend="2.87",
    ),
    # in every other model and window nothing came in
    *(
        _return(tenant, campaign, model, window)
        for tenant, campaign in ((NEW_YORK, 4), (SAIGON, 1))
        for model in MODELS
        for window in WINDOWS
        if (model, window) not in (("last_touch", 28), ("last_touch", 7), ("linear", 28))
    ),
)  # fmt: skip


def _sale(tenant: int, order: int, day: date, net: str, weight: str, **more: Any) -> Record:
    margin = Decimal(more.get("gross_margin_amount", "0"))
    return {
        "tenant_id": tenant,
        "attribution_model": "last_touch",
        "window_days": 28,
        "campaign_id": 1,
        "order_id": order,
        "campaign_name": "Spring bloom",
        "order_number": f"{tenant}-{order:04}",
        "buyer_type": "new",
        "channel_name": "Website",
        "demand_sales_amount": net,
        "returns_amount": "0",
        "net_sales_amount": net,
        "costed_demand_amount": net,
        "cost_amount": str(Decimal(net) - margin),
        "gross_margin_amount": "0",
        "order_weight": weight,
        "unit_weight": weight,
        "new_customer_weight": "0",
        "ledger_date": day,
        "event_date": day,
        "order_date": day,
        **more,
    }


#: Order 1 comes back in part on another day; of order 3 another campaign has half.
_SALES: Final = (
    _sale(NEW_YORK, 1, date(2026, 3, 2), "2200", "1", gross_margin_amount="1050.60"),
    _sale(NEW_YORK, 1, date(2026, 3, 10), "-99.60", "0", order_date=date(2026, 3, 2)),
    _sale(NEW_YORK, 2, date(2026, 3, 10), "800", "1", gross_margin_amount="375"),
    _sale(NEW_YORK, 3, date(2026, 3, 18), "200", "0.5", gross_margin_amount="75"),
    _sale(SAIGON, 1, date(2026, 3, 1), "25000000", "1", channel_name="Cửa hàng"),
    _sale(SAIGON, 2, date(2026, 3, 17), "2250000", "1", buyer_type="repeat", channel_name="Zalo"),
)
_LEADS: Final = tuple(
    {
        "tenant_id": NEW_YORK,
        "attribution_model": "last_touch",
        "window_days": 28,
        "conversion_type": "lead",
        "conversion_id": number,
        "campaign_id": 1,
        "campaign_name": "Spring bloom",
        "attribution_weight": weight,
        "conversion_date": date(2026, 3, number),
    }
    for number, weight in ((7, "1"), (9, "0.5"))
)
_REDEMPTIONS: Final = tuple(
    {
        "tenant_id": NEW_YORK,
        "redemption_id": number,
        "campaign_id": 2,
        "promotion_id": 5,
        "order_id": number,
        "campaign_name": "Winter glow",
        "promotion_name": "Glow 10",
        "order_number": f"1-{number:04}",
        "redemption_weight": weight,
        "redeemed_date": date(2026, 1, 30),
    }
    for number, weight in ((31, "1"), (32, "1"), (33, "0.5"))
)
#: Of each path: its key, what came in by it, and its steps.
_FOLLOWED: Final = (
    (NEW_YORK, "link", 2, "1.5", "2300.40",
     (("journey", "ad_click", True), ("utm_link", "newsletter", True))),
    (NEW_YORK, "other", 1, "1", "800",
     (("journey", "store_visit", False), ("redemption", None, True))),
    (SAIGON, "redeemed", 2, "2", "27250000", (("redemption", None, True),)),
)  # fmt: skip
_PATHS: Final = tuple(
    {
        "tenant_id": tenant,
        "campaign_id": 1,
        "attribution_model": "last_touch",
        "window_days": 28,
        "path_key": key,
        "touch_count": len(steps),
        "order_count": orders,
        "order_weight": weight,
        "net_sales_amount": net_sales,
    }
    for tenant, key, orders, weight, net_sales, steps in _FOLLOWED
)
_STEPS: Final = tuple(
    {
        "tenant_id": tenant,
        "campaign_id": 1,
        "window_days": 28,
        "path_key": key,
        "step_number": number,
        "touch_source": source,
        "touchpoint": touchpoint,
        "is_own": is_own,
    }
    for tenant, key, *_, steps in _FOLLOWED
    for number, (source, touchpoint, is_own) in enumerate(steps, start=1)
)


#: By link 1 came orders 1 and 3, whole: more than what of them is attributed to the campaign.
_LINKS: Final = (
    {
        "tenant_id": NEW_YORK, "utm_link_id": 1, "campaign_id": 1, "utm_source": "newsletter",
        "utm_medium": "email", "utm_campaign": "spring", "click_count": 120, "order_count": 2,
        "order_rate": "0.01666666", "net_sales_amount": "2500.40",
    },
    {
        "tenant_id": NEW_YORK, "utm_link_id": 2, "campaign_id": 1, "utm_source": "blog",
        "affiliate_id": 4, "affiliate_code": "KOL-04", "affiliate_name": "Mia Chen",
        "click_count": 10, "order_count": 0, "order_rate": "0", "net_sales_amount": "0",
        "commission_amount": "0",
    },
)  # fmt: skip
_TOUCHES: Final = tuple(
    {
        "tenant_id": NEW_YORK,
        "conversion_type": "order",
        "conversion_id": order,
        "touch_number": 2,
        "campaign_id": 1,
        "source_id": 1,
        "touch_source": "utm_link",
    }
    for order in (1, 3)
)
_ORDERS: Final = tuple(
    {
        "tenant_id": NEW_YORK,
        "order_id": order,
        "order_number": f"1-{order:04}",
        "net_sales_amount": net_sales,
        "order_date": day,
        "channel_name": "Website",
        "buyer_type": "new",
    }
    for order, net_sales, day in (
        (1, "2100.40", date(2026, 3, 2)),
        (2, "800", date(2026, 3, 10)),
        (3, "400", date(2026, 3, 18)),
    )
)
_ACTIVITIES: Final = (
    {
        "tenant_id": NEW_YORK, "activity_id": 1, "campaign_id": 1, "activity_name": "Opening mail",
        "activity_type": "email", "activity_status": "done", "owner_name": "Ada Frost",
        "marketing_channel_name": "Newsletter", "budget_amount": "300", "spent_amount": "250.50",
        "click_count": 120, "is_overdue": False, "start_date": date(2026, 3, 1),
        "due_date": date(2026, 3, 2),
    },
    {
        "tenant_id": NEW_YORK, "activity_id": 2, "campaign_id": 1, "activity_name": "Window",
        "activity_type": "event", "activity_status": "planned", "spent_amount": "1000",
        "is_overdue": True, "start_date": date(2026, 3, 5), "due_date": date(2026, 3, 12),
    },
)  # fmt: skip
_PROJECTS: Final = (
    {
        "tenant_id": NEW_YORK, "campaign_id": 1, "project_id": 7, "project_name": "Spring windows",
        "campaign_name": "Spring bloom",
        "project_status": "active", "owner_name": "Ada Frost", "budget_amount": "2000",
        "task_count": 8, "done_task_count": 6, "overdue_task_count": 1, "done_rate": "0.75",
        "is_overdue": False, "due_date": date(2026, 3, 25),
    },
)  # fmt: skip


def marts(*, has_goals: bool = True) -> Mapping[str, Sequence[Record]]:
    """The marts' rows; without goals where nobody has set any."""
    goals = [row for goal in GOALS for row in of_attributions(goal)] if has_goals else []
    return {
        "dim_campaigns": CAMPAIGNS,
        "rpt_campaign_goals": goals,
        "rpt_campaign_goal_days": [day for goal in goals for day in days_of(goal)],
        "rpt_campaign_goal_targets": TARGETS if has_goals else (),
        "rpt_campaign_returns": _RETURNS,
        "rpt_campaign_paths": _PATHS,
        "rpt_campaign_path_steps": _STEPS,
        "fct_campaign_sales": _SALES,
        "fct_campaign_attributions": _LEADS,
        "fct_campaign_redemptions": _REDEMPTIONS,
        "fct_campaign_touches": _TOUCHES,
        "fct_orders": _ORDERS,
        "rpt_campaign_links": _LINKS,
        "rpt_campaign_activities": _ACTIVITIES,
        "rpt_campaign_projects": _PROJECTS,
    }


def create(
    connection: duckdb.DuckDBPyConnection, rows: Mapping[str, Sequence[Record]] | None = None
) -> tuple[str, ...]:
    """Create the marts of campaigns in a warehouse; returns their names."""
    found = marts() if rows is None else rows
    for name, records in found.items():
        unknown = {key for record in records for key in record} - set(contracts.contract(name))
        assert not unknown, f"{name} has no {unknown}"
        contracts.create(connection, name, records)
    return tuple(found)
