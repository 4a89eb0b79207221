"""The oracle of staff itself, on a shop so small that every figure was worked out on paper."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tests.oracle.query import query_oracle
from tests.project.paper_shop import AUCKLAND, PARIS, PaperShop, write

_AN, _BO, _CO, _DI, _NOBODY = 1, 2, 3, 4, None

Figures = dict[tuple[int, str, int | None, date, int], Decimal]


def _credit(shop: PaperShop) -> None:
    for user in (_AN, _BO, _CO, _DI):
        shop.add("sys_users", id=user)
    # in thirds: 33.34, 33.33, 33.33 of the price, 13.34, 13.33, 13.33 of the cost; the refund takes
    # back 16.67, 16.67, 16.66. In Auckland it is an hour to midnight.
    shop.order(1, "2026-03-02T10:00Z", "100.00", cost="40.00")
    for row, (user, role) in enumerate(((_AN, "shared"), (_BO, "primary"), (_CO, "shared"))):
        shop.add("lead_sales", id=row, order_id=1, user_id=user, credit_role=role,
                 contribution_rate="0.333333")  # fmt: skip
    shop.refund(1, "2026-03-05T11:30Z", "50.00")
    # equal parts of 0.06, two of them to one person; half a cent of an originator is a cent
    shop.order(2, "2026-03-02T10:30Z", "0.03", quantity=2)
    for row, (user, role, rate) in enumerate((
        (_BO, "shared", 0), (_AN, "primary", 0), (_BO, "shared", 0), (_CO, "overlay", "0.5"),
        (_DI, "originator", "0.25"),
    )):  # fmt: skip
        shop.add("lead_sales", id=10 + row, order_id=2, user_id=user, credit_role=role,
                 contribution_rate=rate)  # fmt: skip
    # the seller has what only an overlay names; nobody has order 4; order 5 is none; 6 is empty
    shop.order(3, "2026-03-04T10:00Z", "10.00", cost="4.00")
    shop.add("order_meta_crm", order_id=3, sales_user_id=_DI)
    shop.add("lead_sales", id=20, order_id=3, user_id=_AN, credit_role="overlay")
    shop.order(4, "2026-03-04T10:00Z", "7.00")
    shop.order(5, "2026-03-04T10:00Z", "8.00", status="cancelled")
    shop.order(6, "2026-03-04T10:00Z")
    shop.add("lead_sales", id=21, order_id=5, user_id=_AN)
    shop.add("lead_sales", id=22, order_id=6, user_id=_AN)


def _plans(shop: PaperShop) -> None:
    for first, last, amount, order_count in (
        ("2026-03-01", 3, "1.00", 1), ("2026-03-03", 3, "0.10", None), ("2026-03-03", 2, "9.00", 9),
        ("2016-03-01", 2, "9.00", 9),
    ):  # fmt: skip
        shop.add("sales_performance", user_id=_AN, period_start=first,
                 period_end=f"2026-03-0{last}", target_amount=amount,
                 target_orders=order_count)  # fmt: skip
    # 8 hours as reported, what is over cut off; 2 as scheduled: the report has no end; nothing
    # that ends before it starts; an hour that begins on the 6th in Paris and in Auckland
    for day, start, end in ((2, "09:00", "17:00:00.9"), (3, "09:00", None), (4, "09:00", "08:59")):
        shop.add("shift_report", user_id=_AN, shift_date=f"2026-03-0{day}",
                 started_at=f"2026-03-0{day}T{start}Z",
                 ended_at=end and f"2026-03-0{day}T{end}Z")  # fmt: skip
    for start, end, status in (
        ("02T09:00", "02T10:00", "worked"), ("03T09:00", "03T11:00", "worked"),
        ("04T09:00", "04T08:00", "worked"), ("05T23:30", "06T00:30", "worked"),
        ("07T09:00", "07T11:00", "absent"),
    ):  # fmt: skip
        shop.add("schedule", user_id=_AN, starts_at=f"2026-03-{start}Z", ends_at=f"2026-03-{end}Z",
                 status=status)  # fmt: skip


def _leads(shop: PaperShop) -> None:
    for lead, user, status, deleted_at in (
        (1, _AN, "converted", None), (2, _AN, "lost", None), (3, None, "converted", None),
        (4, _BO, "new", "2026-03-02T00:00Z"),
    ):  # fmt: skip
        shop.add("crm_leads", id=lead, assigned_user_id=user, status=status, deleted_at=deleted_at,
                 created_at="2026-03-01T23:30Z",
                 converted_at="2026-03-04T10:00:00.3Z" if lead < 3 else None)  # fmt: skip
    # An got lead 1 later than it was made; that Bo had lead 2 says nothing of An
    for lead, user in ((1, _AN), (2, _BO)):
        shop.add("lead_sales", id=30 + lead, lead_id=lead, user_id=user,
                 assigned_at="2026-03-03T10:00Z")  # fmt: skip


def _talks(shop: PaperShop) -> None:
    if shop.tenant == PARIS:
        # two spans of Friday overlap; Sunday cannot be read; Monday night is from 22:00 to 01:00
        shop.open("""{
            "mon": [["10:00", "12:00"], ["14:00", "18:00"], ["22:00", "01:00"]], "sun": "closed",
            "fri": [["10:00", "17:55"], ["17:00", "18:00"], ["18h", "20h"]]
        }""")
    shop.add("channels_platform_pages", id=1, platform_id=1, name="Chat")
    shop.add("omnichannel_contact", id=1, page_id=1, external_id="x")
    for talk in (1, 2):
        shop.add("omnichannel_conversation", id=talk, page_id=1, contact_id=1,
                 assigned_user_id=_DI, opened_at="2026-03-02T10:00Z")  # fmt: skip
    # Monday: asked twice, a bot, what failed, what was deleted, then An after 30 minutes; asked
    # again, no answer. Friday at 17:50 to Monday at 10:10 in Paris: 3,860 minutes, 20 of business.
    for message, talk, moment, kind, user, status, deleted_at in (
        (9, 1, "02T10:00", "customer", None, "sent", None),
        (2, 1, "02T10:05", "customer", None, "sent", None),
        (3, 1, "02T10:06", "bot", None, "sent", None),
        (4, 1, "02T10:07", "staff", _BO, "failed", None),
        (5, 1, "02T10:08", "staff", _BO, "sent", "2026-03-02T10:09Z"),
        (6, 1, "02T10:30", "staff", _AN, "sent", None),
        (7, 1, "02T10:45", "customer", None, "sent", None),
        (11, 2, "06T16:50", "customer", None, "sent", None),
        (12, 2, "09T09:10", "staff", _BO, "queued", None),
        (13, 2, "09T09:10", "staff", _AN, "sent", None),
        (14, 2, "09T09:10", "customer", None, "sent", None),
        (15, 2, "09T09:10:00.6", "staff", None, "sent", None),
    ):
        shop.add("omnichannel_message", id=message, page_id=1, contact_id=1, conversation_id=talk,
                 admin_id=user, sender_kind=kind, status=status, sent_at=f"2026-03-{moment}Z",
                 direction="inbound" if kind == "customer" else "outbound",
                 deleted_at=deleted_at)  # fmt: skip


@pytest.fixture(scope="module")
def figures(operational_database: Callable[[], str]) -> Figures:
    """What the oracle says, but for zeros; of the second tenant under the ids of the first."""
    url = write(operational_database(), _credit, _plans, _leads, _talks)
    return {
        (tenant, metric, person and person % 100_000, day, item % 100_000): Decimal(value)
        for tenant, metric, person, day, item, value in query_oracle(
            url, "staff_sales", using=("00_sales", "01_parts")
        )
        if value
    }


def _of(figures: Figures, tenant: int, metric: str) -> dict[tuple[int | None, int], str]:
    """The figures of a metric by person and day of the month, as text without idle zeros."""
    return {
        (person, day.day): f"{value.normalize():f}"
        for (of, name, person, day, _), value in figures.items()
        if (of, name) == (tenant, metric)
    }


_BEFORE = {(_AN, 2): "33.36", (_BO, 2): "33.37", (_CO, 2): "33.33", (_DI, 4): "10"}
_BACK = {(_AN, 5): "16.67", (_BO, 5): "16.67", (_CO, 5): "16.66"}
_LATER = {(_NOBODY, 4): "7"}


@pytest.mark.parametrize(
    ("metric", "paris", "auckland"),
    [
        ("credited_demand_sales", _BEFORE | _LATER, _BEFORE | _LATER),
        ("credited_returns", _BACK, {(person, 2): value for (person, _), value in _BACK.items()}),
        (
            "credited_net_sales",
            _BEFORE | _LATER | {key: f"-{value}" for key, value in _BACK.items()},
            {(_AN, 2): "16.69", (_BO, 2): "16.7", (_CO, 2): "16.67", (_DI, 4): "10"} | _LATER,
        ),
        (
            "credited_gross_margin",
            # of order 2 no cost is known, of the day's it is of some; of order 4 nothing is
            {(_AN, 2): "20.02", (_BO, 2): "20.04", (_CO, 2): "20", (_DI, 4): "6"}
            | {key: f"-{value}" for key, value in _BACK.items()},
            {(_AN, 2): "3.35", (_BO, 2): "3.37", (_CO, 2): "3.34", (_DI, 4): "6"},
        ),
        ("overlay_net_sales", *[{(_CO, 2): "0.03", (_AN, 4): "10"}] * 2),
        ("originator_net_sales", *[{(_DI, 2): "0.02"}] * 2),
        ("credited_orders", *[{(_AN, 2): "2", (_BO, 2): "2", (_CO, 2): "1", (_DI, 4): "1",
                               (_AN, 4): "1", (_NOBODY, 4): "1"}] * 2),
        ("credited_average_order_value", *[
            {(_AN, 2): "50.03", (_BO, 2): "50.03", (_CO, 2): "100", (_DI, 4): "10",
             (_NOBODY, 4): "7"}] * 2),
        ("credited_units_per_order", *[
            {(_AN, 2): "1.5", (_BO, 2): "1.5", (_CO, 2): "1", (_DI, 4): "1",
             (_NOBODY, 4): "1"}] * 2),
        ("sales_target", *[{(_AN, 1): "0.34", (_AN, 2): "0.33", (_AN, 3): "0.43"}] * 2),
        ("order_target", *[{(_AN, 1): "0.34", (_AN, 2): "0.33", (_AN, 3): "0.33"}] * 2),
        ("worked_seconds", *[{(_AN, 2): "28800", (_AN, 3): "7200", (_AN, 6): "3600"}] * 2),
        ("leads_assigned", *[{(_AN, 3): "1", (_AN, 2): "1"}] * 2),
        ("leads_converted", *[{(_AN, 3): "1"}] * 2),
        ("converting_minutes", *[{(_AN, 3): "3510.01"}] * 2),  # half a hundredth is one
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_figure_of_each_person_and_day_is_that_on_paper(
    figures: Figures,
    metric: str,
    paris: dict[tuple[int | None, int], str],
    auckland: dict[tuple[int | None, int], str],
) -> None:
    assert _of(figures, PARIS, metric) == paris
    assert _of(figures, AUCKLAND, metric) == auckland


@pytest.mark.parametrize(
    ("tenant", "day", "net_sales"),
    [(PARIS, 2, "100.06"), (PARIS, 4, "17"), (PARIS, 5, "-50"), (AUCKLAND, 2, "50.06")],
)
def test_credit_of_all_is_the_net_sales_of_a_day(
    figures: Figures, tenant: int, day: int, net_sales: str
) -> None:
    credited = _of(figures, tenant, "credited_net_sales")
    of_day = [Decimal(value) for (_, on), value in credited.items() if on == day]
    assert sum(of_day) == Decimal(net_sales)


def test_a_question_is_answered_by_whoever_answered_it_and_else_waits_for_whom_it_is_of(
    figures: Figures,
) -> None:
    def of_metric(tenant: int, metric: str) -> dict[tuple[int | None, int, int], str]:
        return {
            (person, day.day, message): f"{value.normalize():f}"
            for (of, name, person, day, message), value in figures.items()
            if (of, name) == (tenant, metric)
        }

    # 11: first and answered; 2: a later one, unanswered. In Auckland Friday afternoon is Saturday.
    asked = {(_AN, 2, 9): "11", (_DI, 2, 7): "2", (_NOBODY, 9, 14): "12"}
    assert of_metric(PARIS, "question") == asked | {(_BO, 6, 11): "11"}
    assert of_metric(AUCKLAND, "question") == asked | {(_BO, 7, 11): "11"}
    minutes = {(_AN, 2, 9): "30", (_NOBODY, 9, 14): "0.01"}
    assert of_metric(PARIS, "reply_minutes") == minutes | {(_BO, 6, 11): "3860"}
    assert of_metric(AUCKLAND, "reply_minutes") == minutes | {(_BO, 7, 11): "3860"}
    assert of_metric(PARIS, "business_reply_minutes") == minutes | {(_BO, 6, 11): "20"}
    assert of_metric(AUCKLAND, "business_reply_minutes") == {}
