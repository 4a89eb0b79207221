"""What makes a row one of the campaigns' cases; read by test_cases.py, which tells how."""


def _path(expected: str) -> str:
    """Campaigns touched before the order, each with its seconds, in order of time, then id."""
    return (
        "(select string_agg(j.campaign_id % 500 || ' '"
        " || extract(epoch from it.ordered_at - j.occurred_at)::bigint, ', '"
        " order by j.occurred_at, j.id) from crm_personal_journey as j"
        " inner join crm_customers as c on c.personal_key_id = j.personal_key_id"
        f" where c.id = it.customer_id) = '{expected}'"
    )


_LINK = "(select utm_link_id % 500 from orders_meta where order_id = it.id)"
_CAMPAIGNS = (
    "(select array_agg(linked.campaign_id % 500 order by linked.campaign_id)"
    " from mkt_promotion_redemptions as r"
    " inner join mkt_promotion_campaigns as linked on linked.promotion_id = r.promotion_id"
    " where r.order_id = it.id and r.status = 'accepted')"
)


def _goal(metric: str, target: str, first_day: int, last_day: int) -> str:
    return (
        f"it.metric = '{metric}' and it.target_value = {target}"
        f" and it.starts_on = as_of + {first_day} and it.ends_on = as_of + {last_day}"
    )


CAMPAIGN_CASES = {
    "path_of_four": _path("1 1814400, 2 1209600, 3 604800, 2 0"),
    "touch_on_the_edge": _path("1 2419200"),
    "touch_a_second_early": _path("1 2419201"),
    "redemption_beats_link": f"{_path('1 3600')} and {_LINK} = 2"
    f" and {_CAMPAIGNS} = array[3::bigint]",
    "link_beats_touch": f"{_path('1 3600')} and {_LINK} = 2 and {_CAMPAIGNS} is null",
    "touch_alone": f"{_path('1 3600')} and not exists (select from orders_meta"
    " where order_id = it.id)",
    "touch_of_one_merged_twice": "(select count(*) from crm_customer_merge_logs as first_merge"
    " inner join crm_customer_merge_logs as next"
    " on next.from_customer_id = first_merge.into_customer_id"
    " inner join crm_customers as c on c.id = first_merge.from_customer_id"
    " inner join crm_personal_journey as j on j.personal_key_id = c.personal_key_id"
    " where next.into_customer_id = it.customer_id) = 1",
    "promotion_of_two_campaigns": f"{_CAMPAIGNS} = array[1::bigint, 2] and it.customer_id is null",
    "touches_at_one_moment": _path("3 3600, 2 3600"),
    "orders_by_link": f"{_LINK} = 4 and it.customer_id is null",
    "orders_of_last_year": "local(it.ordered_at)::date = as_of - 799 + (it.id % 500)::int"
    " and not exists (select from orders_meta where order_id = it.id)",
    "spent_by_activities": "it.spent_amount is null and (select sum(spent_amount)"
    " from mkt_campaign_activities where campaign_id = it.id and deleted_at is null) = 30",
    "spent_over_budget": "it.budget_amount = 100 and it.spent_amount = 120",
    "commission": "it.click_count = 12 and (select commission_rate from mkt_affiliates as a"
    " where a.id = it.affiliate_id) = 0.033333",
    "goal_achieved": _goal("net_sales", "300", -10, -1),
    "goal_missed": _goal("orders", "4", -10, -1),
    "goal_not_begun": _goal("orders", "10", 5, 14),
    "goal_of_0": _goal("orders", "0", -10, -1),
    "goal_by_last_year": _goal("net_sales", "1000", -10, 9),
    "goal_without_days": "coalesce(it.starts_on, it.ends_on, (select coalesce(starts_on, ends_on)"
    " from mkt_campaigns where id = it.campaign_id)) is null",
    "goal_with_children": "(select array_agg(id - it.id || metric order by id)"
    " from mkt_campaign_goals where parent_goal_id = it.id)"
    " = array['1orders', '2orders', '3units']",
    "goal_by_days": _goal("net_sales", "100", -2999, 0),
    "goal_begun_today": _goal("net_sales", "100", 0, 1),
    "goal_that_was_changed": "local(it.created_at)::date = as_of - 30"
    " and local(it.updated_at)::date = as_of - 5",
}
