"""A result as a terminal shows it: rows in words and formats, and what they are of."""

from facet.metrics.result import Result
from facet.reporting.present.dimension_texts import value_text
from facet.reporting.present.tenant_view import TenantView


def written_rows(view: TenantView, result: Result) -> list[list[str]]:
    """The rows of a result, as a person of the view's language reads them."""
    return [
        [
            value_text(view, column.name, cell)
            if column.kind is None
            else view.formats.exact(cell, column.kind)
            for column, cell in zip(result.columns, row, strict=True)
        ]
        for row in result.rows
    ]


def about(view: TenantView, result: Result) -> list[str]:
    """What a result is of: the shop, its days and their comparison, the moment of its data."""
    lines = [f"{view.tenant.name} · {result.currency}"]
    if result.days:
        lines.append(result.days)
    if result.is_cut:
        lines.append(view.text("answer.is_cut", count=view.count(len(result.rows))))
    lines.append(
        view.text(
            "footer.as_of",
            moment=view.formats.moment(view.tenant.as_of_local),
            timezone=view.tenant.calendar.timezone,
            release=view.release.id,
        )
    )
    return lines
