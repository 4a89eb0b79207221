"""A question in metrics, dimensions and conditions, and its answer: for whoever asks from anywhere.

The explorer, the command, Python, HTTP and an assistant all ask through here, so that they get the
same numbers, and whoever may not see a metric is told that there is none of that name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, cast, get_args

from facet.errors import FacetError
from facet.reporting.present.series import time_dimension
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.catalogue import Catalogue
from facet.reporting.query.comparing import Compared, Reason
from facet.reporting.query.dimensions import TIME
from facet.reporting.query.metric import Metric
from facet.reporting.query.periods import Grain, Period, bucket_period, buckets
from facet.reporting.query.table import Cell, Table
from facet.reporting.query.unknown_names import unknown

#: A question has at most so many rows to its answer, and so many metrics and dimensions.
MOST_ROWS: Final = 100_000
MOST_NAMES: Final = 20
#: The dimensions whose days, weeks or months stand beside those of another time.
PAIRED: Final[Mapping[str, Grain]] = {time_dimension(grain): grain for grain in get_args(Grain)}
_BEFORE: Final = "__before"

#: A condition as it was given: a dimension and a value; no value stands for none.
Given = tuple[str, str]


class QuestionError(FacetError):
    """A question that cannot be asked so."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True)
class Question:
    """Metrics of a period, grouped and narrowed; names are in full, values of their types.

    Of what period, and compared with which, the filters of a view say; `is_of_all_time` asks of
    every day there is.
    """

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    where: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    order_by: tuple[str, ...] = ()
    limit: int = MOST_ROWS
    is_of_all_time: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Rows under `by`, the metrics, and where compared each metric's ``…__before``.

    A day, week or month of the comparison that stands beside none has a row without a time.
    """

    table: Table
    period: Period | None
    compared: Period | None
    #: Why it is compared with nothing, though that was asked for.
    reason: Reason | None
    #: Whether there are more rows than were asked for.
    is_cut: bool


def permitted_metrics(view: TenantView) -> tuple[Metric, ...]:
    """The metrics that the person of a view may ask for."""
    return view.reader.catalogue.permitted(view.principal.permissions)


def understood(
    view: TenantView,
    metrics: Sequence[str],
    *,
    by: Sequence[str] = (),
    where: Sequence[Given] = (),
    order_by: Sequence[str] = (),
    limit: int | None = None,
    is_of_all_time: bool = False,
) -> Question:
    """A question from what somebody gave, with short names told in full and values read.

    Args:
        view: of whoever asks.
        metrics: by name.
        by: dimensions: ``channel``, ``month``, ``ledger_entry__channel_name``.
        where: dimensions and values; those of one dimension are alternatives.
        order_by: metrics and dimensions; ``-`` before a name for descending.
        limit: at most so many rows.
        is_of_all_time: of every day there is, whatever the view's period.

    Raises:
        UnknownNameError: there is no such name, or not for this person.
        AmbiguousQuestionError: a name may mean several.
        QuestionError: nothing is asked for, too much is, or a value cannot be read.
    """
    if not metrics or len(metrics) > MOST_NAMES or len(by) > MOST_NAMES:
        raise QuestionError(
            "No metric was asked for" if not metrics else "Too much was asked for at once",
            why=f"A question has 1 to {MOST_NAMES} metrics and up to {MOST_NAMES} dimensions.",
            next_step="Name at least one metric." if not metrics else "Ask in parts.",
        )
    names = tuple(dict.fromkeys(metrics))
    permitted = {metric.name for metric in permitted_metrics(view)}
    for name in names:
        if name not in permitted:
            raise unknown("metric", name, permitted)
    catalogue = view.reader.catalogue
    grouped = tuple(dict.fromkeys(catalogue.dimension_meant(given, names) for given in by))
    values: dict[str, tuple[Cell, ...]] = {}
    for given, value in where:
        dimension = catalogue.dimension_meant(given, names)
        read = _value(view, names, dimension, value)
        values[dimension] = (*values.get(dimension, ()), read)
    return Question(
        metrics=names,
        by=grouped,
        where=values,
        order_by=tuple(_order(catalogue, name, names, grouped) for name in order_by)
        or _natural_order(names, grouped),
        limit=min(limit or MOST_ROWS, MOST_ROWS),
        is_of_all_time=is_of_all_time,
    )


def answer(view: TenantView, question: Question) -> Answer:
    """The answer to a question, of the period and comparison of a view's filters.

    Raises:
        AmbiguousQuestionError: a metric has alternatives, and none was chosen.
        QuestionError: it is compared by a time whose parts do not stand beside others.
    """
    period = period_asked(view, question)
    found = _asked(view, question, period, question.limit + 1)
    compared = reason = None
    if period is not None and isinstance(view.comparison, Compared):
        compared = view.comparison.period
        found = _beside(view, question, found, _asked(view, question, compared, None))
    elif period is not None and view.comparison is not None:
        reason = cast(Reason, view.comparison)
    is_cut = len(found) > question.limit
    return Answer(
        table=Table(found.columns, found.rows[: question.limit]),
        period=period,
        compared=compared,
        reason=reason,
        is_cut=is_cut,
    )


def period_asked(view: TenantView, question: Question) -> Period | None:
    """The days that a question is of; None: every day there is."""
    return None if question.is_of_all_time else view.period


def statement(view: TenantView, question: Question) -> tuple[str, Mapping[str, Cell]]:
    """The SQL by which a question is answered on the tenant's file, and its parameters."""
    period = period_asked(view, question)
    return view.reader.statement(
        question.metrics,
        by=question.by,
        where=question.where,
        start=period.start if period else None,
        end=period.end if period else None,
        until=period.until if period else None,
        order_by=question.order_by,
        limit=question.limit,
    )


def values_of(view: TenantView, metric: str, dimension: str, *, limit: int) -> Table:
    """The first values of a dimension that a metric has; of alternatives all, as none is chosen."""
    names = [] if view.metric(metric).choose else [metric]
    return view.reader.metrics(names, by=[dimension], order_by=[dimension], limit=limit)


def before_of(metric: str) -> str:
    """The column of a metric in the period that is compared with."""
    return f"{metric}{_BEFORE}"


def _asked(view: TenantView, question: Question, period: Period | None, limit: int | None) -> Table:
    whole = view.showing(view.filters.everything())
    return whole.query(
        question.metrics,
        by=question.by,
        period=period,
        where=question.where,
        order_by=question.order_by,
        limit=limit,
    )


def _beside(view: TenantView, question: Question, now: Table, before: Table) -> Table:
    """The rows of now with those that stand beside them, and then those that stand alone."""
    count = len(question.by)
    as_of = [view.metric(name).as_of for name in question.metrics]
    places = _places(view, question)
    position = next((n for n, name in enumerate(question.by) if name in PAIRED), None)
    nothing = _nothing(view, question.metrics)
    was_nothing = tuple(None if rests else cell for cell, rests in zip(nothing, as_of, strict=True))
    rows = {row[:count]: (row, was_nothing) for row in now.rows}
    alone = []
    for row in before.rows:
        key = row[:count]
        # what comes to rest later would be told as it is now, not as it was then
        told = tuple(
            None if rests else cell for cell, rests in zip(row[count:], as_of, strict=True)
        )
        if position is not None:
            key = (*key[:position], places.get(cast(date, key[position])), *key[position + 1 :])
        if position is not None and key[position] is None:
            alone.append((*key, *nothing, *told))
        else:
            rows[key] = (rows[key][0] if key in rows else (*key, *nothing), told)
    columns = (*now.columns, *map(before_of, question.metrics))
    return Table(columns, (*((*left, *right) for left, right in rows.values()), *alone))


def _nothing(view: TenantView, names: Sequence[str]) -> tuple[Cell, ...]:
    """What metrics are where there is nothing."""
    return tuple(0 if view.metric(name).is_sum else None for name in names)


def _places(view: TenantView, question: Question) -> Mapping[date, date]:
    """The first day of each part of the comparison's time, and of the part that it is beside."""
    times = [name for name in question.by if view.reader.catalogue.is_time(name)]
    if not times:
        return {}
    grain = PAIRED.get(times[0])
    if grain is None or len(times) > 1 or view.compared is None:
        raise QuestionError(
            f"A comparison by {' and '.join(times)} is not defined",
            why="Days, weeks and months stand beside those of another time, one of them at once.",
            next_step="Group by day, week or month, or compare with nothing.",
        )
    shown = view.showing(replace(view.filters, grain=grain))
    calendar = view.tenant.calendar

    def starts(period: Period) -> dict[Period, date]:
        return {bucket_period(day, grain, period): day for day in buckets(period, grain, calendar)}

    now, before = starts(shown.period), starts(view.compared)
    return {
        before[pair.before]: now[pair.now]
        for pair in shown.pairs
        if pair.before is not None and pair.now is not None
    }


def _natural_order(metrics: tuple[str, ...], by: tuple[str, ...]) -> tuple[str, ...]:
    """Time goes on, else the largest first; equal ones by name."""
    times = tuple(name for name in by if name.partition("__")[0] == TIME)
    rest = tuple(name for name in by if name not in times)
    return (*times, f"-{metrics[0]}", *rest) if by else ()


def _order(catalogue: Catalogue, given: str, metrics: Sequence[str], by: Sequence[str]) -> str:
    sign, name = ("-", given[1:]) if given.startswith("-") else ("", given)
    if name not in metrics:
        name = catalogue.dimension_meant(name, metrics)
        if name not in by:
            raise QuestionError(
                f"The answer cannot be in the order of {given!r}",
                why="It is none of what was asked for.",
                next_step=f"Order by one of: {', '.join((*metrics, *by))}.",
            )
    return f"{sign}{name}"


def _value(view: TenantView, metrics: Sequence[str], dimension: str, text: str) -> Cell:
    """A value of a dimension from its text, of the type that its values have."""
    if text == "":
        return None
    found = values_of(view, metrics[0], dimension, limit=1)
    sample = found.rows[0][0] if found.rows else None
    try:
        match sample:
            case bool():
                return {"true": True, "false": False}[text.lower()]
            case int():
                return int(text)
            case Decimal():
                return Decimal(text)
            case date():
                return date.fromisoformat(text)
    except (KeyError, ValueError, InvalidOperation) as error:
        raise QuestionError(
            f"{text!r} is no value of {dimension}",
            why=f"Its values are like {sample}.",
            next_step="Give such a value, or nothing for what has none.",
        ) from error
    return text
