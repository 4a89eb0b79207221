"""Expected lifetime values, fitted between two builds: dbt's tables in, ``facet_source`` out.

Both models are fitted for each tenant to what its persons bought up to the last whole local day.
They are shown where there are enough persons, where a fit was found, and where it missed what
persons brought in the last 90 days by less than the mean of their segments did
(docs/definitions.md, Customers).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from facet.config import Settings
from facet.operational.findings import Execute
from facet.pipeline.warehouse import Value, create_tables, empty_tables, insert, writing
from facet.quoting import constant

if TYPE_CHECKING:
    from facet.lifetime import Fitted, HoldOut, Persons

SCHEMA: Final = "facet_source"
#: What dbt reads of it, by table; the first column is the tenant.
TABLES: Final = {
    "lifetime_fits": (
        *("tenant_id bigint", "fitted_date date", "status text"),
        *("order_r numeric(24, 9)", "order_alpha numeric(24, 9)"),
        *("order_a numeric(24, 9)", "order_b numeric(24, 9)"),
        *("margin_p numeric(24, 9)", "margin_q numeric(24, 9)", "margin_v numeric(24, 9)"),
        *("missed_amount numeric(18, 2)", "segment_missed_amount numeric(18, 2)"),
        *("expected_margin_amount numeric(18, 2)", "lower_margin_amount numeric(18, 2)"),
        "upper_margin_amount numeric(18, 2)",
    ),
    "lifetime_values": (
        *("tenant_id bigint", "person_id bigint", "alive_rate numeric(9, 6)"),
        *("expected_order_count numeric(12, 4)", "expected_margin_amount numeric(18, 2)"),
        *("lower_margin_amount numeric(18, 2)", "upper_margin_amount numeric(18, 2)"),
    ),
    "lifetime_hold_outs": (
        *("tenant_id bigint", "repeat_order_count integer", "person_count bigint"),
        *("expected_order_count numeric(18, 4)", "order_count bigint"),
        *("expected_margin_amount numeric(18, 2)", "margin_amount numeric(18, 2)"),
    ),
}

_HISTORIES: Final = "facet_intermediate.int_customers__purchase_histories"
#: Days that are looked ahead, and days of the hold-out, as the histories have it.
_AHEAD: Final = 365
_HELD_OUT: Final = 90
#: So many persons with a repeat order are enough.
_ENOUGH: Final = 200
_ROWS_AT_ONCE: Final = 5_000

Row = Sequence[Value]


def prepare(write: Execute) -> None:
    """Create what dbt reads of lifetime values, where it is missing."""
    create_tables(write, SCHEMA, TABLES)


def fit_lifetimes(settings: Settings, url: str) -> bool:
    """Fit anew for every tenant with enough persons; say whether what dbt reads has changed.

    What dbt reads is there: ``prepare`` has made it.
    """
    with writing(settings, url) as write:
        had = empty_tables(write, SCHEMA, TABLES)
        days = _last_days(write)
        for tenant_id, day in days.items():
            for name, rows in _fitted(write, tenant_id, day).items():
                for start in range(0, len(rows), _ROWS_AT_ONCE):
                    insert(write, f"{SCHEMA}.{name}", rows[start : start + _ROWS_AT_ONCE])
    return had or bool(days)


def _last_days(write: Execute) -> Mapping[int, date]:
    """The last day of each tenant with enough persons who had come back by then."""
    rows = write(
        "select tenant_id, history_date, sum(case when repeat_day_count > 0 then 1 else 0 end)"
        f" from {_HISTORIES} group by tenant_id, history_date order by tenant_id, history_date"
    )
    last = {tenant_id: (day, count) for tenant_id, day, count in rows}
    return {tenant_id: day for tenant_id, (day, count) in last.items() if count >= _ENOUGH}


def _fitted(write: Execute, tenant_id: int, day: date) -> Mapping[str, Sequence[Row]]:
    """The rows of a tenant, by table."""
    from facet.lifetime import NotConvergedError, fit, hold_out

    ids, persons = _persons(write, tenant_id, day)
    if not persons.history.margin_days.any():
        return {"lifetime_fits": [_row(tenant_id, day, "no_margin", *[None] * 12)]}
    _, before = _persons(write, tenant_id, day - timedelta(days=_HELD_OUT))
    _, earlier = _persons(write, tenant_id, day - timedelta(days=2 * _HELD_OUT))
    try:
        fitted = fit(persons.history)
        held = hold_out(before, earlier, length=_HELD_OUT)
    except NotConvergedError:
        return {"lifetime_fits": [_row(tenant_id, day, "not_converged", *[None] * 12)]}
    is_shown = held.missed < held.segment_missed
    found = (*fitted.orders, *fitted.margins, held.missed, held.segment_missed)
    values, together = _values(tenant_id, ids, fitted) if is_shown else ((), (None,) * 3)
    status = "shown" if is_shown else "worse_than_segment"
    return {
        "lifetime_fits": [_row(tenant_id, day, status, *found, *together)],
        "lifetime_values": values,
        "lifetime_hold_outs": _held(tenant_id, held),
    }


def _persons(write: Execute, tenant_id: int, day: date) -> tuple[Sequence[int], "Persons"]:
    """The persons of a tenant at the end of a day, by their ids."""
    import numpy as np

    from facet.lifetime import History, Persons

    rows = write(
        "select person_id, segment, repeat_day_count, last_day_number, age_day_count,"
        " margin_day_count, margin_amount, day_count_after, margin_amount_after"
        f" from {_HISTORIES} where tenant_id = {tenant_id} and history_date = {constant(day)}"
        " order by person_id"
    )
    ids = [person_id for person_id, *_ in rows]
    numbers = np.array([row[2:] for row in rows], dtype=np.float64).reshape(len(rows), 7)
    repeats, last, age, margin_days, margin, days_after, margin_after = numbers.T
    history = History(
        repeats=repeats,
        last=last,
        age=age,
        margin_days=margin_days,
        margin=margin / np.maximum(margin_days, 1),
    )
    return ids, Persons(
        history=history,
        segments=np.array([row[1] for row in rows], dtype=np.str_),
        days_after=days_after,
        margin_after=margin_after,
    )


def _values(
    tenant_id: int, ids: Sequence[int], fitted: "Fitted"
) -> tuple[Sequence[Row], Sequence[Value]]:
    """What is expected of each person, and of all together: expected, lower and upper end."""
    orders = fitted.expected_days(_AHEAD)
    margin = orders * fitted.expected_margin()
    lower, upper, (least, most) = fitted.interval(_AHEAD, seed=tenant_id)
    columns = zip(ids, fitted.alive(), orders, margin, lower, upper, strict=True)
    return [_row(tenant_id, *values) for values in columns], (float(margin.sum()), least, most)


def _held(tenant_id: int, held: "HoldOut") -> Sequence[Row]:
    return [
        _row(tenant_id, one.repeats, one.persons, one.expected_days, one.days, one.expected_margin,
             one.margin)
        for one in held.rows
    ]  # fmt: skip


def _row(*values: Value) -> Row:
    """Values as they are written: numbers that are none as null, to as many places as any needs."""
    return [_written(value) for value in values]


def _written(value: Value) -> Value:
    if not isinstance(value, float):
        return value
    return round(float(value), 9) if value == value else None
