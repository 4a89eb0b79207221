"""docs/demo_cases.md and the demo agree: each id that it lists is there and is what it says.

What makes a row the case that it is, is said in SQL about the row ``it``: ``tenant`` is its row of
sys_tenants, ``as_of`` the demo's as-of date, ``local(moment)`` the wall time of the tenant.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from facet.demo import create_demo
from tests.facet.demo.campaign_cases import CAMPAIGN_CASES

Connection = psycopg.Connection[tuple[Any, ...]]

AS_OF = date(2026, 11, 22)
PAGE = Path(__file__).parents[3] / "docs" / "demo_cases.md"
#: Tenant, and what is added to the ids that the page lists.
HOUSES = {"NL": (1, 0), "HV": (2, 0), "MA": (3, 500), "SC": (4, 0)}

_COUNTED = "it.status = 'completed' and it.deleted_at is null and not it.is_test"


def _day(ago: int, clock: str) -> str:
    return f"local(it.ordered_at) = as_of - {ago} + time '{clock}'"


def _hours_of_day(hours: int) -> str:
    """The day of the order is so many hours long."""
    day = "date_trunc('day', local(it.ordered_at))"
    return (
        f"({day} + interval '1 day') at time zone tenant.timezone"
        f" - {day} at time zone tenant.timezone = interval '{hours} hours'"
    )


def _lines(expected: str) -> str:
    """Gross of the lines that stand, after the lines' own discounts."""
    return (
        "(select coalesce(sum(quantity * unit_price - discount_amount), 0) from order_items"
        f" where order_id = it.id and deleted_at is null) = {expected}"
    )


def _paid(expected: str) -> str:
    return (
        "(select coalesce(sum(amount), 0) from order_payments"
        f" where order_id = it.id and status = 'succeeded') = {expected}"
    )


def _credit(expected: str) -> str:
    """Roles and rates, as in ``primary 1.000000``."""
    return (
        "(select coalesce("
        "string_agg(credit_role || ' ' || contribution_rate, ', ' order by id), '')"
        f" from lead_sales where order_id = it.id) = '{expected}'"
    )


_SELLER = "(select sales_user_id from order_meta_crm where order_id = it.id)"


def _refund(order: str) -> str:
    return f"exists (select from orders as o where o.id = it.order_id and {order})"


def _use(promotion: str, *, order: str = "true") -> str:
    """An accepted redemption of such a promotion ``p`` on such an order ``o``."""
    return (
        "it.status = 'accepted' and exists (select from mkt_promotions as p"
        " inner join orders as o on o.id = it.order_id"
        f" where p.id = it.promotion_id and {promotion} and {order})"
    )


def _sold(condition: str) -> str:
    """Every line of the order is of such a product."""
    return (
        "(select bool_and(coalesce("
        f"{condition}, false)) from order_items as line where line.order_id = it.order_id)"
    )


def _scope(table: str, column: str, value: str) -> str:
    return (
        f"exists (select from {table} as scope"
        f" where scope.promotion_id = it.promotion_id and scope.{column} = {value})"
    )


_CATEGORY = "(select category_id from product_category where product_id = line.product_id)"
_PAGE = "(select page_id from order_meta_crm where order_id = it.order_id)"
_FIRST_OF_PERSON = "(select min(ordered_at) from orders where customer_id = it.customer_id)"


def _said(senders: str) -> str:
    """The conversation's messages are by these, in this order."""
    return (
        "(select string_agg(sender_kind, ', ' order by sent_at) from omnichannel_message"
        f" where conversation_id = it.id) = '{senders}'"
    )


def _minutes(place: str, later: str) -> str:
    """Minutes by the clock between two messages of the conversation."""
    message = (
        "(select sent_at from omnichannel_message as m where m.conversation_id = it.id"
        " and m.body like 'Message {} %')"
    )
    return f"extract(epoch from {message.format(later)} - {message.format(place)}) / 60"


def _planned(hours: int) -> str:
    """A worked shift of the report's person and day was planned, of so many hours."""
    return (
        "(select ends_at - starts_at from schedule as plan where plan.shift_report_id = it.id"
        " and plan.user_id = it.user_id and plan.status = 'worked'"
        f" and local(plan.starts_at)::date = it.shift_date) = interval '{hours} hours'"
    )


def _attempts(outcomes: str) -> str:
    return (
        "(select array_agg(status order by attempt_number) from logs_webhook as log"
        " where log.external_id = it.external_id and log.tenant_id = it.tenant_id)"
        f" = '{outcomes}'::text[]"
    )


CASES: dict[str, str] = {
    "guest": f"it.customer_id is null and {_COUNTED} and {_lines('100')}",
    "test_order": "it.is_test",
    "cancelled": f"it.status = 'cancelled' and it.cancelled_at is not null and {_paid('0')}",
    "deleted_order": f"it.deleted_at is not null and it.status = 'completed' and {_paid('100')}",
    "draft": "it.status = 'draft'",
    "deleted_line": "it.deleted_at is not null and it.unit_price = 50",
    "gift_card_with_others": "it.is_gift_card and it.unit_price = 50 and (select count(*)"
    " from order_items as o where o.order_id = it.order_id and not o.is_gift_card) = 1"
    " and (select discount_amount from orders where id = it.order_id) = 20",
    "gift_card_alone": "it.discount_amount = 5 and (select bool_and(is_gift_card)"
    f" from order_items where order_id = it.id) and {_paid('45')}",
    "foreign_halves": "it.exchange_rate = 0.5 and it.currency_code <> tenant.currency_code and"
    " (select sum(round(unit_price * 0.5, 2)) from order_items where order_id = it.id) = 10.03",
    "foreign_discount_half": "it.exchange_rate = 0.5 and it.discount_amount = 0.01",
    "foreign_refund": "it.amount = 10.01 and it.status = 'succeeded' and "
    + _refund("o.exchange_rate = 0.5"),
    "second_before_midnight": _day(120, "23:59:59"),
    "midnight": _day(119, "00:00:00"),
    "minute_after_midnight": _day(119, "00:01:00"),
    "before_clocks_go_forward": f"local(it.ordered_at)::time = '01:59:59' and {_hours_of_day(23)}",
    "clocks_go_forward": f"local(it.ordered_at)::time = '03:00' and {_hours_of_day(23)}"
    " and it.ordered_at - interval '1 second' = (select ordered_at from orders as o"
    " where o.id = it.id - 1)",
    "repeated_hour_first": f"extract(minute from it.ordered_at) = 30 and {_hours_of_day(25)}",
    "repeated_hour_second": "local(it.ordered_at) = local(it.ordered_at - interval '1 hour')"
    " and it.ordered_at - interval '1 hour' = (select ordered_at from orders as o"
    " where o.id = it.id - 1)",
    "late_on_long_day": f"local(it.ordered_at)::time = '23:30' and {_hours_of_day(25)}",
    "refund_months_later": "it.amount = 100 and it.tax_amount = 8 and it.status = 'succeeded'"
    " and local(it.refunded_at)::date = as_of - 60 and "
    + _refund("local(o.ordered_at)::date = as_of - 300"),
    "partial_refund": "it.amount = 50 and it.status = 'succeeded'",
    "refund_without_line": "it.amount = 10 and it.order_item_id is null and (select"
    " array_agg(unit_price) from order_items as l where l.order_id = it.order_id)"
    " = array[10.00, 10.00, 10.00]",
    "failed_refund": "it.status = 'failed' and it.amount = 30",
    "pending_refund": "it.status = 'pending' and it.amount = 30 and it.refunded_at is null",
    "gift_card_refund": "it.status = 'succeeded' and it.amount = 50 and (select is_gift_card"
    " from order_items where id = it.order_item_id)",
    "refund_of_everything": "it.amount = 100 and it.tax_amount = 8 and it.shipping_amount = 10 and "
    + _refund("o.tax_amount = 8 and o.shipping_amount = 10"),
    "return_with_refund": "it.status = 'received' and (select amount from order_refunds"
    " where return_id = it.id) = 100",
    "return_without_refund": "it.status = 'received' and not exists (select from order_refunds"
    " where order_id = it.order_id)",
    "return_requested": "it.status = 'requested' and it.received_at is null",
    "return_rejected": "it.status = 'rejected' and it.received_at is null",
    "credit_in_thirds": _credit("primary 0.333333, shared 0.333333, shared 0.333333"),
    "credit_below_one": _credit("primary 0.500000, shared 0.300000"),
    "credit_overlay": _credit("primary 1.000000, overlay 1.000000"),
    "credit_originator": f"{_credit('originator 1.000000')} and {_SELLER} is not null",
    "credit_of_nobody": f"{_credit('')} and {_SELLER} is null",
    "credit_of_seller": f"{_credit('')} and {_SELLER} is not null",
    "merge_chain": "it.id % 500 = 13 or (select into_customer_id from crm_customer_merge_logs"
    " where from_customer_id = it.id) = it.id + 1",
    "shared_person": "it.personal_key_id % 500 = 14",
    "shared_and_merged": "it.personal_key_id % 500 = 16 or exists (select"
    " from crm_customer_merge_logs as merge where merge.into_customer_id = it.id"
    " and merge.from_customer_id = it.id - 1)",
    "first_order_cancelled": f"it.status = 'cancelled' and it.ordered_at = {_FIRST_OF_PERSON}"
    " and (select count(*) from orders where customer_id = it.customer_id) = 2",
    "discount_remainder": f"it.discount_amount = 1 and {_lines('30')}",
    "discount_tie": f"it.discount_amount = 0.02 and {_lines('30')}",
    "discount_zero_weights": f"it.discount_amount = 1.01 and {_lines('0')}",
    "free_item": "it.is_free_item and it.unit_price = 0 and it.unit_cost = 6",
    "stacked_promotions": _use("p.is_stackable"),
    "outside_window": _use("it.redeemed_at > p.ends_at"),
    "last_second_of_window": _use("it.redeemed_at = p.ends_at - interval '1 second'"),
    "above_usage_limit": _use("p.usage_limit = 2"),
    "above_person_limit": _use("p.per_customer_limit = 1"),
    "excluded_product": _use(
        _sold(_scope("mkt_promotion_exclusions", "product_id", "line.product_id"))
    ),
    "excluded_category": _use(_sold(_scope("mkt_promotion_exclusions", "category_id", _CATEGORY))),
    "not_its_product": _use(
        f"{_scope('mkt_promotion_products', 'tenant_id', 'it.tenant_id')} and "
        + _sold(f"not {_scope('mkt_promotion_products', 'product_id', 'line.product_id')}")
    ),
    "not_its_category": _use(
        f"{_scope('mkt_promotion_categories', 'tenant_id', 'it.tenant_id')} and "
        + _sold(f"not {_scope('mkt_promotion_categories', 'category_id', _CATEGORY)}")
    ),
    "not_its_channel": _use(
        f"{_scope('mkt_promotion_channels', 'tenant_id', 'it.tenant_id')}"
        f" and not {_scope('mkt_promotion_channels', 'page_id', _PAGE)}"
    ),
    "below_minimum": _use("p.min_order_amount = 150") + " and (select sum(quantity * unit_price)"
    " from order_items where order_id = it.order_id) = 100",
    "above_max_discount": _use("p.max_discount_amount = 20 and it.discount_amount = 50"),
    "stacked_not_stackable": "(select count(*) = 2 and not bool_and(is_stackable)"
    " from mkt_promotion_redemptions as r inner join mkt_promotions as p on p.id = r.promotion_id"
    " where r.order_id = it.order_id and r.status = 'accepted')",
    "redeemed_on_cancelled": _use("true", order="o.status = 'cancelled'"),
    "redeemed_on_deleted": _use("true", order="o.deleted_at is not null"),
    "staff_is_customer": "(select email from sys_users where id = it.attempted_by)"
    " = (select email from crm_personal_keys where id = it.customer_id)",
    "free_item_promotion": _use("p.promotion_type = 'free_item'") + " and exists (select"
    " from order_items where order_id = it.order_id and is_free_item and unit_cost = 6)",
    "rejected": "it.status = 'rejected' and it.rejection_reason is not null",
    "rolled_back": "it.status = 'rolled_back' and it.rolled_back_at is not null",
    "free_shipping_promotion": _use(
        "p.promotion_type = 'free_shipping'", order="o.shipping_amount = 0"
    ),
    "bmgm_promotion": _use("p.promotion_type = 'bmgm' and it.discount_amount = 30"),
    "ten_stacked_promotions": _use("p.is_stackable and it.discount_amount = 1")
    + " and (select count(distinct promotion_id) from mkt_promotion_redemptions as r"
    " where r.order_id = it.order_id) = 10",
    "usage_limit_of_nothing": _use("p.usage_limit = 0"),
    "budget_burnt_out": _use("p.budget_amount = 15 and it.discount_amount = 10"),
    "promotion_without_end": "it.starts_at is not null and it.ends_at is null",
    "promotion_with_known_lift": "local(it.starts_at) = as_of - 21"
    " and local(it.ends_at) = as_of - 19"
    " and (select count(*) from order_items where product_id < 1000 and product_id % 500 = 7"
    " and tenant_id = it.tenant_id) = 2",
    "updated_late": "local(it.ordered_at)::date = as_of - 400"
    " and local(it.updated_at)::date = as_of - 1",
    "one_cent": _lines("0.01"),
    "quotes_and_emoji": "it.full_name = 'O''Brien \"Bé\" Đặng 💍; drop table orders; --'",
    "no_lines": f"{_COUNTED} and not exists (select from order_items where order_id = it.id)",
    "overpaid": f"{_lines('100')} and {_paid('120')}",
    "underpaid": f"{_lines('100')} and {_paid('60')}",
    "deposit": "it.order_type = 'custom' and (select array_agg(amount order by paid_at)"
    " from order_payments where order_id = it.id) = array[300.00, 700.00]",
    "payments_that_failed": f"{_lines('100')} and {_paid('0')} and (select count(*)"
    " from order_payments where order_id = it.id) = 3",
    "same_moment": f"it.ordered_at = {_FIRST_OF_PERSON}",
    "in_production": f"it.status = 'in_production' and {_lines('2000')} and {_paid('800')}",
    "far_east_day": "local(it.ordered_at)::date = as_of - 90",
    "foreign_to_dong": "(select round(unit_price * it.exchange_rate) from order_items"
    " where order_id = it.id) = 2540266",
    "ten_million": f"{_lines('10000000')} and it.exchange_rate = 1",
    "ten_million_foreign": _lines("10000000")
    + " and round(10000000 * it.exchange_rate, 2) = 371.20",
    "far_south_day": "local(it.ordered_at)::date = as_of - 90",
    "southern_spring": f"{_hours_of_day(23)} and extract(month from local(it.ordered_at)) = 10",
    "southern_autumn": f"{_hours_of_day(25)} and local(it.ordered_at)::time = '02:30'",
    "parcel_on_the_day": "local(it.delivered_at) = it.promised_on + time '23:59:59'",
    "parcel_a_second_late": "local(it.delivered_at) = it.promised_on + 1 + time '00:00'",
    "parcel_still_out": "it.promised_on = as_of - 36 and it.status = 'in_transit'",
    "parcel_lost": "it.status = 'lost' and it.delivered_at is null",
    "parcel_sent_again": "it.promised_on = as_of - 35"
    " and local(it.delivered_at)::date = as_of - 34",
    "order_in_two_parcels": "(select array_agg(is_complete order by p.id)"
    " from outbound_shipment_orders as p inner join outbound_shipment_products as goods"
    " on goods.outbound_shipment_id = p.outbound_shipment_id and goods.quantity = 1"
    " where p.order_id % 500 = 71 and p.tenant_id = it.tenant_id) = array[false, true]",
    "service_that_waits": "it.stage = 'in_service' and it.promised_on = as_of - 60"
    " and local(it.stage_entered_at)::date = as_of - 75",
    "service_in_time": "local(it.closed_at)::date = as_of - 62"
    " and local(it.closed_at) - local(it.opened_at) = interval '12 days'",
    "milestone_missed": "it.due_on = as_of - 15 and it.reached_at is null",
    "milestone_hit": "local(it.reached_at) = it.due_on + time '23:59:59'",
    "milestone_late": "local(it.reached_at) = it.due_on + 1 + time '00:00'",
    "task_overdue": "it.status = 'todo' and it.due_on = as_of - 10",
    "task_overdue_and_blocked": "it.status = 'blocked' and it.due_on < as_of and exists (select"
    " from task_dependency as d where d.task_id = it.id and d.depends_on_task_id = it.id - 1)",
    "task_due_today": "it.status = 'in_progress' and it.due_on = as_of",
    "task_done_late": "local(it.completed_at) = it.due_on + 1 + time '00:00'",
    "task_done_in_time": "local(it.completed_at) = it.due_on + time '23:59:59'",
    "task_given_up": "it.status = 'cancelled' and local(it.cancelled_at)::date > it.due_on",
    "time_off_without_answer": "it.status = 'requested' and it.confirmed_at is null"
    " and local(it.requested_at)::date = as_of - 5",
    "message_unanswered": _said("customer") + " and local(it.opened_at)::date = as_of - 2",
    "message_answered_by_a_bot": _said("customer, bot")
    + " and local(it.opened_at)::date = as_of - 3",
    "reply_overnight": _said("customer, staff") + f" and {_minutes('1', '2')} ="
    " case it.tenant_id when 2 then 860 else 890 end",
    "reply_to_several": _said("customer, customer, bot, customer, staff, customer, staff")
    + f" and {_minutes('1', '5')} = 20 and {_minutes('6', '7')} = 1",
    "reply_over_sunday": _said("customer, staff")
    + " and extract(isodow from local(it.opened_at)) = 6"
    " and extract(isodow from local(it.last_message_at)) = 1",
    "question_after_answer": _said("customer, staff, customer") + f" and {_minutes('1', '2')} = 30",
    "text_failed": "it.status = 'failed' and it.error_code is not null",
    "text_undelivered": "it.status = 'undelivered' and it.error_code is not null",
    "text_in_three_parts": "it.status = 'delivered' and it.segment_count = 3"
    " and length(it.body) = 400",
    "call_failed": "it.status = 'failed' and " + _attempts("{failed,failed,failed}"),
    "call_repeated": "it.status = 'processed' and " + _attempts("{failed,succeeded}"),
    "call_ignored": "it.status = 'ignored'",
    "alert_open": "it.status = 'open' and it.subject_id % 500 = case it.id % 500"
    " when 1 then 3 else 1 end",
    "alert_taken_on": "it.status = 'acknowledged' and it.resolved_at is null",
    "alert_resolved": "it.status = 'resolved'"
    " and it.resolved_at - it.raised_at = interval '2 hours'",
    "alert_dismissed": "it.status = 'dismissed'",
    "target_with_cents_over": "it.target_amount = 100 and it.target_orders = 10"
    " and it.period_start = as_of - 90 and it.period_end = as_of - 88",
    "target_of_nothing": "it.target_amount = 0 and it.period_end = it.period_start",
    "target_backwards": "it.period_end < it.period_start",
    "target_of_orders_alone": "it.target_amount is null and it.target_orders = 5",
    "report_beats_schedule": f"it.ended_at - it.started_at = interval '4 hours' and {_planned(8)}",
    "report_without_end": f"it.ended_at is null and {_planned(7)}",
    "report_backwards": "it.ended_at < it.started_at",
    "lead_handed_over": "it.status = 'converted' and local(it.created_at)::date = as_of - 90 and"
    " it.converted_at - it.created_at = interval '6 hours' and (select min(s.assigned_at) from"
    " lead_sales as s where s.lead_id = it.id and s.user_id = it.assigned_user_id)"
    " > it.converted_at",
    "lead_lost": "it.status = 'lost' and it.qualified_at is not null",
    "lead_of_nobody": "it.status = 'converted' and it.assigned_user_id is null",
    "managers_in_a_circle": "it.manager_id <> it.id and (select manager_id from sys_users as m"
    " where m.id = it.manager_id) = it.id",
    **CAMPAIGN_CASES,
}


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Ids that the page lists for one tenant."""

    case: str
    tenant_id: int
    table: str
    ids: tuple[int, ...]


def _listed() -> list[Listed]:
    rows = re.findall(
        r"^\| `(\w+)` \| ([A-Z, ]+) \| (\w+) \| ([\d, ]+) \| .+ \|$", PAGE.read_text(), re.MULTILINE
    )
    return [
        Listed(
            case=case,
            tenant_id=HOUSES[house][0],
            table=table,
            # in Paris the ids of what New York has too are 500 higher
            ids=tuple(int(i) + (HOUSES[house][1] if "," in houses else 0) for i in ids.split(",")),
        )
        for case, houses, table, ids in rows
        for house in houses.split(", ")
    ]


def test_the_page_and_the_conditions_name_the_same_cases() -> None:
    assert {listed.case for listed in _listed()} == set(CASES)
    assert PAGE.read_text().count("\n| `") == len(CASES)


@pytest.mark.parametrize(
    "listed", _listed(), ids=lambda listed: f"{listed.case}-{listed.tenant_id}"
)
def test_each_listed_row_is_the_case_that_the_page_says(demo: Connection, listed: Listed) -> None:
    assert _rows_of_the_case(demo, listed, AS_OF) == set(listed.ids)


@pytest.mark.parametrize("as_of", [date(2024, 2, 29), date(2026, 4, 6), date(2030, 1, 1)], ids=str)
def test_the_cases_hold_on_any_day(operational_database: Callable[[], str], as_of: date) -> None:
    url = operational_database()
    create_demo(url, as_of=as_of, scale=0.001)
    with psycopg.connect(url) as connection:
        missed = [
            listed
            for listed in _listed()
            if _rows_of_the_case(connection, listed, as_of) != set(listed.ids)
        ]
    assert missed == []


def _rows_of_the_case(connection: Connection, listed: Listed, as_of: date) -> set[int]:
    condition = re.sub(
        r"local\(([^()]*)\)", r"((\1) at time zone tenant.timezone)", CASES[listed.case]
    ).replace("as_of", f"date '{as_of}'")
    rows = connection.execute(
        f"select it.id from {listed.table} as it"
        " inner join sys_tenants as tenant on tenant.id = it.tenant_id"
        f" where it.tenant_id = {listed.tenant_id} and it.id = any(array{list(listed.ids)})"
        f" and ({condition})"
    ).fetchall()
    return {i for (i,) in rows}
