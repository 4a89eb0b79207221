"""What people of a random tenant were to work, asked for and were evaluated with."""

from datetime import date, timedelta

from tests.project.random_tenant import Tenant

_QUARTERS = (date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1), date(2026, 7, 2))


def add_shifts(t: Tenant) -> None:
    """Shift reports, and rows of the schedule in any state, which may name a report of anybody."""
    for n in t.times(2):
        t.add("leave_type", name=f"L{n}", is_paid=t.some(50))
    if not t.ids("sys_users"):
        return
    for _ in t.times(4):
        began = t.moment()
        t.add(
            "schedule",
            user_id=t.one("sys_users"), starts_at=began,
            ends_at=began + timedelta(seconds=t.pick(28_800, 0, 3_601, 90_000, -1)),
            status=t.pick("worked", "published", "absent", "leave", "draft"),
            shift_report_id=t.maybe(t.one("shift_report"), nothing=60),
            leave_type_id=t.maybe(t.one("leave_type")),
        )  # fmt: skip
    for schedule in t.rows.get("schedule", ()):  # one of its own day, a little late or early
        if t.some(40):
            began, ended = (
                schedule[name] + timedelta(seconds=t.pick(0, 300, 301, -301, -4000))
                for name in ("starts_at", "ends_at")
            )
            t.add(
                "shift_report",
                user_id=schedule["user_id"],
                shift_date=schedule["starts_at"].astimezone(t.zone).date(),
                started_at=t.maybe(began, nothing=10), ended_at=t.maybe(ended, nothing=10),
            )  # fmt: skip


def add_requests(t: Tenant) -> None:
    """Wishes, time off, and changes of shifts."""
    if not (t.ids("sys_users") and t.ids("schedule")):
        return
    for _ in t.times(4):
        named = t.one("schedule") if t.some(30) else None
        t.add(
            "schedule_preferences",
            user_id=t.one("sys_users"), schedule_id=named,
            day_of_week=None if named else t.pick(1, 2, 3, 4, 5, 6, 7),
            day_part=t.pick("any", "morning", "afternoon", "evening", "night"),
            preference=t.pick("preferred", "possible", "unavailable"),
            valid_from_on=t.maybe(t.day(), nothing=60), valid_until_on=None,
            deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip
    for _ in t.times(3 if t.ids("leave_type") else 0):
        schedule = t.rows["schedule"][t.one("schedule") - 1]
        status = t.pick("approved", "requested", "rejected", "cancelled")
        t.add(
            "schedule_time_off_request",
            user_id=schedule["user_id"], schedule_id=t.maybe(t.one("schedule"), nothing=70),
            leave_type_id=t.one("leave_type"),
            starts_at=schedule["starts_at"] - timedelta(hours=t.pick(0, 1)),
            ends_at=max(schedule["ends_at"], schedule["starts_at"]) + timedelta(seconds=1),
            status=status, requested_at=t.moment(),
            confirmed_at=t.moment() if status in ("approved", "rejected") else None,
        )  # fmt: skip
    for _ in t.times(2):
        status = t.pick("approved", "requested", "rejected", "draft")
        first = t.day()
        revision = t.add(
            "schedule_revision",
            period_start=first, period_end=first, status=status,
            requested_at=t.maybe(t.moment(), nothing=10),
            decided_at=t.moment() if status in ("approved", "rejected") else None,
        )  # fmt: skip
        for schedule in t.subset("schedule", 2):
            t.add(
                "schedule_revision_detail",
                schedule_revision_id=revision, schedule_id=schedule,
                change_type=t.pick("moved", "reassigned", "added", "cancelled"),
                old_user_id=t.maybe(t.one("sys_users")), new_user_id=t.maybe(t.one("sys_users")),
            )  # fmt: skip


def add_evaluations(t: Tenant) -> None:
    """Evaluations of quarters by several, with scores of which some weigh nothing."""
    if not t.ids("sys_users"):
        return
    for n in range(2):
        t.add("department", code=f"D{n}", name=f"D{n}")
        t.add("performance_criteria", department_id=n + 1, code=f"C{n}", name=f"C{n}")
    seen = set()
    for _ in t.times(6):
        first = t.pick(*_QUARTERS)
        status = t.pick("submitted", "acknowledged", "disputed", "draft")
        key = (t.one("sys_users"), t.one("sys_users"), first)
        if key in seen:
            continue
        seen.add(key)
        evaluation = t.add(
            "performance_evaluation",
            user_id=key[0], evaluator_id=key[1], department_id=t.maybe(t.one("department")),
            period_start=first, period_end=first + timedelta(days=t.pick(89, 92)), status=status,
            submitted_at=None if status == "draft" else t.moment(),
            deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip
        for criterion in t.subset("performance_criteria", 2):
            t.add(
                "performance_score",
                performance_evaluation_id=evaluation, performance_criterion_id=criterion,
                score=t.pick("3", "0", "4.5", "3.33"), weight=t.pick("1", "0.333333", "0", "0.4"),
            )  # fmt: skip
