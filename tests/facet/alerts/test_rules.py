"""What each rule finds at two shops, and what it does not."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from facet.alerts.checking import check
from facet.config import Settings
from facet.release import Release
from tests.facet.alerts.conftest import AS_OF, NEW_YORK, SAIGON, orders

PublishMarts = Callable[..., Release]
#: In New York the last whole day is a Tuesday.
TUESDAY = date(2026, 3, 17)


def open_alerts(
    settings: Settings, now: datetime = AS_OF
) -> dict[tuple[str, int | None, str], Any]:
    """The alerts of a look, by rule, tenant and subject, with their values."""
    return {
        (one.rule, one.tenant_id, one.subject): dict(one.values)
        for one in check(settings, now=now).open_alerts
    }


def weeks(counts: list[int], day: date = TUESDAY) -> dict[date, int]:
    """Counts of orders on a day, a week before it, and so on."""
    return {day - timedelta(weeks=back): count for back, count in enumerate(counts)}


#: Orders of a Tuesday and of those before it, and the usual number that it is told to be short of.
SHOPS: Final[Mapping[str, tuple[list[int], str | None]]] = {
    "less than half": ([4, *[10] * 8], "10"),
    "half": ([5, *[10] * 8], None),
    "none": ([0, *[10] * 8], "10"),
    "less than half of a median between two": ([5, 9, 9, 9, 10, 13, 13, 13, 13], "11.5"),
    "more than that": ([6, 9, 9, 9, 10, 13, 13, 13, 13], None),
    "less than half of the median, not of the mean": ([1, 1, 1, 1, 2, 3, 99, 99, 99], None),
    "too few to tell": ([0, *[4] * 8], None),
    "closed on this weekday of late": ([0, 0, 0, 0, 0, 0, 99, 99, 99], None),
    "a young shop": ([0, 20, 20, 20], None),
    "four weeks old": ([0, 20, 20, 20, 20], "20"),
    "older than what is looked at": ([4, *[10] * 8, *[0] * 20], "10"),
}


def test_a_day_is_held_against_its_own_weekday(
    settings: Settings, publish_marts: PublishMarts
) -> None:
    rows = [
        row
        for tenant_id, (counts, _) in enumerate(SHOPS.values(), start=1)
        for row in orders(tenant_id, weeks(counts))
    ]
    other_days = weeks([30] * 9, date(2026, 3, 16)) | weeks([30] * 9, date(2026, 3, 18))
    publish_marts(
        {"fct_orders": rows + orders(2, other_days)},
        tenants=[
            {"tenant_id": tenant_id, "tenant_name": name, "timezone": "America/New_York"}
            for tenant_id, name in enumerate(SHOPS, start=1)
        ],
    )

    assert list(open_alerts(settings).values()) == [
        {"tenant": name, "day": "2026-03-17", "count": counts[0], "usual": usual}
        for name, (counts, usual) in SHOPS.items()
        if usual
    ]


def test_a_day_is_over_when_it_is_where_the_shop_is(
    settings: Settings, publish_marts: PublishMarts
) -> None:
    wednesday = date(2026, 3, 18)
    counts = weeks([9] * 9) | weeks([0, *[9] * 8], wednesday)
    rows = {"fct_orders": orders(NEW_YORK, counts) + orders(SAIGON, counts)}
    publish_marts(rows, at=AS_OF + timedelta(minutes=89))
    assert open_alerts(settings, AS_OF + timedelta(minutes=89)) == {}
    publish_marts(
        rows, at=AS_OF + timedelta(minutes=90)
    )  # midnight in Saigon, half past twelve there
    found = open_alerts(settings, AS_OF + timedelta(minutes=90))
    assert [key[:2] for key in found] == [("volume_dropped", SAIGON)]


def test_orders_that_vanish_are_told_for_as_long_as_they_are_remembered(
    settings: Settings, publish_marts: PublishMarts
) -> None:
    day = {AS_OF.date() - timedelta(days=40): 10}
    both = orders(NEW_YORK, day) + orders(SAIGON, day)
    publish_marts({"fct_orders": both})
    assert open_alerts(settings) == {}
    minute = timedelta(minutes=1)
    publish_marts({"fct_orders": both[:6] + both[10:]})
    assert open_alerts(settings, AS_OF + minute) == {}  # four of ten are less than half
    publish_marts({"fct_orders": both[10:]})
    values = {"tenant": "Hart & Vale", "count": 0, "before": 10}
    assert open_alerts(settings, AS_OF + 2 * minute) == {("source_shrunk", NEW_YORK, ""): values}
    week = timedelta(days=7)  # after which ten are forgotten, and then six
    assert open_alerts(settings, AS_OF + week)["source_shrunk", NEW_YORK, ""]["before"] == 10
    assert (
        open_alerts(settings, AS_OF + week + minute)["source_shrunk", NEW_YORK, ""]["before"] == 6
    )
    assert ("source_shrunk", NEW_YORK, "") not in open_alerts(settings, AS_OF + week + 2 * minute)


def quarantined(tenant_id: int, rows: int, severity: str = "error") -> dict[str, Any]:
    return {"tenant_id": tenant_id, "severity": severity, "row_count": rows}


def test_a_quarantine_that_grows_is_told_until_it_has_been_so_for_a_day(
    settings: Settings, publish_marts: PublishMarts
) -> None:
    publish_marts({"rpt_quarantine": [quarantined(NEW_YORK, 90), quarantined(SAIGON, 1)]})
    assert open_alerts(settings) == {}
    grown = [quarantined(NEW_YORK, 99), quarantined(NEW_YORK, 500, "notice")]
    publish_marts({"rpt_quarantine": [*grown, quarantined(SAIGON, 6), quarantined(SAIGON, 5)]})
    minute = timedelta(minutes=1)
    values = {"tenant": "Ngọc Lan", "more": 10, "count": 11}
    assert open_alerts(settings, AS_OF + minute) == {("quarantine_grew", SAIGON, ""): values}
    day = timedelta(days=1)
    assert ("quarantine_grew", SAIGON, "") in open_alerts(settings, AS_OF + day)
    assert ("quarantine_grew", SAIGON, "") not in open_alerts(settings, AS_OF + day + minute)


def goal(tenant_id: int, goal_id: int, **other: Any) -> dict[str, Any]:
    usual = {
        "goal_name": "Ring orders",
        "campaign_name": "Tết",
        "goal_status": "at_risk",
        "attribution_model": "last_touch",
        "window_days": 90,
        "pace_rate": "0.4",
        "days_left": 3,
        "end_date": "2026-03-20",
    }
    return {"tenant_id": tenant_id, "goal_id": goal_id, **usual, **other}


def test_goals_at_risk_are_those_of_the_pages_first_view_near_their_end(
    settings: Settings, publish_marts: PublishMarts
) -> None:
    rows = [
        goal(NEW_YORK, 1),
        goal(NEW_YORK, 1, window_days=30),
        goal(NEW_YORK, 2, attribution_model="linear"),
        goal(NEW_YORK, 3, days_left=15),
        goal(NEW_YORK, 4, goal_status="behind"),
        goal(SAIGON, 1, days_left=14, pace_rate=None),
    ]
    publish_marts({"rpt_campaign_goals": rows})
    found = open_alerts(settings)
    assert list(found) == [("goal_at_risk", NEW_YORK, "1"), ("goal_at_risk", SAIGON, "1")]
    assert found["goal_at_risk", NEW_YORK, "1"]["pace"] == "0.40000000"
    assert found["goal_at_risk", SAIGON, "1"]["variant"] == "no_pace"


def promotion(tenant_id: int, promotion_id: int, **other: Any) -> dict[str, Any]:
    usual = {"promotion_name": "Spring", "is_over": False, "is_deleted": False, "use_count": 0}
    return {"tenant_id": tenant_id, "promotion_id": promotion_id, **usual, **other}


def test_budgets_and_limits_are_told_before_they_are_used_up(
    settings: Settings, publish_marts: PublishMarts
) -> None:
    soon = {"budget_outlook": "runs_out", "budget_burnout_date": "2026-03-25"}
    rows = [
        promotion(NEW_YORK, 1, **soon),
        promotion(NEW_YORK, 2, **soon, is_over=True),
        promotion(NEW_YORK, 3, **{**soon, "budget_burnout_date": "2026-03-26"}),
        promotion(NEW_YORK, 4, budget_outlook="lasts"),
        promotion(SAIGON, 1, budget_outlook="ran_out", budget_burnout_date="2026-03-01"),
        promotion(SAIGON, 2, use_count=9, usage_limit_count=10),
        promotion(SAIGON, 3, use_count=89, usage_limit_count=100),
        promotion(SAIGON, 4, use_count=9),
    ]
    publish_marts({"rpt_promotions": rows})
    found = open_alerts(settings)
    assert list(found) == [
        ("budget_runs_out", NEW_YORK, "1"),
        ("budget_runs_out", SAIGON, "1"),
        ("usage_limit_near", SAIGON, "2"),
    ]
    assert "variant" not in found["budget_runs_out", NEW_YORK, "1"]
    assert found["budget_runs_out", SAIGON, "1"]["variant"] == "spent"


def test_what_carries_sales_has_run_out(settings: Settings, publish_marts: PublishMarts) -> None:
    """30 days before 18 March are 16 February: what was last sold before does not sell."""

    def product(tenant_id: int, number: int, **other: Any) -> dict[str, Any]:
        usual = {"product_name": "Solitaire", "reorder_units": 19, "reorder_reason": "ran_out"}
        row = {"tenant_id": tenant_id, "product_id": number, "last_sold_date": "2026-02-16"}
        return {**row, **usual, **other}

    rows = [
        product(NEW_YORK, 1),
        product(NEW_YORK, 2, last_sold_date="2026-02-15"),
        product(NEW_YORK, 3, reorder_reason="short"),
        product(NEW_YORK, 4, reorder_reason=None),
        product(SAIGON, 2, product_name="Nhẫn cưới"),
    ]
    publish_marts({"rpt_products": rows})
    found = open_alerts(settings)
    assert list(found) == [("stock_out", NEW_YORK, "1"), ("stock_out", SAIGON, "2")]
    assert found["stock_out", NEW_YORK, "1"] == {
        "tenant": "Hart & Vale", "product": "Solitaire", "count": 19, "day": "2026-02-16",
    }  # fmt: skip


def test_questions_wait_for_so_long_and_not_for_ever(
    settings: Settings, publish_marts: PublishMarts
) -> None:
    def asked(tenant_id: int, number: int, ago: timedelta, **other: Any) -> dict[str, Any]:
        row = {"tenant_id": tenant_id, "message_id": number, "asked_at": AS_OF - ago}
        return {**row, "is_answered": False, **other}

    hours = timedelta(hours=1)
    rows = [
        asked(NEW_YORK, 1, 4 * hours),
        asked(NEW_YORK, 2, 30 * hours),
        asked(NEW_YORK, 3, 40 * hours, is_answered=True),
        asked(NEW_YORK, 4, 200 * hours),
        asked(SAIGON, 1, 3.9 * hours),
    ]
    publish_marts({"fct_replies": rows})
    values = {"tenant": "Hart & Vale", "count": 2, "at": "2026-03-17T09:30:00+00:00"}
    assert open_alerts(settings) == {("unanswered_messages", NEW_YORK, ""): values}


def test_what_cannot_be_looked_at_neither_begins_nor_ends(
    settings: Settings, publish_marts: PublishMarts
) -> None:
    rows = {"rpt_promotions": [promotion(SAIGON, 2, use_count=9, usage_limit_count=10)]}
    publish_marts(rows)
    assert list(open_alerts(settings)) == [("usage_limit_near", SAIGON, "2")]
    publish_marts({}, without="rpt_promotions")
    checked = check(settings, now=AS_OF)
    assert [one.rule for one in checked.open_alerts] == ["usage_limit_near"]
    unevaluated = {(one.rule, one.tenant_id) for one in checked.unevaluated}
    rules = ("budget_runs_out", "usage_limit_near")
    assert unevaluated == {(rule, tenant) for rule in rules for tenant in (NEW_YORK, SAIGON)}
    publish_marts({})
    assert open_alerts(settings) == {}
