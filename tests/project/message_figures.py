"""What the oracle says of messages, conversations and text messages, and the same of a release."""

from datetime import datetime
from typing import Any

from tests.oracle.query import query_oracle
from tests.project.compare import Figures, rows

_SERVED = """
    select tenant_id, 'messages ' || direction || ' ' || sender_kind, sent_date,
        page_id * 100 + sent_hour, message_count
    from fct_message_hours
    union all
    select tenant_id, metric, sent_date, page_id * 100 + sent_hour, sum(value)
    from fct_message_hours, lateral (values
        ('messages_failed', failed_count), ('files', attachment_count),
        ('reactions', reaction_count)
    ) as measured (metric, value)
    group by all
    union all
    select tenant_id, metric, started_date, conversation_id, value
    from fct_conversations, lateral (values
        ('conversation', 1), ('unknown', cast(not has_known_person as integer)),
        ('lead', cast(has_lead as integer)), ('waiting', cast(is_waiting as integer)),
        ('unanswered', cast(is_unanswered and not is_waiting as integer)),
        ('ordered', cast(was_followed_by_order as integer)), ('orders', order_count),
        ('net_sales', net_sales_amount)
    ) as measured (metric, value)
    union all
    select tenant_id, concat_ws(' ', 'text', direction, message_status, case error_code
        when 'none' then '' else error_code
    end), sent_date, service_account_id, sum(message_count)
    from fct_sms_hours group by all
    union all
    select tenant_id, metric, sent_date, service_account_id, sum(value)
    from fct_sms_hours, lateral (values
        ('text_segments', segment_count), ('text_cost', cost_amount),
        ('text_reactions', reaction_count), ('text_files', attachment_count)
    ) as measured (metric, value)
    where value is not null
    group by all
    union all
    select tenant_id, metric, opted_out_date, contact_id, value
    from fct_sms_contacts, lateral (values
        ('opt_out', 1), ('marketing_after_opt_out', marketing_after_opt_out_count)
    ) as measured (metric, value)
    where opted_out_date is not null
    union all
    select tenant_id, 'text_waiting', null, conversation_id, 1
    from fct_sms_conversations where is_waiting
"""


def expected_messages(url: str, as_of: datetime) -> Figures:
    """Each figure by local day and by what it is of: a page's hour, a conversation, a service."""
    return {
        (tenant, metric, day, thing): value
        for tenant, metric, day, thing, value in query_oracle(
            url, "messages", using=("00_sales", "06_messages"), as_of=as_of
        )
    }


def served_messages(served: Any) -> Figures:
    """The same from the marts."""
    return {
        (tenant, metric, day, thing): value
        for tenant, metric, day, thing, value in rows(served.release, _SERVED)
    }
