"""What systems and people do in a random tenant: alerts, calls, runs, logs, actions and notes."""

from datetime import timedelta

from tests.project.random_tenant import Tenant

#: Of a person's actions: as many as are usual, just not unusual, unusual.
_ACTIONS = (1, 2, 20, 21, 22)


def add_operations(t: Tenant) -> None:
    """Alerts settled before they were raised, addresses with secrets, runs that fail again."""
    _alerts(t)
    _calls(t)
    _logs(t)
    _actions(t)
    for _ in t.times(3):
        order = t.pick(t.one("orders"), 9_999)
        about, subject = t.pick(("orders", order or 1), ("crm_leads", 1))
        t.add(
            "notes",
            subject_type=about, subject_id=subject, body="Noted", is_pinned=t.some(30),
            visibility=t.pick("team", "private"), deleted_at=t.maybe(t.moment(), nothing=80),
        )  # fmt: skip


def _alerts(t: Tenant) -> None:
    for n in t.times(2):
        t.add("alert_keys", code=f"kind-{n}", name=t.pick("Late", "Empty"), severity="warning")
    for _ in t.times(4) if t.ids("alert_keys") else ():
        status = t.pick("open", "acknowledged", "resolved", "dismissed")
        settled = t.moment() if status in ("resolved", "dismissed") else t.maybe(t.moment())
        t.add(
            "alerts",
            alert_key_id=t.one("alert_keys"), subject_type="orders", subject_id=1, message="Look",
            severity=t.pick("info", "critical"), status=status, raised_at=t.moment(),
            acknowledged_at=t.maybe(t.moment()), resolved_at=settled,
            deleted_at=t.maybe(t.moment(), nothing=85),
        )  # fmt: skip


def _calls(t: Tenant) -> None:
    for _ in t.times(8):
        t.add(
            "logs_webhook",
            direction=t.pick("inbound", "outbound"), provider=t.pick("stripe", "momo"),
            event=t.pick("paid", "sent"), attempt_number=t.pick(1, 1, 2),
            endpoint=t.pick("/hooks", "/hooks?key=a", None),
            status=t.pick("succeeded", "failed", "timed_out"), occurred_at=t.moment(),
        )  # fmt: skip
    for _ in t.times(3):
        received, status = t.moment(), t.pick("processed", "failed", "ignored")
        t.add(
            "webhook_history",
            provider="stripe", event=t.pick("paid", "sent"), status=status, received_at=received,
            processed_at=received if status == "processed" else None,
        )  # fmt: skip


def _logs(t: Tenant) -> None:
    for n in t.times(2):
        t.add("workflow", code=f"flow-{n}", name="Greet")
    for _ in t.times(8):
        subject = t.pick(("crm_leads", 1), ("orders", 1), (None, None))
        t.add(
            "logs_system",
            workflow_id=t.one("workflow"), level=t.pick("info", "error"),
            component=t.pick("workflow", "import"), event="run",
            outcome=t.pick("failed", "failed", "succeeded"), subject_type=subject[0],
            subject_id=subject[1], duration_ms=t.maybe(t.pick(0, 5, 1_234_565)),
            occurred_at=t.moment(),
        )  # fmt: skip
    for _ in t.times(3):
        t.add(
            "logs_human",
            user_id=t.maybe(t.one("sys_users")), action=t.pick("session.start", "orders.export"),
            outcome=t.pick("succeeded", "failed", "denied"), occurred_at=t.moment(),
        )  # fmt: skip


def _actions(t: Tenant) -> None:
    for _ in t.times(2) if t.ids("sys_users") else ():
        user, moment = t.one("sys_users"), t.moment()
        for weeks in (0, t.pick(1, 12, 13)):
            for _ in range(t.pick(*_ACTIONS)):
                t.add(
                    "action_history",
                    user_id=user, action="updated", subject_type="orders", subject_id=1,
                    reason=None, occurred_at=moment - timedelta(weeks=weeks),
                )  # fmt: skip
    stages = t.rows.get("order_statuses", ())
    for _ in t.times(4) if stages else ():
        stage = t.pick(*stages)
        t.add(
            "action_history",
            user_id=t.maybe(t.one("sys_users")), action=t.pick("updated", "deleted", "exported"),
            subject_type=t.pick("orders", "orders", "crm_leads"), subject_id=stage["order_id"],
            reason=t.maybe("Corrected"), occurred_at=t.pick(stage["entered_at"], t.moment()),
        )  # fmt: skip


def add_rights(t: Tenant) -> None:
    """Roles that are deleted, empty or given twice, and users who are gone."""
    for n in t.times(3):
        gone = t.maybe(t.moment(), nothing=80)
        role = t.add("sys_roles", code=f"r{n}", name=f"R{n}", deleted_at=gone)
        for permission in {t.pick(1, 2, 3) for _ in t.times(3)}:
            t.add(
                "sys_role_permissions",
                role_id=role, permission_id=permission, created_at=t.moment(),
            )  # fmt: skip
    for user in t.ids("sys_users") if t.ids("sys_roles") else ():
        for role in t.subset("sys_roles", 2):
            t.add("sys_user_roles", user_id=user, role_id=role, created_at=t.moment())
    for person in t.rows.get("sys_users", ()):
        person["is_active"], person["created_at"] = t.some(85), t.moment()
        person["deleted_at"] = t.maybe(t.moment(), nothing=90)
