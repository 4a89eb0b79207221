"""Queries about promotions, to the oracle and to the marts."""

#: What must be the same: SQL on the oracle's tables, and on the marts of a tenant's released file.
SAME = {
    "figures of each promotion's days": (
        """
        select tenant_id, promotion_id, metric, case
            when metric = 'rejected_attempts'
                then coalesce(nullif(trim(detail), ''), 'unknown') end, day, sum(value)
        from per_day group by 1, 2, 3, 4, 5
        """,
        """
        with figures as (
            select *, unnest([
                {'metric': 'redemption_attempts', 'detail': null, 'value': 1, 'counts': true},
                {'metric': 'rejected_attempts', 'detail': rejection_reason, 'value': 1,
                    'counts': redemption_status = 'rejected'},
                {'metric': 'redemptions', 'detail': null, 'value': 1, 'counts': is_redemption},
                {'metric': 'uses', 'detail': null, 'value': 1, 'counts': is_use},
                {'metric': 'net_redemptions', 'detail': null, 'value': 1, 'counts': is_net},
                {'metric': 'discount_cost', 'detail': null, 'value': discount_cost_amount,
                    'counts': is_net},
                {'metric': 'promoted_sales', 'detail': null, 'value': promoted_sales_amount,
                    'counts': is_order_promoted_once},
                {'metric': 'margin_after_promotion', 'detail': null,
                    'value': promoted_recorded_margin_amount, 'counts': is_order_promoted_once}
            ]) as figure
            from facet_marts.fct_promotion_redemptions
        )
        select tenant_id, promotion_id, figure.metric, figure.detail, redeemed_date,
            case when max(figure.metric) <> 'margin_after_promotion' then sum(figure.value)
                else facet_marts.where_costed(sum(figure.value), sum(promoted_costed_amount),
                    sum(promoted_sales_amount)) end
        from figures where figure.counts group by all
        """,
    ),
    "promoted orders of each day": (
        """
        select tenant_id, day, promoted_orders, promoted_sales, margin_after_promotion,
            stacked_orders from per_shop_day
        """,
        """
        select tenant_id, order_date, count(*), sum(demand_sales_amount),
            facet_marts.where_costed(sum(recorded_margin_amount), sum(costed_demand_amount),
                sum(demand_sales_amount)),
            count(*) filter (where is_stacked)
        from facet_marts.fct_promoted_orders group by all
        """,
    ),
    "redemptions on lines": (
        "select tenant_id, redemption_id, line_id, amount from portion",
        """
        select tenant_id, redemption_id, order_item_id, discount_amount
        from facet_marts.fct_redemption_lines
        """,
    ),
    "violations": (
        """
        select tenant_id, redemption_id, violation_type, found, allowed, found_at, allowed_from,
            allowed_until
        from violation
        """,
        """
        select tenant_id, redemption_id, violation_type, coalesce(found_amount, found_count),
            coalesce(allowed_amount, allowed_count), found_at, allowed_from_at,
            allowed_until_at
        from facet_marts.fct_promotion_violations
        """,
    ),
    "what is told twice": (
        "select tenant_id, source_table, source_id, cause from told_twice",
        """
        select tenant_id, source_table, source_id, cause from facet_marts.fct_quarantined_rows
        where cause in ('promotion_redeemed_twice', 'redeemed_above_discounts')
        """,
    ),
    "the life of each promotion": (
        """
        select tenant_id, promotion_id, attempts, rejected, redemptions, uses, net_redemptions,
            discount_cost, recent_cost, promoted_sales, margin, violation_count,
            budget_burnout_date, budget_outlook, trunc(budget_used, 8), trunc(usage_used, 8),
            trunc(redemption_rate, 8), trunc(rejection_rate, 8), trunc(stacking_rate, 8)
        from per_promotion
        """,
        """
        select tenant_id, promotion_id, attempt_count, rejected_count, redemption_count,
            use_count, net_redemption_count, discount_cost_amount, recent_cost_amount,
            promoted_sales_amount, margin_after_promotion_amount, violation_count,
            budget_burnout_date, budget_outlook, budget_used_rate, usage_used_rate, redemption_rate,
            rejection_rate, stacking_rate
        from facet_marts.rpt_promotions
        """,
    ),
    "the lift of each promotion": (
        """
        select tenant_id, promotion_id, trend, actual, baseline, lift,
            lift_low, lift_high,
            pull_forward, cannibalisation, margin_rate, promotion_roi, lift is null
        from per_promotion
        """,
        """
        select tenant_id, promotion_id, trend_rate, actual_amount, baseline_amount, lift_amount,
            lift_low_amount, lift_high_amount,
            pull_forward_amount, cannibalisation_amount, margin_rate, promotion_roi,
            lift_reason is not null
        from facet_marts.rpt_promotion_lift
        """,
    ),
    "sales in scope on each promotion's days": (
        """
        select tenant_id, promotion_id, day, inside
        from scope_day join promotion_of using (tenant_id, promotion_id)
        where inside <> 0 and day < today
            and day between first_day - 56 and coalesce(last_day + 14, today)
        """,
        """
        select tenant_id, promotion_id, date_day, sales_in_scope_amount
        from facet_marts.rpt_promotion_days where sales_in_scope_amount <> 0
        """,
    ),
    "baselines of days, added up": (
        """
        select tenant_id, promotion_id, 'during', baseline from lift
        union all
        select l.tenant_id, l.promotion_id, 'after', coalesce(sum(d.inside), 0) - l.pull_forward
        from lift l
        join promotion_of p using (tenant_id, promotion_id)
        left join scope_day d on (d.tenant_id, d.promotion_id) = (l.tenant_id, l.promotion_id)
            and d.day between p.last_day + 1 and least(p.last_day + 14, p.today - 1)
        where l.pull_forward is not null group by 1, 2, l.pull_forward
        """,
        """
        select tenant_id, promotion_id, phase, sum(baseline_amount)
        from facet_marts.rpt_promotion_days where baseline_amount is not null group by all
        """,
    ),
}  # fmt: skip
