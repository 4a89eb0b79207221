"""Rules about a tenant, on the file that is served: as an owner sees it, without names.

A rule whose mart an older release lacks is not evaluated, nor is any of a tenant without a file.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import duckdb

from facet.alerts.finding import Finding, Unevaluated, Value
from facet.alerts.record import AlertRecord
from facet.alerts.settings import Rule
from facet.errors import ReleaseError
from facet.release.manifest import Release, TenantFile
from facet.reporting.identity.scope import DataScope
from facet.reporting.query.tenant_file import open_tenant_file
from facet.zones import clock

#: Fewer same weekdays of the past say nothing about one of them.
_LEAST_WEEKS: Final = 4
_MARTS: Final = "warehouse.facet_marts"


@dataclass(frozen=True, kw_only=True)
class TenantData:
    """A tenant as its rules see it. `today` is the local day of the data, `as_of` their moment."""

    entry: TenantFile
    file: duckdb.DuckDBPyConnection
    today: date
    as_of: datetime
    now: datetime
    record: AlertRecord

    def rows(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a select on the tenant's marts."""
        return self.file.execute(statement.replace("{marts}", _MARTS), values).fetchall()

    def number(self, statement: str, **values: Any) -> int:
        """The whole number that a select answers; 0 where it answers null."""
        return int(self.rows(statement, **values)[0][0] or 0)


Evaluator = Callable[[TenantData, Rule], Iterator[Finding]]


def evaluate(
    release: Release,
    entry: TenantFile,
    rules: Mapping[str, Rule],
    record: AlertRecord,
    *,
    now: datetime,
) -> Iterator[Finding | Unevaluated]:
    """The findings at a tenant, with its name, and the rules that could not be evaluated."""
    wanted = [rules[name] for name in RULES if name in rules]
    try:
        file = open_tenant_file(
            release.file_of(entry.tenant_id), DataScope(None, has_personal_data=False)
        )
    except ReleaseError as error:
        for rule in wanted:
            yield Unevaluated(rule=rule.name, tenant_id=entry.tenant_id, reason=str(error))
        return
    with closing(file):
        as_of = entry.snapshot_at or release.snapshot.at
        for rule in wanted:
            try:
                data = _data(entry, file, as_of=as_of, now=now, record=record)
                found = list(RULES[rule.name](data, rule))
            except duckdb.Error as error:
                reason = str(error).splitlines()[0]
                yield Unevaluated(rule=rule.name, tenant_id=entry.tenant_id, reason=reason)
                continue
            name: dict[str, Value] = {"tenant": entry.tenant_name or str(entry.tenant_id)}
            for one in found:
                yield replace(one, tenant_id=entry.tenant_id, values=name | dict(one.values))


def _data(
    entry: TenantFile,
    file: duckdb.DuckDBPyConnection,
    *,
    as_of: datetime,
    now: datetime,
    record: AlertRecord,
) -> TenantData:
    rows = file.execute(f"select timezone from {_MARTS}.dim_tenants").fetchall()
    today = as_of.astimezone(clock(str(rows[0][0]) if rows else "UTC")).date()
    return TenantData(entry=entry, file=file, today=today, as_of=as_of, now=now, record=record)


def _source_shrunk(data: TenantData, rule: Rule) -> Iterator[Finding]:
    count = data.number("select count(*) from {marts}.fct_orders")
    since = data.now - timedelta(days=rule.thresholds["days"])
    known = data.record.sampled("orders", data.entry.tenant_id, count, at=data.now, since=since)
    before = max(known)
    if before and 100 * (before - count) >= rule.thresholds["percent"] * before:
        yield Finding(rule=rule.name, values={"count": count, "before": before})


def _volume_dropped(data: TenantData, rule: Rule) -> Iterator[Finding]:
    day = data.today - timedelta(days=1)  # the last one that is over
    weeks = [day - timedelta(weeks=week) for week in range(rule.thresholds["weeks"] + 1)]
    counts = dict(
        data.rows(
            "select order_date, count(*) from {marts}.fct_orders"
            " where order_date in (select unnest($days)) group by order_date",
            days=weeks,
        )
    )
    [(first,)] = data.rows("select min(order_date) from {marts}.fct_orders")
    history = sorted(counts.get(week, 0) for week in weeks[1:] if first and week >= first)
    if len(history) < min(_LEAST_WEEKS, rule.thresholds["weeks"]) or not history:
        return
    count = counts.get(day, 0)
    twice = history[(len(history) - 1) // 2] + history[len(history) // 2]  # the median, doubled
    if twice < 2 * rule.thresholds["orders"]:
        return
    if 2 * 100 * count < rule.thresholds["percent"] * twice:
        usual = str(Decimal(twice) / 2)
        yield Finding(
            rule=rule.name, values={"day": day.isoformat(), "count": count, "usual": usual}
        )


def _quarantine_grew(data: TenantData, rule: Rule) -> Iterator[Finding]:
    count = data.number(
        "select sum(row_count) from {marts}.rpt_quarantine where severity = 'error'"
    )
    since = data.now - timedelta(hours=rule.thresholds["hours"])
    known = data.record.sampled("quarantine", data.entry.tenant_id, count, at=data.now, since=since)
    more = count - min(known)
    if more and more >= rule.thresholds["rows"]:
        yield Finding(rule=rule.name, values={"more": more, "count": count})


def _goal_at_risk(data: TenantData, rule: Rule) -> Iterator[Finding]:
    # by the attribution that pages begin with: the last touch, in the longest window
    goals = data.rows(
        "select goal_id, goal_name, campaign_name, pace_rate, days_left, end_date"
        " from {marts}.rpt_campaign_goals"
        " where goal_status = 'at_risk' and days_left <= $days"
        " and attribution_model = 'last_touch'"
        " and window_days = (select max(window_days) from {marts}.rpt_campaign_goals)"
        " order by goal_id",
        days=rule.thresholds["days"],
    )
    for goal_id, name, campaign, pace, days_left, end in goals:
        values = {"goal": str(name), "campaign": str(campaign), "day": end.isoformat()}
        values |= {"days": str(days_left), **({} if pace is None else {"pace": str(pace)})}
        yield Finding(
            rule=rule.name,
            subject=str(goal_id),
            values=values | ({"variant": "no_pace"} if pace is None else {}),
        )


def _budget_runs_out(data: TenantData, rule: Rule) -> Iterator[Finding]:
    promotions = data.rows(
        "select promotion_id, promotion_name, budget_outlook, budget_burnout_date"
        " from {marts}.rpt_promotions where not is_over and not is_deleted"
        " and (budget_outlook = 'ran_out'"
        " or budget_outlook = 'runs_out' and budget_burnout_date <= $until)"
        " order by promotion_id",
        until=data.today + timedelta(days=rule.thresholds["days"]),
    )
    for promotion_id, name, outlook, day in promotions:
        values = {"promotion": str(name), "day": day.isoformat()}
        values |= {"variant": "spent"} if outlook == "ran_out" else {}
        yield Finding(rule=rule.name, subject=str(promotion_id), values=values)


def _usage_limit_near(data: TenantData, rule: Rule) -> Iterator[Finding]:
    promotions = data.rows(
        "select promotion_id, promotion_name, use_count, usage_limit_count"
        " from {marts}.rpt_promotions where not is_over and not is_deleted"
        " and usage_limit_count > 0 and 100 * use_count >= $percent * usage_limit_count"
        " order by promotion_id",
        percent=rule.thresholds["percent"],
    )
    for promotion_id, name, used, limit in promotions:
        yield Finding(
            rule=rule.name,
            subject=str(promotion_id),
            values={"promotion": str(name), "count": int(used), "limit": int(limit)},
        )


def _stock_out(data: TenantData, rule: Rule) -> Iterator[Finding]:
    products = data.rows(
        "select product_id, product_name, reorder_units, last_sold_date"
        " from {marts}.rpt_products where reorder_reason = 'ran_out' and last_sold_date >= $since"
        " order by product_id",
        since=data.today - timedelta(days=rule.thresholds["days"]),
    )
    for product_id, name, units, day in products:
        values = {"product": str(name), "count": int(units), "day": day.isoformat()}
        yield Finding(rule=rule.name, subject=str(product_id), values=values)


def _unanswered_messages(data: TenantData, rule: Rule) -> Iterator[Finding]:
    [(count, oldest)] = data.rows(
        "select count(*), min(asked_at) from {marts}.fct_replies"
        " where not is_answered and asked_at <= $before and asked_at >= $since",
        before=data.as_of - timedelta(minutes=rule.thresholds["minutes"]),
        since=data.as_of - timedelta(days=rule.thresholds["days"]),
    )
    if count and count >= rule.thresholds["messages"]:
        values = {"count": int(count), "at": oldest.isoformat()}
        yield Finding(rule=rule.name, values=values)


#: The rules about a tenant.
RULES: Final[Mapping[str, Evaluator]] = {
    "source_shrunk": _source_shrunk,
    "volume_dropped": _volume_dropped,
    "quarantine_grew": _quarantine_grew,
    "goal_at_risk": _goal_at_risk,
    "budget_runs_out": _budget_runs_out,
    "usage_limit_near": _usage_limit_near,
    "stock_out": _stock_out,
    "unanswered_messages": _unanswered_messages,
}
