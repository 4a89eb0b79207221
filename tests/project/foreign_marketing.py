"""Campaigns for somebody else's shop: how people came, by which links, and what was to be reached.

Written after orders, promotions and staff, on documented columns alone. Touchpoints lie on the very
ends of every window, a microsecond beside them, and together; goals have every metric, no target,
a target of 0, days that are reversed, missing or of another decade, and parents.
"""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg

from tests.project.foreign_tenant import NOW, Rows, Tenant

_WINDOWS = (0, 1, 7, 14, 28)
_METRICS = ("net_sales", "orders", "units", "new_customers", "leads", "redemptions", "custom")
_TARGETS = (
    None, 0, 1, Decimal("2.5"), 3, 5, 8, 12, 20, 500, 2000, 5000, Decimal("9999.99"), 90_000_000
)  # fmt: skip


def load(connection: psycopg.Connection[Any], tenants: Sequence[int], *, seed: int = 1) -> None:
    """Write the campaigns of tenants that have orders, leads and promotions."""
    for tenant in tenants:
        marketing = _Marketing(connection, random.Random(seed * 3000 + tenant), tenant)
        marketing.campaigns()
        marketing.links()
        marketing.touchpoints()
        marketing.promotions()
        marketing.goals()


class _Marketing(Tenant):
    def campaigns(self) -> None:
        """Nine campaigns: dated and not, with and without money; one that nothing belongs to."""
        first = self.tenant * 100
        rows = []
        for n in range(9):
            start, end = self._span()
            rows.append((
                first + n, self.tenant, self.maybe(f"C'{n}"), f"Chiến dịch \"{n}\" 💍",
                self.draw.choice(("draft", "active", "paused", "completed", "cancelled")),
                self.maybe(self.draw.choice(self.users)), self.maybe(start), self.maybe(end),
                self.maybe(Decimal(1000)), self.draw.choice((None, 0, Decimal("0.01"), 800)),
            ))  # fmt: skip
        self.write(
            "mkt_campaigns",
            "id, tenant_id, code, name, status, owner_id, starts_on, ends_on, budget_amount,"
            " spent_amount",
            rows,
        )
        self.campaign_ids = [row[0] for row in rows[:-1]]

    def links(self) -> None:
        """Links with and without a campaign, which a third of the orders came by."""
        first = self.tenant * 100
        links = [
            (first + n, self.tenant, self.maybe(self._campaign()), None, "facebook", None,
             self.maybe("x"), self.draw.randrange(100))
            for n in range(12)
        ]  # fmt: skip
        self.write(
            "mkt_utm_links",
            "id, tenant_id, campaign_id, affiliate_id, utm_source, utm_medium, utm_campaign,"
            " click_count",
            links,
        )
        self.link_ids = [link[0] for link in links]
        self.write(
            "orders_meta",
            "order_id, tenant_id, utm_link_id, data",
            [(order, self.tenant, self.maybe(self.draw.choice(self.link_ids)), "{}")
             for order, _, _ in self.orders if self.some(0.4)],
        )  # fmt: skip

    def touchpoints(self) -> None:
        """Up to nine before an order or a lead, mostly of its person."""
        leads = self.rows(
            "select created_at, personal_key_id from crm_leads where tenant_id = %s order by id"
        )
        rows: Rows = []
        for at, key in [(at, key) for _, at, key in self.orders] + leads:
            moment = self._before(at)
            for _ in range(self.draw.choice((0, 1, 2, 3, 5, 9)) if self.some(0.7) else 0):
                moment = moment if self.some(0.3) else self._before(at)
                rows.append((
                    key if key and self.some(0.8) else self.draw.choice(self.keys),
                    self.draw.choice(("ad_click", "store_visit")), self.maybe(self._campaign()),
                    None, self.maybe(self.draw.choice(self.link_ids)), None, moment,
                ))  # fmt: skip
        self.draw.shuffle(rows)  # so that a lower id need not be the earlier one
        self.write(
            "crm_personal_journey",
            "id, tenant_id, personal_key_id, touchpoint, campaign_id, page_id, utm_link_id,"
            " recorded_by, occurred_at",
            [(self.tenant * 100_000 + n, self.tenant, *row) for n, row in enumerate(rows)],
        )

    def promotions(self) -> None:
        """Half of the promotions in one campaign, in two, in three."""
        rows = []
        for (promotion,) in self.rows("select id from mkt_promotions where tenant_id = %s"):
            count = self.draw.choice((0, 0, 0, 1, 2, 3))
            rows += [
                (self.tenant, promotion, campaign)
                for campaign in self.draw.sample(self.campaign_ids, count)
            ]
        self.write("mkt_promotion_campaigns", "tenant_id, promotion_id, campaign_id", rows)

    def goals(self) -> None:
        """Goals of every metric for each campaign; some a part of one before them."""
        first, rows = self.tenant * 1000, []
        for n in range(90):
            start, end = self._span()
            rows.append((
                first + n, self.tenant, self._campaign(),
                first + self.draw.randrange(n) if n and self.some(0.5) else None,
                f"Mục tiêu '{n}'", _METRICS[n % len(_METRICS)] if self.some(0.7) else "net_sales",
                self.draw.choice(_TARGETS), self.maybe(Decimal("7.77")),
                start if self.some(0.9) else None, end if self.some(0.9) else None,
            ))  # fmt: skip
        self.write(
            "mkt_campaign_goals",
            "id, tenant_id, campaign_id, parent_goal_id, name, metric, target_value, manual_value,"
            " starts_on, ends_on",
            rows,
        )

    def _campaign(self) -> int:
        return self.draw.choice(self.campaign_ids)

    def _before(self, at: datetime) -> datetime:
        """On the end of a window or beside it, else anywhere in the month before, or just after."""
        if self.some(0.4):
            beside = timedelta(microseconds=self.draw.choice((-1, 0, 0, 1)))
            return at - timedelta(days=self.draw.choice(_WINDOWS)) + beside
        return at - timedelta(seconds=self.draw.randrange(-50_000, 2_600_000))

    def _span(self) -> tuple[date, date]:
        """Days of a goal or campaign: around now, around some order, a day, years, reversed."""
        if self.some(0.7):
            middle = NOW + timedelta(days=self.draw.randrange(-25, 8))
        else:
            middle = self.draw.choice(self.orders)[1]
        start = middle.date() - timedelta(days=self.draw.choice((0, 1, 5, 12, 20)))
        length = self.draw.choice((0, 3, 10, 25, 25, 45, 90)) if self.some(0.9) else (
            self.draw.choice((-10, -1, 800, 3659, 3660))
        )  # fmt: skip
        return start, start + timedelta(days=length)
