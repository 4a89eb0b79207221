"""Results and explanations as a terminal shows them: rows in words and formats, and what of."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from facet.metrics.result import Result
from facet.quoting import constant
from facet.reporting.present.dimension_texts import value_text
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.table import Cell

if TYPE_CHECKING:
    from facet.metrics.explaining import Explanation

#: A parameter of a statement; MetricFlow writes no other dollars.
_PARAMETER: Final = re.compile(r"\$(value_\d+)\b")


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
    lines = [*result.slips, f"{view.tenant.name} · {result.currency}"]
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


def written_statement(statement: str, parameters: Mapping[str, Cell]) -> str:
    """A statement with its values in it, as DuckDB's shell takes it on a tenant's file."""
    return _PARAMETER.sub(lambda found: constant(parameters[found[1]]), statement) + ";"


def written_explanation(found: "Explanation") -> Iterator[str]:
    """Where a metric comes from, from the page down to the operational columns."""
    yield f"{found.label} ({found.metric})"
    yield f"  {found.description}"
    yield f"  defined in {found.defined_in}; {found.documented_in}"
    if found.definition:
        yield f"  {found.definition}"
    yield from _section("On pages", found.pages or ["none"])
    if found.formula:
        yield from _section("Computed", [f"{found.formula} of {', '.join(found.metrics)}"])
    measures = [
        f"{one.metric}: {one.aggregation}({one.expression}) over {one.mart} by {one.day}"
        + (f", where {one.rows}" if one.rows else "")
        for one in found.measures
    ]
    yield from _section("Measured", measures)
    read = [f"{model}: {', '.join(columns)}" for model, columns in found.models.items() if columns]
    yield from _section("Models that it is made by, and their columns", read)
    for title, is_value in (("Made of", True), ("Chosen by", False)):
        of_title = [one for one in found.sources if one.is_value is is_value]
        yield from _section(title, [f"{s.table}.{s.column}: {s.meaning}" for s in of_title])
    if not found.sources:
        yield from _section("Made of", [f"rows of {one.mart}, counted" for one in found.measures])
    yield from _section("Could not be followed", found.unknown)
    yield ""
    yield "Which rows there are, joins and filters of these models decide: see their SQL."


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if not number:
            yield from ("", title)
        yield f"  {line}"
