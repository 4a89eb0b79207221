"""Staff for somebody else's shop: who has credit, targets, shifts, leads and conversations.

Written after orders and promotions, on documented columns alone (no document lists those of
conversations and messages). Everything that decides a figure of staff comes at its edges: credit
that adds up to nothing or to more than all, targets without days, shifts that end before they
begin, messages of the same moment.
"""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg

from tests.project.foreign_tenant import NOW, Rows, Tenant

_ROLES = ("primary", "primary", "shared", "shared", "overlay", "originator")
_RATES = (0, 0, Decimal("0.000001"), Decimal("0.333333"), Decimal("0.5"), Decimal("0.9"), 1, 1)
_HOURS = """{
    "mon": [["09:00", "12:30"], ["13:30", "18:00"]], "tue": [["09:00", "18:00"]],
    "wed": [["09:00", "18:00"]], "thu": [["08:15", "20:45"]], "fri": [["12:00", "24:00"]],
    "sat": [["10:00", "16:00"]], "sun": []
}"""


#: Spans over midnight, over one another and over changes of clocks; much that cannot be read.
_ODD_HOURS = """{
    "mon": [["22:00", "06:00"], ["05:00", "9:30"], ["09:00:00", "12:00"]], "tue": "closed",
    "wed": [["24:00", "03:00"], ["soon", "later"], [9, 12], null],
    "thu": [["10:00"], ["13:00", "13:00"]],
    "Fri": [["09:00", "18:00"]], "fri": {"0": ["09:00", "18:00"]}, "sat": [["23:00", "01:30"]],
    "sun": [["01:15", "02:30"], ["02:45", "04:00"], ["25:00", "26:00"]]
}"""


def load(connection: psycopg.Connection[Any], tenants: Sequence[int], *, seed: int = 1) -> None:
    """Write the staff of tenants that have orders, and when they are open."""
    for tenant, hours in zip(tenants, (_HOURS, _ODD_HOURS), strict=True):
        connection.execute(
            "update sys_tenants set business_hours = %s::jsonb where id = %s", [hours, tenant]
        )
        staff = _Staff(connection, random.Random(seed * 2000 + tenant), tenant)
        staff.people()
        staff.leads()
        staff.credit()
        staff.targets()
        staff.shifts()
        staff.conversations()


class _Staff(Tenant):
    def people(self) -> None:
        """A chain of four, a circle of two, somebody who manages himself and one who has left."""
        first = 910_000 + self.tenant * 100
        managers = (None, 0, 1, 2, 5, 4, 6, 0)
        self.write(
            "sys_users",
            "id, tenant_id, auth_user_id, email, full_name, manager_id, is_active",
            [
                (first + n, self.tenant, None, None, None if n == 3 else f"Bán hàng '{n}' 💍",
                 None if manager is None else first + manager, n != 7)
                for n, manager in enumerate(managers)
            ],
        )  # fmt: skip
        self.users += range(first, first + len(managers))

    def leads(self) -> None:
        """Leads of every status; some of nobody, some converted without a moment or customer."""
        first, rows = self.tenant * 10_000, []
        for n in range(max(len(self.orders) // 4, 3)):
            created_at = self.draw.choice(self.orders)[1] - timedelta(
                seconds=self.draw.randrange(3_000_000)
            )
            status = self.draw.choice(("new", "contacted", "qualified", "converted", "lost"))
            is_converted = status == "converted" or self.some(0.1)
            rows.append((
                first + n, self.tenant, self.maybe(self.draw.choice(self.keys)),
                self.maybe(self._anybody()), self.maybe(self.draw.choice(self.pages)), status,
                self.maybe(self.draw.choice(self.customers)) if is_converted else None,
                self.maybe(created_at + timedelta(hours=self.draw.randrange(-2, 900)))
                if is_converted else None,
                created_at,
            ))  # fmt: skip
        self.lead_ids = [row[0] for row in rows]
        self.write(
            "crm_leads",
            "id, tenant_id, personal_key_id, assigned_user_id, page_id, status,"
            " converted_customer_id, converted_at, created_at",
            rows,
        )

    def credit(self) -> None:
        """Up to five rows an order, also of the same person; sellers; rows of leads alone."""
        rows: Rows = []
        for order, ordered_at, _ in self.orders:
            rates = _RATES if self.some(0.8) else (0,)
            for _ in range(self.draw.choice((0, 0, 1, 1, 2, 3, 5))):
                lead = self.draw.choice(self.lead_ids) if self.some(0.3) else None
                rows.append((
                    lead, order, self._anybody(), self.draw.choice(_ROLES), self.draw.choice(rates),
                    self.maybe(ordered_at - timedelta(minutes=self.draw.randrange(5000))),
                ))  # fmt: skip
        for lead, user in self.rows(
            "select id, assigned_user_id from crm_leads where tenant_id = %s order by 1"
        ):
            for _ in range(self.draw.choice((0, 1, 1, 2))):
                somebody = user if user and self.some(0.7) else self._anybody()
                moment = self.draw.choice(self.orders)[1]
                rows.append((lead, None, somebody, self.draw.choice(_ROLES), 1, self.maybe(moment)))
        self.write(
            "lead_sales",
            "id, tenant_id, lead_id, order_id, user_id, credit_role, contribution_rate,"
            " assigned_at",
            [(self.tenant * 100_000 + n, self.tenant, *row) for n, row in enumerate(rows)],
        )
        sellers = [(self._anybody(), order) for order, _, _ in self.orders if self.some(0.6)]
        self.connection.cursor().executemany(
            "update order_meta_crm set sales_user_id = %s where order_id = %s", sellers
        )

    def targets(self) -> None:
        """Targets of a day and of years; over each other, backwards, of a cent and of nothing."""
        rows = []
        for n in range(24):
            start = self._day()
            end = start + timedelta(days=self.draw.choice((-30, -1, 0, 1, 6, 27, 30, 400)))
            rows.append((
                self.tenant * 1000 + n, self.tenant, self._anybody(), start, end,
                self.draw.choice((None, 0, Decimal("0.01"), Decimal("0.31"), 1000, 9_999_999_999)),
                self.draw.choice((None, 0, 1, 7, 400)),
            ))  # fmt: skip
        self.write(
            "sales_performance",
            "id, tenant_id, user_id, period_start, period_end, target_amount, target_orders",
            rows,
        )

    def shifts(self) -> None:
        """Reports and schedules of the same days: whole, half told, backwards, over midnight."""
        reports: Rows = []
        schedules: Rows = []
        for n in range(len(self.orders) // 2 + 10):
            day, user = self._day(), self._anybody()
            for _ in range(self.draw.choice((0, 1, 1, 2))):
                start, end = self._span(day)
                reports.append((
                    self.tenant * 100_000 + len(reports), self.tenant, user, day,
                    self.maybe(start) if n % 3 == 0 else start,
                    self.maybe(end) if n % 3 == 0 else end,
                    self.maybe(self.draw.randrange(9)), self.maybe(self.draw.randrange(4)), None,
                ))  # fmt: skip
            for _ in range(self.draw.choice((0, 1, 1, 2))):
                status = self.draw.choice(("worked", "worked", "worked", "published", "absent"))
                schedules.append((
                    self.tenant * 100_000 + len(schedules), self.tenant, user, *self._span(day),
                    status, None, None,
                ))  # fmt: skip
        self.write(
            "shift_report",
            "id, tenant_id, user_id, shift_date, started_at, ended_at, leads_handled,"
            " orders_closed, note",
            reports,
        )
        self.write(
            "schedule",
            "id, tenant_id, user_id, starts_at, ends_at, status, leave_type_id, shift_report_id",
            schedules,
        )

    def conversations(self) -> None:
        """Customers, staff and bots in any order; a microsecond, days, or no time at all apart."""
        first, contact, page = self.tenant * 10_000, self.tenant * 100, self.pages[0]
        self.write(
            "omnichannel_contact",
            "id, tenant_id, page_id, external_id",
            [(contact, self.tenant, page, "x")],
        )
        conversations: Rows = []
        messages: Rows = []
        for n in range(len(self.orders) // 5 + 3):
            at = self.draw.choice(self.orders)[1]
            conversations.append(
                (first + n, self.tenant, page, contact, self.maybe(self._anybody()), at)
            )
            for _ in range(self.draw.choice((0, 1, 2, 5, 9))):
                at += self.draw.choice((
                    timedelta(), timedelta(microseconds=1), timedelta(seconds=37, milliseconds=3),
                    timedelta(minutes=self.draw.randrange(300)),
                    timedelta(minutes=self.draw.randrange(6000)),
                ))  # fmt: skip
                kind = self.draw.choice(("customer", "customer", "staff", "staff", "bot"))
                messages.append((
                    first * 10 + len(messages), self.tenant, page, contact, first + n,
                    self.maybe(self._anybody()) if kind == "staff" else None,
                    "inbound" if kind == "customer" else "outbound", kind,
                    self.draw.choice(("sent", "sent", "read", "queued", "failed")), at,
                    at if self.some(0.05) else None,
                ))  # fmt: skip
        self.draw.shuffle(messages)  # so that a lower id need not be the earlier one
        ids = sorted(row[0] for row in messages)
        self.write(
            "omnichannel_conversation",
            "id, tenant_id, page_id, contact_id, assigned_user_id, opened_at",
            conversations,
        )
        self.write(
            "omnichannel_message",
            "id, tenant_id, page_id, contact_id, conversation_id, admin_id, direction,"
            " sender_kind, status, sent_at, deleted_at",
            [(id_, *row[1:]) for id_, row in zip(ids, messages, strict=True)],
        )

    def _anybody(self) -> Any:
        return self.draw.choice(self.users)

    def _day(self) -> date:
        day: date = self.draw.choice((self.draw.choice(self.orders)[1], NOW)).date()
        return day - timedelta(days=self.draw.randrange(40))

    def _span(self, day: date) -> tuple[datetime, datetime]:
        start = datetime(day.year, day.month, day.day, self.draw.randrange(24), 30, tzinfo=UTC)
        length = self.draw.choice((-60, 0, 1, 240, 480, 480, 1500))
        return start, start + timedelta(minutes=length, seconds=self.draw.randrange(60))
