"""A report as Markdown for a pull request: what is unchanged is counted, the rest is shown."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final, get_args

from facet.diff.report import Example, Figure, MartDifference, MetricDifference, Report, State

#: So many lines of a table are shown; JSON has all.
_LINES: Final = 6
_NOTHING: Final = "–"


def markdown(report: Report) -> str:
    """The text of a report."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"## Build beside release {report.release_id}"
    yield ""
    compared = (
        f"{_count(report.marts_compared, 'mart')} and {_count(report.metrics_compared, 'metric')}"
    )
    of = f"{compared} of {_count(len(report.tenants), 'tenant')}"
    if report.is_empty:
        yield f"No difference: {of} are as they are served."
    else:
        yield f"{of} were compared: {_summary(report)}."
    if report.not_built:
        yield ""
        yield f"{_count(len(report.not_built), 'mart')} not in this build, taken as served."
    for note in report.notes:
        yield ""
        yield f"> {_cell(note)}"
    for mart in report.marts:
        yield from _mart(mart, report)
    yield from _metrics(report)


def _summary(report: Report) -> str:
    states = [mart.state for mart in report.marts]
    unchanged = report.marts_compared - len(states)
    parts = [f"{states.count(of)} {of}" for of in get_args(State) if of in states]
    differing = len({of.metric for of in report.metrics})
    metrics = [f"{differing} differ by month"] if differing else ["none differs"]
    metrics += [f"{len(report.metrics_new)} new"] if report.metrics_new else []
    metrics += [f"{len(report.metrics_gone)} gone"] if report.metrics_gone else []
    return f"marts {', '.join([*parts, f'{unchanged} unchanged'])}; metrics {', '.join(metrics)}"


def _mart(mart: MartDifference, report: Report) -> Iterator[str]:
    yield ""
    yield f"### {mart.mart}" + ("" if mart.state == "changed" else f": {mart.state}")
    yield ""
    for what, columns in (("New", mart.columns_new), ("Gone", mart.columns_gone)):
        if columns:
            yield f"- {what} columns: {', '.join(map(_code, columns))}"
    for of in mart.retyped:
        yield f"- {_code(of.column)} is {of.after} instead of {of.before}"
    if mart.because:
        yield f"- Rows were compared as wholes: {mart.because}"
    if not mart.tenants:
        if mart.state == "changed":
            yield "- No row differs in the columns of both"
        return
    if mart.columns_new or mart.columns_gone or mart.retyped or mart.because:
        yield ""
    rows = [
        (
            _tenant(report, of.tenant_id),
            _number(str(of.rows_before)),
            _number(str(of.rows_after)),
            *(
                _number(str(count)) if count else _NOTHING
                for count in (of.added, of.removed, of.changed)
            ),
            ", ".join(f"{_code(name)} {_number(str(n))}" for name, n in of.columns.items())
            or _NOTHING,
        )
        for of in mart.tenants
    ]
    yield from _table(
        ("tenant", "rows before", "after", "added", "removed", "changed", "columns"), rows, 6
    )
    totals = [(of.tenant_id, figure) for of in mart.tenants for figure in _most(of.totals)]
    yield from _figures(report, "total", totals, sum(len(of.totals) for of in mart.tenants))
    shifts = [(of.tenant_id, figure) for of in mart.tenants for figure in of.shifts[:_LINES]]
    yield from _figures(report, "values", shifts, sum(len(of.shifts) for of in mart.tenants))
    yield from _examples(mart, report)


def _figures(
    report: Report, heading: str, found: Sequence[tuple[int, Figure]], count: int
) -> Iterator[str]:
    if not found:
        return
    yield ""
    rows = [
        (_tenant(report, of), _code(figure.column), figure.of or _NOTHING, *_sides(figure))
        for of, figure in found
    ]
    yield from _table(("tenant", "column", heading, "before", "after"), rows, 5, right=3)
    yield from _more(count - len(found))


def _examples(mart: MartDifference, report: Report) -> Iterator[str]:
    examples = [(of.tenant_id, example) for of in mart.tenants for example in of.examples]
    if not examples:
        return
    yield ""
    rows = [
        (
            _tenant(report, tenant_id),
            example.kind,
            _key(example),
            "<br>".join(map(_step, example.columns)),
        )
        for tenant_id, example in examples
    ]
    yield from _table(("tenant", "largest", "row", "columns"), rows, 4, right=4)


def _key(example: Example) -> str:
    return ", ".join(
        f"{name} {_cell(value)}" for name, value in example.key.items() if value is not None
    )


def _step(figure: Figure) -> str:
    was, now = _sides(figure)
    return f"{_code(figure.column)} {was} → {now}"


def _metrics(report: Report) -> Iterator[str]:
    if not (report.metrics or report.metrics_new or report.metrics_gone):
        return
    yield ""
    yield "### Metrics by month"
    yield ""
    for what, names in (("New", report.metrics_new), ("Gone", report.metrics_gone)):
        if names:
            yield f"- {what}: {', '.join(map(_code, names))}"
    if not report.metrics:
        return
    if report.metrics_new or report.metrics_gone:
        yield ""
    rows = [_metric_row(report, of) for of in report.metrics]
    yield from _table(
        ("tenant", "metric", "months", "most in", "before", "after"), rows, 6, right=2
    )


def _metric_row(report: Report, of: MetricDifference) -> tuple[str, ...]:
    most = of.examples[0]
    name = _code(of.metric) + (f" ({_cell(of.choice)})" if of.choice else "")
    return _tenant(report, of.tenant_id), name, str(of.months), most.of, *_sides(most)


def _table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], columns: int, *, right: int = 1
) -> Iterator[str]:
    """A table; its columns from `right` to `columns` hold numbers."""
    yield f"| {' | '.join(heads)} |"
    lines = ["--:" if right <= place < columns else "---" for place in range(len(heads))]
    yield f"|{'|'.join(lines)}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield ""
        yield f"{count} more in `--format json`."


def _most(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that differ most, in their order."""
    kept = sorted(figures, key=lambda of: -abs(_decimal(of.after) - _decimal(of.before)))[:_LINES]
    return [of for of in figures if of in kept]


def _decimal(text: str | None) -> Decimal:
    return Decimal(text or 0)


def _sides(figure: Figure) -> tuple[str, str]:
    return _number(figure.before), _number(figure.after)


def _number(text: str | None) -> str:
    """A number in groups of three digits, every digit of it; anything else as it is."""
    if text is None:
        return _NOTHING
    try:
        return f"{Decimal(text):,f}"
    except (InvalidOperation, ValueError):
        return _cell(text)


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _tenant(report: Report, tenant_id: int) -> str:
    return _cell(report.tenants.get(tenant_id, f"tenant {tenant_id}"))


def _code(text: str) -> str:
    return f"`{text}`"


def _cell(text: str | None) -> str:
    """A text within a table: nothing in it ends the cell or is a tag."""
    return " ".join(str(text or _NOTHING).split()).replace("|", "\\|").replace("<", "&lt;")
