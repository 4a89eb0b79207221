"""The orders behind a number of sales: a list that adds up to it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from facet.metrics.result import Result, ResultColumn
from facet.reporting.present.dimension_texts import dimension_label
from facet.reporting.present.filters import MEASURES
from facet.reporting.present.orders import source_of, sum_of_orders, summed_orders
from facet.reporting.present.period_text import period_text
from facet.reporting.present.question import (
    MOST_ROWS,
    Question,
    QuestionError,
    period_asked,
)
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.table import Table

_HINT: Final = f"Ask for one of: {', '.join(MEASURES)}; for parts of it give conditions."


@dataclass(frozen=True, kw_only=True)
class OrdersBehind:
    """Orders with the number of each: those listed and the others add up to the number."""

    metric: str
    #: None where it is not known, as a margin is without costs.
    number: Decimal | None
    listed: Result
    #: How many orders are not listed, and what they come to.
    others: int
    others_sum: Decimal


def orders_behind(view: TenantView, question: Question) -> OrdersBehind:
    """The orders that the number of a question was summed from, the largest first.

    Raises:
        QuestionError: it is no sum over orders, or there are too many of them.
    """
    metric = _metric(question)
    period = period_asked(view, question)
    count = source_of(metric).orders
    _require_few(view.query([count], period=period, where=question.where).total(count))
    found = summed_orders(view, metric, where=question.where, period=period)
    _require_few(Decimal(len(found)))
    listed = Table(found.columns, found.rows[: question.limit])
    others = Table(found.columns, found.rows[question.limit :])
    return OrdersBehind(
        metric=metric,
        number=sum_of_orders(view, metric, found, where=question.where, period=period),
        listed=Result(
            columns=tuple(_column(view, name) for name in listed.columns),
            rows=listed.rows,
            currency=view.tenant.currency,
            days="" if period is None else period_text(view),
            period=period,
            compared=None,
            not_compared=None,
            is_cut=bool(others.rows),
            as_of=view.tenant.as_of_local.isoformat(timespec="seconds"),
        ),
        others=len(others),
        others_sum=others.total(metric),
    )


def _metric(question: Question) -> str:
    if len(question.metrics) == 1 and question.metrics[0] in MEASURES and not question.by:
        return question.metrics[0]
    raise QuestionError(
        f"There are no orders behind {', '.join(question.metrics)}",
        why="Only a sum over orders has orders that add up to it, one at a time.",
        next_step=_HINT,
    )


def _require_few(count: Decimal) -> None:
    if count > MOST_ROWS:
        raise QuestionError(
            "There are too many orders behind this number",
            why=f"There are {count:,}, and {MOST_ROWS:,} at most are read.",
            next_step="Ask for fewer days, or for a part of it.",
        )


def _column(view: TenantView, name: str) -> ResultColumn:
    if name in view.reader.catalogue.metrics:
        return ResultColumn(name=name, label=view.label(name), kind=view.kind(name))
    return ResultColumn(name=name, label=dimension_label(view, name), kind=None)
