"""Messages are what the operational tables say: each count, conversation, cost, planted case."""

from collections import defaultdict
from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from typing import Any

import pytest

from tests.oracle.query import query_oracle
from tests.project.compare import Figures, assert_same, measured, rows, rows_of
from tests.project.conftest import NOW
from tests.project.figures import expected_replies, served_replies
from tests.project.message_figures import expected_messages, served_messages

#: Metrics by day, with the figures of `tests/oracle/messages.sql` that they are the sums of.
_SUMS = {
    "messages_in": ("messages inbound customer",),
    "messages_of_staff": ("messages outbound staff",),
    "messages_of_bots": ("messages outbound bot",),
    "messages_out": ("messages outbound staff", "messages outbound bot"),
    "messages": (
        *("messages inbound customer", "messages outbound staff", "messages outbound bot"),
    ),
    "messages_failed": ("messages_failed",),
    "message_files": ("files",),
    "message_reactions": ("reactions",),
    "conversations": ("conversation",),
    "unknown_conversations": ("unknown",),
    "unanswered_conversations": ("unanswered", "waiting"),
    "waiting_conversations": ("waiting",),
    "conversations_to_lead": ("lead",),
    "conversations_ordered": ("ordered",),
    "conversation_orders": ("orders",),
    "conversation_net_sales": ("net_sales",),
    "sms_segments": ("text_segments",),
    "sms_known_cost": ("text_cost",),
    "sms_reactions": ("text_reactions",),
    "sms_files": ("text_files",),
    "sms_opt_outs": ("opt_out",),
}
#: Of text messages, by what the names of their figures begin with.
_TEXTS = {
    "sms_messages": ("text inbound", "text outbound"),
    "sms_received": ("text inbound",),
    "sms_sent": (
        *("text outbound sent", "text outbound delivered", "text outbound undelivered"),
        "text outbound failed",
    ),
    "sms_delivered": ("text outbound delivered",),
    "sms_not_delivered": ("text outbound undelivered", "text outbound failed"),
    "sms_billable": ("text inbound", "text outbound sent", "text outbound delivered",
                     "text outbound undelivered", "text outbound failed"),
}  # fmt: skip
_RATES = {
    "bot_message_rate": ("messages_of_bots", "messages_out"),
    "conversation_lead_rate": ("conversations_to_lead", "conversations"),
    "sms_delivery_rate": ("sms_delivered", "sms_sent"),
}


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_messages_and_conversations_are_what_the_operational_tables_say(
    database: str, engine: str, publish: Callable[..., Any]
) -> None:
    served = publish(database, engine)
    expected = expected_messages(database, NOW)

    assert_same(expected, served_messages(served))
    assert_same(expected_replies(database, NOW), served_replies(served))


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_every_metric_of_messages_is_what_the_operational_tables_say(
    demo_database: str, engine: str, publish: Callable[..., Any]
) -> None:
    sums: dict[Any, Decimal] = defaultdict(Decimal)
    for tenant, figure, day, _, value in query_oracle(
        demo_database, "messages", using=("00_sales", "06_messages"), as_of=NOW
    ):
        for metric, figures in _SUMS.items():
            if figure in figures:
                sums[tenant, metric, day] += value
        for metric, beginnings in _TEXTS.items():
            if any(figure.startswith(f"{beginning} ") for beginning in beginnings):
                sums[tenant, metric, day] += value
    expected: Figures = {key: value for key, value in sums.items() if value}
    for rate, (part, whole) in _RATES.items():
        for (tenant, metric, day), value in sums.items():
            if metric == whole and value:
                share = sums.get((tenant, part, day), Decimal(0)) / value
                places = share.quantize(Decimal("1e-8"), rounding=ROUND_DOWN)
                expected[tenant, rate, day] = places
    served = publish(demo_database, engine)
    names = [*_SUMS, *_TEXTS, *_RATES]
    found = {
        key: value
        for key, value in measured(served, names, ["metric_time__day"]).items()
        if value or key[1] in _RATES
    }

    assert_same(expected, found)
    assert {name for _, name, *_ in expected} == {*names}


def test_persons_are_counted_once_and_costs_are_known_of_some(
    demo_database: str, publish: Callable[..., Any]
) -> None:
    served = publish(demo_database, "duckdb")
    metrics = [
        *("conversation_persons", "conversation_buyers", "conversation_order_rate"),
        *("conversations_converted", "sms_cost", "sms_known_cost", "sms_costed", "sms_billable"),
        "sms_cost_coverage_rate",
    ]
    for tenant in served.release.tenants:
        ((persons, buyers, rate, converted, cost, known, costed, billable, coverage),) = (
            served.reader(tenant.tenant_id).metrics(metrics).rows
        )
        ((people, ordered, leads),) = rows_of(
            served.release,
            tenant.tenant_id,
            "select count(distinct person_key), count(distinct person_key)"
            " filter (where was_followed_by_order), count(*) filter (where has_converted_lead)"
            " from fct_conversations",
        )
        assert (persons, buyers, converted) == (people, ordered, leads)
        assert rate == (Decimal(ordered) / people).quantize(Decimal("1e-8"), rounding=ROUND_DOWN)
        assert 0 < buyers < persons
        assert (cost, known > 0) == (known, True)
        assert 0 < costed <= billable
        assert coverage == (Decimal(costed) / billable).quantize(
            Decimal("1e-8"), rounding=ROUND_DOWN
        )


#: Conversation: unanswered, and since how many local days. See docs/demo_cases.md.
_CASES = {1: (True, 2), 2: (True, 3), 3: (False, None), 4: (False, None), 6: (True, 4)}


def test_a_planted_conversation_waits_as_its_page_says(
    demo_database: str, publish: Callable[..., Any]
) -> None:
    found: dict[int, dict[int, tuple[Any, ...]]] = defaultdict(dict)
    for tenant, conversation, *fate in rows(
        publish(demo_database, "duckdb").release,
        "select tenant_id, conversation_id, is_waiting, waiting_days from fct_conversations"
        " where conversation_id < 1000",
    ):
        found[tenant][conversation % 500] = tuple(fate)

    assert sorted(found) == [5, 6]
    for fates in found.values():
        assert {number: fates[number] for number in _CASES} == _CASES


def test_senders_hold_every_message_of_the_last_thirty_days(
    demo_database: str, publish: Callable[..., Any]
) -> None:
    served = publish(demo_database, "duckdb")
    recent = (
        "select sum(message_count) from fct_sms_hours, dim_tenants where message_status <> 'queued'"
        " and sent_date between as_of_date - 30 and as_of_date - 1"
    )
    for tenant in served.release.tenants:
        ((wanted,),) = rows_of(served.release, tenant.tenant_id, recent)
        ((found,),) = rows_of(
            served.release,
            tenant.tenant_id,
            "select sum(recent_message_count) from rpt_sms_senders",
        )
        assert wanted == found > 0
