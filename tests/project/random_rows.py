"""A tenant of a random database, with people, goods, work and all that happens there.

All of it is small and dense: few people, products and moments, so that what may meet does meet.
"""

from datetime import datetime, timedelta

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.project.random_files import add_changes, add_files, add_terms
from tests.project.random_fulfilment import add_cases, add_shipments, add_stages, add_stock
from tests.project.random_marketing import add_campaigns, add_goals, add_leads, add_promotions
from tests.project.random_messages import add_conversations, add_texts
from tests.project.random_operations import add_operations, add_rights
from tests.project.random_orders import add_order, redeem
from tests.project.random_people import add_evaluations, add_requests, add_shifts
from tests.project.random_projects import add_comments, add_projects, add_tasks
from tests.project.random_tenant import Tenant

_EMAILS = (None, "an@shop.example", " AN@Shop.Example ", "bo@shop.example", "")


@st.composite
def tenants(draw: st.DrawFn) -> Tenant:
    """A tenant with whatever may happen; the plainest has nothing at all."""
    tenant = Tenant(draw)
    _people(tenant)
    _catalogue(tenant)
    add_campaigns(tenant)
    add_promotions(tenant)
    add_leads(tenant)
    for _ in tenant.times(32 if tenant.some(25) else 16):
        add_order(tenant, tenant.moment())
    _work(tenant)
    add_conversations(tenant)
    add_goals(tenant)
    for _ in tenant.times(2):
        redeem(tenant, None, tenant.moment())
    add_stages(tenant)
    add_cases(tenant)
    add_shipments(tenant)
    add_stock(tenant)
    add_texts(tenant)
    add_operations(tenant)
    add_projects(tenant)
    add_tasks(tenant)
    add_comments(tenant)
    add_rights(tenant)
    add_shifts(tenant)
    add_requests(tenant)
    add_evaluations(tenant)
    add_files(tenant)
    add_changes(tenant)
    add_terms(tenant)
    return tenant


def draw_tenants(seed: int, count: int) -> list[Tenant]:
    """So many tenants, always the same for a seed; the first has nothing at all."""
    return [_drawn(seed * 1000 + n, examples=2 if n else 1) for n in range(count)]


def _drawn(seed: int, *, examples: int) -> Tenant:
    """The last of so many examples: Hypothesis begins with the plainest, then draws by chance."""
    drawn: list[Tenant] = []

    @hypothesis.seed(seed)
    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(tenants())
    def collect(tenant: Tenant) -> None:
        drawn.append(tenant)

    collect()
    return drawn[-1]


def _people(t: Tenant) -> None:
    for n in t.times(4):
        t.add("sys_users", email=t.pick(*_EMAILS), full_name=f"U{n}", manager_id=t.one("sys_users"))
    for n in t.times(3):
        t.add("channels_platform_pages", platform_id=1, name=f"P{n}", external_id=f"{n}")
    for _ in t.times(4):
        t.add("crm_personal_keys", email=t.pick(*_EMAILS), full_name=None)
    for _ in t.times(6):
        t.add(
            "crm_customers",
            personal_key_id=t.maybe(t.one("crm_personal_keys"), nothing=40),
            deleted_at=t.moment() if t.some(10) else None,
        )
    for _ in t.times(3) if t.ids("crm_customers") else ():
        t.add(
            "crm_customer_merge_logs",
            from_customer_id=t.one("crm_customers"),
            into_customer_id=t.one("crm_customers"),
        )


def _catalogue(t: Tenant) -> None:
    for n in t.times(4):
        t.add("category", name=f"C{n}", parent_id=t.maybe(t.one("category")))
    for n in range(3):
        product = t.add("product", name=f"R{n}", sku=f"R{n}")
        for m, category in enumerate(t.subset("category", 2)):
            t.add("product_category", product_id=product, category_id=category, is_primary=m == 0)


def _work(t: Tenant) -> None:
    for _ in t.times(3) if t.ids("sys_users") else ():
        start = t.day()
        t.add(
            "sales_performance",
            user_id=t.one("sys_users"), period_start=start,
            period_end=start + timedelta(days=t.pick(0, 6, 30, 2, -1, 400)),
            target_amount=t.pick("1000", "0.05", "0", None, "9999999999"),
            target_orders=t.pick(7, 0, None, 1),
        )  # fmt: skip
        for _ in t.times(2):
            began, ended = _shift(t)
            t.add(
                "shift_report",
                user_id=t.one("sys_users"), shift_date=began.astimezone(t.zone).date(),
                started_at=t.maybe(began, nothing=10), ended_at=t.maybe(ended, nothing=10),
            )  # fmt: skip
        for _ in t.times(2):
            began, ended = _shift(t)
            t.add(
                "schedule",
                user_id=t.one("sys_users"), starts_at=began, ends_at=ended,
                status=t.pick("worked", "worked", "published", "absent"),
                shift_report_id=None, leave_type_id=None,
            )  # fmt: skip


def _shift(t: Tenant) -> tuple[datetime, datetime]:
    """Of a day's work, of nothing, over two midnights, backwards."""
    began = t.moment()
    return began, began + timedelta(seconds=t.pick(28_800, 0, 3_601, 90_000, -1))
