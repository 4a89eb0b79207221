"""What a question chooses: of alternatives it must, and of values those that there are."""

from collections.abc import Sequence
from typing import Final

from facet.reporting.present.dimension_texts import dimension_label
from facet.reporting.present.question import Question, values_of
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.catalogue import AmbiguousQuestionError
from facet.reporting.query.table import Cell

#: So many values of a dimension are listed.
_MOST: Final = 12


def require_choices(view: TenantView, question: Question) -> None:
    """Check that a question chooses among a metric's alternatives.

    Raises:
        AmbiguousQuestionError: it leaves one open; with the values that there are.
    """
    held = [name for name, cells in question.where.items() if len(cells) <= 1]
    try:
        view.reader.catalogue.require_choices(question.metrics, (*question.by, *held))
    except AmbiguousQuestionError as error:
        if not {*question.metrics} <= set(view.metrics):
            raise  # a release that lacks their mart has no values to list
        choices: dict[str, list[str]] = {}
        for one in question.metrics:
            for name in view.metric(one).choose:
                choices.setdefault(name, []).append(one)
        told = [
            f"{name} is {_listed(view, metrics, name, ' or ')}"
            for name, metrics in choices.items()
            if name not in {*question.by, *held}
        ]
        raise AmbiguousQuestionError(
            error.what, why=error.why, next_step=f"{error.next_step} {'; '.join(told)}."
        ) from error


def slips_of(view: TenantView, question: Question) -> tuple[str, ...]:
    """What a question keeps that nothing has at any time, in words, with what there is instead.

    Its nought may be that of a name that was misspelt, or of a label in place of the value.
    """
    return tuple(
        view.text(
            "answer.no_value",
            value=str(cell),
            dimension=dimension_label(view, name),
            values=_listed(view, question.metrics, name, ", "),
        )
        for name, cells in question.where.items()
        for cell in cells
        if cell is not None
        and not view.reader.catalogue.is_time(name)
        and not _is_there(view, question.metrics, name, cell)
    )


def _is_there(view: TenantView, metrics: Sequence[str], dimension: str, cell: Cell) -> bool:
    """Whether any of some metrics has a value of a dimension."""
    return any(
        view.reader.metrics(
            [] if view.metric(metric).choose else [metric],
            by=[dimension],
            where={dimension: [cell]},
            limit=1,
        ).rows
        for metric in metrics
    )


def _listed(view: TenantView, metrics: Sequence[str], dimension: str, between: str) -> str:
    """The first values of a dimension."""
    found = [
        str(cell)
        for cell in dict.fromkeys(
            row[0]
            for metric in metrics
            for row in values_of(view, metric, dimension, limit=_MOST + 2).rows
        )
        if cell is not None
    ]
    return between.join((*found[:_MOST], *(["…"] if len(found) > _MOST else []))) or "–"
