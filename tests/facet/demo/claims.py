"""What must hold between tables: each claim is the rows that would break it."""

#: The last status that a history holds is the one that the row has; moments never go back.
_HISTORY = """
    select from (
        select
            {key}, (array_agg(status order by entered_at desc, id desc))[1] as last_status,
            bool_and(entered_at >= previous) as is_in_order
        from (
            select
                *, coalesce(lag(entered_at) over (partition by {key} order by id), entered_at)
                    as previous
            from {history}
        ) as steps
        group by {key}
    ) as histories
    inner join {table} as it on it.id = histories.{key}
    where last_status <> it.{status} or not is_in_order
"""

CLAIMS: dict[str, str] = {
    "a message is on its conversation's page and with its contact": """
        select from omnichannel_message as message
        inner join omnichannel_conversation as talk on talk.id = message.conversation_id
        inner join omnichannel_contact as contact on contact.id = talk.contact_id
        where (message.page_id, message.contact_id) <> (talk.page_id, talk.contact_id)
            or contact.page_id <> talk.page_id
    """,
    "a conversation spans its messages, and is unread where the customer has the last word": """
        select from omnichannel_conversation as talk
        inner join (
            select
                conversation_id, min(sent_at) as first_at, max(sent_at) as last_at,
                (array_agg(sender_kind order by sent_at desc, id desc)
                    filter (where sender_kind <> 'bot'))[1] as last_kind
            from omnichannel_message group by conversation_id
        ) as said on said.conversation_id = talk.id
        where opened_at <> first_at or last_message_at <> last_at
            or (unread_count > 0) and last_kind <> 'customer'
            or closed_at <= last_at
    """,
    "a lead was contacted by the first human answer of its conversation": """
        select from crm_leads as lead
        inner join omnichannel_conversation as talk on talk.lead_id = lead.id
        left join lateral (
            select min(sent_at) as sent_at from omnichannel_message as message
            where message.conversation_id = talk.id and sender_kind = 'staff'
        ) as reply on true
        where lead.contacted_at is distinct from reply.sent_at or lead.created_at > talk.opened_at
            or lead.page_id <> talk.page_id
    """,
    "who answers is on duty, or the manager": """
        select from omnichannel_message as message
        where sender_kind = 'staff' and id >= 1000 and not coalesce(admin_id % 1000 = 2 or exists (
            select from schedule
            where user_id = admin_id and schedule.status = 'worked'
                and starts_at between sent_at - interval '2 days' and sent_at + interval '2 days'
        ), false)
    """,
    "a parcel leaves after its order was placed, and with what was ordered": """
        select from outbound_shipments as parcel
        inner join outbound_shipment_orders as carried on carried.outbound_shipment_id = parcel.id
        inner join orders on orders.id = carried.order_id
        left join outbound_shipment_products as packed on packed.outbound_shipment_id = parcel.id
        left join order_items as line on line.id = packed.order_item_id
        where dispatched_at < ordered_at or packed_at < ordered_at
            or line.order_id is distinct from orders.id
            or packed.product_id <> line.product_id or packed.quantity > line.quantity
            or packed.variant_id is distinct from line.variant_id
    """,
    "what was delivered online came in parcels that arrived, and once": """
        select from orders
        inner join order_meta_crm as meta on meta.order_id = orders.id
        inner join channels_platform_pages as page on page.id = meta.page_id
        inner join order_items as line on line.order_id = orders.id and not is_gift_card
        left join lateral (
            select coalesce(sum(packed.quantity), 0) as quantity
            from outbound_shipment_products as packed
            inner join outbound_shipments as parcel on parcel.id = packed.outbound_shipment_id
            where packed.order_item_id = line.id and parcel.status = 'delivered'
        ) as arrived on true
        where orders.id >= 1000 and orders.status in ('delivered', 'completed') and not is_test
            and orders.deleted_at is null and platform_id <> 6
            and arrived.quantity <> line.quantity
    """,
    "ShipStation knows of a parcel what the house knows": """
        select from shipstation_orders as mirror
        inner join outbound_shipments as parcel on parcel.id = mirror.outbound_shipment_id
        where mirror.shipped_at is distinct from parcel.dispatched_at
            or (mirror.status = 'shipped') <> (parcel.dispatched_at is not null)
    """,
    "an order's history ends in its status": _HISTORY.format(
        key="order_id", history="order_statuses", table="orders", status="status"
    ),
    "a pre-order's history ends in its stage": _HISTORY.format(
        key="pre_order_id",
        history="order_pre_order_statuses",
        table="order_item_pre_orders",
        status="stage",
    ),
    "a line is not ahead of its order": """
        select from order_item_statuses as step
        inner join order_items as line on line.id = step.order_item_id
        inner join orders on orders.id = line.order_id
        where step.entered_at < ordered_at
            or step.status = 'cancelled' and orders.status <> 'cancelled'
            or step.status = 'delivered' and orders.status not in ('delivered', 'completed')
    """,
    "each piece made to order says how, and nothing else does": """
        select from orders
        inner join order_items as line on line.order_id = orders.id
        left join order_item_customization as wish on wish.order_item_id = line.id
        where orders.id >= 1000 and (order_type = 'custom' and line.id % 10 = 1)
            <> (wish.id is not null)
    """,
    "a service case comes after the goods, and is closed where it says so": """
        select from order_items_after_sales as service
        inner join order_items as line on line.id = service.order_item_id
        inner join orders on orders.id = line.order_id
        where opened_at < ordered_at or orders.status not in ('delivered', 'completed')
            or stage_entered_at < opened_at
            or (stage in ('closed', 'rejected')) <> (closed_at is not null)
    """,
    "a shipment that was received brought what the stock received": """
        select from (
            select tenant_id, reference, sum(quantity_change) as received
            from stock_history where movement_type = 'receipt' group by 1, 2
        ) as receipts
        full join (
            select
                shipment.tenant_id, shipment_number as reference,
                sum(quantity_received) as counted
            from inbound_shipments as shipment
            inner join inbound_shipment_items as item on item.inbound_shipment_id = shipment.id
            where status = 'received' group by 1, 2
        ) as shipments using (tenant_id, reference)
        where received is distinct from counted
    """,
    "a customer and its lead name each other": """
        select from crm_customers as customer
        full join (select * from crm_leads where status = 'converted') as lead
            on lead.id = customer.lead_id
        where (customer.lead_id is not null or lead.id is not null)
            and lead.converted_customer_id is distinct from customer.id
    """,
    "an exchange of texts counts its messages and names the last": """
        select from sms_meta_conversation as talk
        inner join (
            select
                conversation_id, count(*) filter (where direction = 'inbound') as inbound,
                count(*) filter (where direction = 'outbound') as outbound, max(sent_at) as last_at
            from sms_messages group by conversation_id
        ) as said on said.conversation_id = talk.id
        inner join sms_messages as last on last.id = talk.last_message_id
        where (inbound_count, outbound_count, last_message_at, last.sent_at, last.contact_id)
            <> (inbound, outbound, last_at, last_at, talk.contact_id)
    """,
    "nobody gets offers who asked for none": """
        select from sms_messages as message
        inner join sms_contacts as contact on contact.id = message.contact_id
        where direction = 'outbound' and sender_kind = 'bot' and sent_at > contact.opted_out_at
    """,
    "sign-ins are at the moments that the shift's report names": """
        select from logs_human as log
        inner join shift_report as report on report.id = log.subject_id
        where subject_type = 'shift_report' and (
            log.user_id <> report.user_id
            or occurred_at <> case action when 'shift.start' then started_at else ended_at end
        )
    """,
    "a workflow counts its runs": """
        select from workflow
        left join (
            select
                workflow_id, count(*) as runs, count(*) filter (where outcome = 'failed') as failed,
                max(occurred_at) as last_at
            from logs_system group by workflow_id
        ) as logged on logged.workflow_id = workflow.id
        where (run_count, failure_count) <> (coalesce(runs, 0), coalesce(failed, 0))
            or last_run_at is distinct from last_at
    """,
    "each attempt at a call is logged, the last with what became of it": """
        select from webhook_history as call
        left join (
            select
                tenant_id, provider, external_id, count(*) as attempts,
                count(*) filter (where status = 'succeeded') as good
            from logs_webhook where direction = 'inbound' group by 1, 2, 3
        ) as logged using (tenant_id, provider, external_id)
        where attempt_count is distinct from attempts
            or good is distinct from case call.status when 'failed' then 0 else 1 end
    """,
    "who was won back bought it, after being addressed": """
        select from crm_reengage_personal_keys as person
        inner join orders on orders.id = person.order_id
        inner join crm_customers as customer on customer.id = orders.customer_id
        where customer.personal_key_id <> person.personal_key_id
            or converted_at <> ordered_at or ordered_at < contacted_at
    """,
    "what is counted of a batch at its end is what its people are": """
        select from crm_reengage_batches_stats as stat
        inner join (
            select
                reengaged_batch_id, count(contacted_at) as contacted, count(replied_at) as replied,
                count(converted_at) as converted
            from crm_reengage_personal_keys group by reengaged_batch_id
        ) as people using (reengaged_batch_id)
        where stat.id % 100 = 30
            and (contacted_count, replied_count, converted_count) <> (contacted, replied, converted)
    """,
    "a shift is what the approved change made of it": """
        select from schedule_revision_detail as detail
        inner join schedule_revision as revision on revision.id = detail.schedule_revision_id
        inner join schedule on schedule.id = detail.schedule_id
        where (schedule.user_id, schedule.starts_at, schedule.ends_at) <> case revision.status
            when 'approved' then (new_user_id, new_starts_at, new_ends_at)
            else (old_user_id, old_starts_at, old_ends_at)
        end
    """,
    "leave was asked for and granted": """
        select from schedule
        where status = 'leave' and not exists (
            select from schedule_time_off_request as request
            where request.user_id = schedule.user_id and request.status = 'approved'
                and request.leave_type_id = schedule.leave_type_id
                and request.starts_at <= schedule.starts_at and request.ends_at >= schedule.ends_at
        )
    """,
    "the weights of a department's criteria add up, and scores stand for its people": """
        select from performance_score as score
        inner join performance_evaluation as review on review.id = score.performance_evaluation_id
        inner join performance_criteria as criterion
            on criterion.id = score.performance_criterion_id
        inner join hr_staff on hr_staff.user_id = review.user_id
        where criterion.department_id <> hr_staff.department_id or (
            select sum(weight) from performance_criteria as other
            where other.department_id = criterion.department_id
        ) <> 1
    """,
    "a task starts after those that it waits for": """
        select from task_dependency as wait
        inner join task on task.id = wait.task_id
        inner join task as before on before.id = wait.depends_on_task_id
        where task.started_at < before.completed_at
            or task.started_at is not null and before.completed_at is null
    """,
    "a remark is made while its task stands": """
        select from task_comment as remark
        inner join task on task.id = remark.task_id
        where remark.created_at not between task.created_at
            and coalesce(completed_at, cancelled_at, 'infinity')
    """,
    "a carried-over promotion is the one of marketing": """
        select from promotion as old
        inner join mkt_promotions as new on new.id = old.mkt_promotion_id
        where (old.code, old.promotion_type, old.value) <> (new.code, new.promotion_type, new.value)
    """,
    "what is made of metal has a brand, and some of it a collection": """
        select from (
            select
                value.tenant_id, count(*) filter (where code = 'metal') as of_metal,
                count(*) filter (where code = 'brand') as branded,
                count(*) filter (where code = 'collection') as collected
            from product_attribute_value as value
            inner join product_attribute as attribute on attribute.id = product_attribute_id
            group by value.tenant_id
        ) as counted
        where not (0 < collected and collected < of_metal and of_metal < branded)
    """,
    "a set costs what its parts cost": """
        select from product as whole
        inner join (
            select item.product_id, sum(quantity * unit_cost) as cost
            from product_set_item as item
            inner join product as part on part.id = item.component_product_id
            group by item.product_id
        ) as parts on parts.product_id = whole.id
        where whole.unit_cost <> cost
    """,
}
