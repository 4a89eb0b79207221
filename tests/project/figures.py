"""All that the oracles say of a database, and the same of a release: what must be equal."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from facet.release import Release
from tests.oracle.query import query_oracle
from tests.project.administration_figures import (
    expected_administration,
    served_administration,
)
from tests.project.compare import Figures, Key, measured, rows
from tests.project.contact_figures import expected_contacts, served_contacts
from tests.project.customer_figures import expected_customers, served_customers
from tests.project.marketing_figures import expected_marketing, served_marketing
from tests.project.message_figures import expected_messages, served_messages
from tests.project.operations_figures import expected_operations, served_operations
from tests.project.people_figures import (
    expected_cover,
    expected_evaluations,
    expected_requests,
    expected_shifts,
    served_cover,
    served_evaluations,
    served_requests,
    served_shifts,
)
from tests.project.project_figures import (
    expected_projects,
    expected_tasks,
    served_projects,
    served_tasks,
)
from tests.project.promotion_figures import SAME
from tests.project.promotion_oracle import promotion_oracle

_SEMANTIC = Path(__file__).parents[2] / "models" / "semantic"
SALES = tuple(
    metric["name"]
    for file in sorted(_SEMANTIC.glob("sales_*metrics.yml"))
    for metric in yaml.safe_load(file.read_text())["metrics"]
)


def expected_sales(url: str, _: datetime) -> Figures:
    """Sales metrics by local day."""
    return {(tenant, *key): value for tenant, *key, value in query_oracle(url, "sales_metrics")}


def served_sales(served: Any) -> Figures:
    return measured(served, SALES, ["metric_time__day"])


STAFF = (
    "credited_demand_sales", "credited_returns", "credited_net_sales", "credited_gross_margin",
    "overlay_net_sales", "originator_net_sales", "credited_orders", "credited_average_order_value",
    "credited_units_per_order", "sales_target", "order_target", "worked_seconds", "leads_assigned",
    "leads_converted",
)  # fmt: skip


def expected_staff(url: str, _: datetime) -> Figures:
    """What staff have credit for, were to do and did, by person and local day."""
    return {
        (tenant, metric, person, day): value
        for tenant, metric, person, day, _, value in query_oracle(
            url, "staff_sales", using=("00_sales", "01_parts")
        )
        if metric in STAFF and value is not None
    }


def served_staff(served: Any) -> Figures:
    return measured(served, STAFF, ["staff_member", "metric_time__day"])


_CAMPAIGNS = (
    "demand_sales", "returns", "net_sales", "gross_margin", "orders", "units", "new_customers"
)  # fmt: skip


def expected_campaigns(url: str, _: datetime) -> Figures:
    """What campaigns have, by campaign, attribution model, window and local day."""
    return {
        (tenant, f"campaign_{metric}", campaign, model, str(window), day): value
        for tenant, metric, campaign, model, window, day, value in query_oracle(
            url, "campaign_sales", using=("00_sales", "01_parts", "02_attribution")
        )
        if metric in (*_CAMPAIGNS, "leads")
    }


#: How goals and targets stand, as their oracles say it in one order.
_PACE = (
    "actual_value", "actual_to_date_value", "elapsed_share", "expected_to_date_value",
    "attainment_rate", "pace_rate", "projected_value", "required_per_day_value",
)  # fmt: skip
_GOAL = (
    "elapsed_basis", "elapsed_event_code", "goal_status", *_PACE,
    "children_actual_value", "children_target_value",
)  # fmt: skip
_TARGET = ("user_id", "elapsed_basis", "elapsed_event_code", "target_status", *_PACE)


def expected_goals(url: str, as_of: datetime) -> Figures:
    """Where goals stand, by goal, model and window; redemptions of campaigns by day."""
    using = ("00_sales", "01_parts", "02_attribution")
    figures: Figures = {
        (tenant, "goal", *key): tuple(stand)
        for tenant, *key, stand in (
            (*row[:4], row[4:])
            for row in query_oracle(
                url,
                "campaign_goals",
                using=(*using, "03_events", "04_pace", "campaign_sales"),
                as_of=as_of,
            )
        )
    }
    for tenant, metric, campaign, _, _, day, value in query_oracle(
        url, "campaign_sales", using=using
    ):
        if metric == "redemptions":
            figures[tenant, "redemptions", campaign, day] = value
    return figures


def served_goals(served: Any) -> Figures:
    figures: Figures = {
        key: tuple(stand.values())
        for key, stand in _published(
            served.release,
            "goal",
            "select tenant_id, goal_id, attribution_model, window_days,"
            f" {_struct(_GOAL)} from rpt_campaign_goals",
        ).items()
    }
    return figures | _published(
        served.release,
        "redemptions",
        "select tenant_id, campaign_id, redeemed_date, sum(redemption_weight)"
        " from fct_campaign_redemptions group by all",
    )


def expected_targets(url: str, as_of: datetime) -> Figures:
    """Where targets of the sales team stand."""
    using = ("00_sales", "01_parts", "03_events", "04_pace", "staff_sales")
    return {
        (tenant, "target", target): tuple(stand)
        for tenant, target, *stand in query_oracle(url, "sales_targets", using=using, as_of=as_of)
    }


def served_targets(served: Any) -> Figures:
    found = _published(
        served.release,
        "target",
        f"select tenant_id, sales_performance_id, {_struct(_TARGET)} from rpt_sales_targets",
    )
    return {key: tuple(stand.values()) for key, stand in found.items()}


def _struct(names: Sequence[str]) -> str:
    return f"{{{', '.join(f'{name!r}: {name}' for name in names)}}}"


def expected_replies(url: str, as_of: datetime) -> Figures:
    """What became of each customer's question: kind, minutes, business minutes, those it waits."""
    found: dict[Key, dict[str, Any]] = defaultdict(dict)
    for tenant, metric, person, day, item, value in query_oracle(
        url, "staff_sales", using=("00_sales", "01_parts"), as_of=as_of
    ):
        if metric in _REPLY:
            found[tenant, "question", person, day, item][metric] = value
    return {key: tuple(map(row.get, _REPLY)) for key, row in found.items()}


_REPLY = ("question", "reply_minutes", "business_reply_minutes", "business_waiting_minutes")


def served_replies(served: Any) -> Figures:
    kind = "case question_type when 'first' then 1 else 2 end + 10 * is_answered::integer"
    query = (
        f"select tenant_id, user_id, asked_date, message_id, {{'kind': {kind}, 'minutes':"
        " reply_minutes, 'business_minutes': business_reply_minutes, 'waiting_minutes':"
        " business_waiting_minutes} from fct_replies"
    )
    found = _published(served.release, "question", query)
    return {key: tuple(row.values()) for key, row in found.items()}


def served_campaigns(served: Any) -> Figures:
    figures: Figures = {}
    for model, names in (("sale", _CAMPAIGNS), ("attribution", ("leads",))):
        figures |= measured(
            served,
            [f"campaign_{name}" for name in names],
            ["campaign", f"campaign_{model}__attribution_model", f"campaign_{model}__window_days",
             "metric_time__day"],
        )  # fmt: skip
    return figures


def expected_promotions(url: str, as_of: datetime) -> Figures:
    """All that test_promotions queries; a row counts as often as it is there."""
    with promotion_oracle(url, as_of) as oracle:
        return _counted((name, oracle.rows(query)) for name, (query, _) in SAME.items())


def served_promotions(served: Any) -> Figures:
    return _counted((name, rows(served.release, query)) for name, (_, query) in SAME.items())


def _counted(results: Iterable[tuple[str, Iterable[Key]]]) -> Figures:
    return Counter((row[0], name, *row[1:]) for name, found in results for row in found)


def _published(release: Release, name: str, query: str) -> Figures:
    """What the marts of each tenant's file say: tenant, key, value."""
    return {(tenant, name, *key): value for tenant, *key, value in rows(release, query)}


#: Each figure by what it is of: the oracle's, and the release's.
RESULTS: dict[str, tuple[Callable[[str, datetime], Figures], Callable[[Any], Figures]]] = {
    "sales": (expected_sales, served_sales),
    "staff": (expected_staff, served_staff),
    "replies": (expected_replies, served_replies),
    "campaigns": (expected_campaigns, served_campaigns),
    "goals": (expected_goals, served_goals),
    "targets": (expected_targets, served_targets),
    "promotions": (expected_promotions, served_promotions),
    "customers": (expected_customers, served_customers),
    "contacts": (expected_contacts, served_contacts),
    "messages": (expected_messages, served_messages),
    "operations": (expected_operations, served_operations),
    "administration": (expected_administration, served_administration),
    "tasks": (expected_tasks, served_tasks),
    "projects": (expected_projects, served_projects),
    "shifts": (expected_shifts, served_shifts),
    "evaluations": (expected_evaluations, served_evaluations),
    "requests": (expected_requests, served_requests),
    "cover": (expected_cover, served_cover),
    "marketing": (expected_marketing, served_marketing),
}
