"""Somebody else's ways of contact and batches of customers: few handles, in many spellings."""

import random
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

import psycopg

from tests.project.foreign_tenant import NOW, Rows, Tenant

_TYPES: Final = ("phone", "email", "facebook", "zalo", "whatsapp", "other")
_HANDLES: Final = {
    "phone": ("+1 555 0101", "+15550101", "+1-555-0102", "(555) 0103", "55501", "555 0199"),
    "email": ("Ann@Mail.example", "ann@mail.example ", "bo@mail.example", "no mail", "us@shop.x"),
}
_ACCOUNTS: Final = ("ann", "Ann", "bo", " ", "Zoë", "x1", "x2", "x3")
#: Most are the one of hundreds that is nobody else's.
_OTHER: Final = 0.5


def load(connection: psycopg.Connection[Any], tenants: Iterable[int], *, seed: int) -> None:
    """Add them to tenants that have staff."""
    for tenant in tenants:
        _Contacts(connection, random.Random(seed), tenant).add()


class _Contacts(Tenant):
    def add(self) -> None:
        for key in self.keys:
            self.connection.execute(
                "update crm_personal_keys set phone = %s, deleted_at = %s where id = %s",
                [self._handle("phone"), NOW if self.some(0.1) else None, key],
            )
        self._contacts()
        self._texts()
        self._batches()

    def _contacts(self) -> None:
        found = {
            (key, kind, self._handle(kind))
            for key in self.keys
            for kind in self.draw.sample(_TYPES, 3)
            for _ in range(2)
        }
        rows: Rows = [
            (self.tenant * 1000 + n, self.tenant, *contact, self.some(0.4),
             NOW - timedelta(days=3) if self.some(0.3) else None,
             NOW if self.some(0.15) else None)
            for n, contact in enumerate(sorted(found))
        ]  # fmt: skip
        columns = "id, tenant_id, personal_key_id, contact_type, handle, is_verified"
        self.write("crm_personal_contacts", f"{columns}, opted_out_at, deleted_at", rows)

    def _texts(self) -> None:
        rows: Rows = [
            (self.tenant * 1000 + n, self.tenant, number, is_out, NOW if is_out else None)
            for n, (number, is_out) in enumerate([("+15550101", False), ("555-0103", True)])
        ]
        columns = "id, tenant_id, phone_number, is_opted_out, opted_out_at"
        self.write("sms_contacts", columns, rows)

    def _batches(self) -> None:
        rows: Rows = []
        for n in range(60):
            begun = NOW - timedelta(minutes=self.draw.randrange(6000))
            count = self.draw.randrange(4)
            done = self.draw.randrange(count + 1)
            failed = self.draw.randrange(count - done + 1)
            rows.append(
                (self.tenant * 1000 + n, self.tenant, f"B{n}", f"Batch {n}",
                 self.draw.choice(("import", "assignment", "export", "cleanup")),
                 self.draw.choice(("queued", "running", "running", "completed", "failed",
                                   "cancelled")),
                 self.draw.choice([*self.users, None]), self.draw.choice(("a.csv", None)),
                 count, done, failed, self.maybe(begun),
                 self.maybe(begun + timedelta(milliseconds=self.draw.randrange(10**7))),
                 NOW if self.some(0.1) else None)
            )  # fmt: skip
        columns = "id, tenant_id, code, name, batch_type, status, owner_id, source, row_count"
        self.write(
            "crm_customer_batches",
            f"{columns}, processed_count, failed_count, started_at, finished_at, deleted_at",
            rows,
        )

    def _handle(self, kind: str) -> str:
        if self.some(_OTHER):
            number = self.draw.randrange(100, 999)
            return f"p{number}@mail.example" if kind == "email" else f"+1 555 99{number}"
        return self.draw.choice(_HANDLES.get(kind, _ACCOUNTS))
