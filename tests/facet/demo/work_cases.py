"""Cases among what is done for customers: parcels, services, tasks, messages, shifts, leads."""


def _sent(senders: str) -> str:
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


WORK_CASES: dict[str, str] = {
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
    "cancelled_in_shipstation": "it.status = 'cancelled' and it.order_id % 500 = 57",
    "sent_in_shipstation": "it.status = 'shipped' and it.outbound_shipment_id is null"
    " and it.order_id % 500 = 58",
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
    "message_unanswered": _sent("customer") + " and local(it.opened_at)::date = as_of - 2",
    "message_answered_by_a_bot": _sent("customer, bot")
    + " and local(it.opened_at)::date = as_of - 3",
    "reply_overnight": _sent("customer, staff") + f" and {_minutes('1', '2')} ="
    " case it.tenant_id when 5 then 860 else 890 end",
    "reply_to_several": _sent("customer, customer, bot, customer, staff, customer, staff")
    + f" and {_minutes('1', '5')} = 20 and {_minutes('6', '7')} = 1",
    "reply_over_sunday": _sent("customer, staff")
    + " and extract(isodow from local(it.opened_at)) = 6"
    " and extract(isodow from local(it.last_message_at)) = 1",
    "question_after_answer": _sent("customer, staff, customer") + f" and {_minutes('1', '2')} = 30",
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
    "shift_not_settled": "it.status = 'published' and it.shift_report_id is null"
    " and local(it.ends_at)::date = as_of - 86 and it.ends_at - it.starts_at = interval '3 hours'",
    "lead_handed_over": "it.status = 'converted' and local(it.created_at)::date = as_of - 90 and"
    " it.converted_at - it.created_at = interval '6 hours' and (select min(s.assigned_at) from"
    " lead_sales as s where s.lead_id = it.id and s.user_id = it.assigned_user_id)"
    " > it.converted_at",
    "lead_lost": "it.status = 'lost' and it.qualified_at is not null",
    "lead_of_nobody": "it.status = 'converted' and it.assigned_user_id is null",
    "managers_in_a_circle": "it.manager_id <> it.id and (select manager_id from sys_users as m"
    " where m.id = it.manager_id) = it.id",
}
