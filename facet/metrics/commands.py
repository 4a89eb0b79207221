"""Commands of the package ``metrics``: what the numbers mean, and what they are."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, cast, get_args

import typer
from typer.core import TyperCommand

from facet.config import Settings

if TYPE_CHECKING:
    from facet.metrics.result import Result
    from facet.metrics.shop import Shop

#: Options that take several values, one after the other or with commas between.
_LISTS: Final = ("--by", "--where", "--order-by")
#: Where `mf` looks for it, from the project's folder.
_SEMANTIC_MANIFEST: Final = Path("target/semantic_manifest.json")
#: No row is as long.
_LONGEST: Final = 100_000

Tenant = Annotated[
    int | None, typer.Option(help="Whose; may be left out where the release has one tenant.")
]
Person = Annotated[
    str | None,
    typer.Option("--as", help="Address of a person whose rights hold; default: the operator's."),
]
Check = Annotated[bool, typer.Option("--check", help="Only tell whether it is current.")]
Language = Annotated[str | None, typer.Option(help="Of labels: en, vi; default: the tenant's.")]


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    metrics = typer.Typer(no_args_is_help=True, help="What the numbers mean, and what they are.")
    metrics.command("docs")(metric_docs)
    metrics.command("exposures")(metric_exposures)
    metrics.command("guard")(metric_guard)
    metrics.command("list")(metric_list)
    metrics.command("dimensions")(metric_dimensions)
    metrics.command("query", cls=_WithLists)(metric_query)
    app.add_typer(metrics, name="metrics")
    app.command("explain")(metric_explain)


class _WithLists(TyperCommand):
    """A command whose options of several values may be given once: ``--by month channel``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Repeat such an option before each of its values, and read the command line."""
        repeated: list[str] = []
        option: str | None = None
        for arg in args:
            if arg.startswith("--"):
                option = arg if arg in _LISTS else None
                repeated += [] if option else [arg]
            else:
                repeated += [option, arg] if option else [arg]
        return super().parse_args(ctx, repeated)


def metric_list(
    word: Annotated[
        str, typer.Argument(help="In their names, labels or definitions; default: all.")
    ] = "",
    tenant: Tenant = None,
    person: Person = None,
    language: Language = None,
) -> None:
    """List the metrics that may be asked for, with what they are called and mean."""
    shop = _shop(tenant, person, language)
    known = shop.view.language
    rows = [(m.name, m.label(known), m.kind, m.description(known)) for m in shop.metrics()]
    found = [row for row in rows if word.casefold() in " ".join(row).casefold()]
    _print_table(("metric", "label", "kind", "definition"), sorted(found))


def metric_dimensions(
    metrics: Annotated[list[str], typer.Argument(help="Metrics, by name.")],
    tenant: Tenant = None,
    person: Person = None,
    language: Language = None,
) -> None:
    """List what all of some metrics can be grouped by and narrowed to."""
    from facet.reporting.present.dimension_texts import dimension_label

    shop = _shop(tenant, person, language)
    found = shop.dimensions(*metrics)
    _print_table(
        ("dimension", "label"), [(name, dimension_label(shop.view, name)) for name in found]
    )


def metric_query(
    metrics: Annotated[list[str], typer.Argument(help="Metrics, by name.")],
    tenant: Tenant = None,
    by: Annotated[
        list[str] | None, typer.Option(help="Dimensions: month channel, in full or in short.")
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(help="NAME=VALUE; several of a name are alternatives, no value is none."),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            help="last_30_days, month_to_date, year_to_date, last_month, …: docs/asking.md has"
            " all; default: every day."
        ),
    ] = None,
    start: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.")
    ] = None,
    end: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day.")
    ] = None,
    compare: Annotated[
        str, typer.Option(help="year, weekday, event, before; needs a period.")
    ] = "none",
    order_by: Annotated[
        list[str] | None, typer.Option(help="Metrics or dimensions; - before one for descending.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many rows.")] = None,
    file_format: Annotated[
        Literal["table", "csv", "json", "arrow", "parquet"], typer.Option("--format")
    ] = "table",
    output: Annotated[Path | None, typer.Option(help="A file; default: standard output.")] = None,
    sql: Annotated[bool, typer.Option("--sql", help="Show the SQL instead of running it.")] = False,
    person: Person = None,
    language: Language = None,
) -> None:
    """Ask metrics of one tenant: the same numbers, and the same rights, as on the pages."""
    from facet.metrics.shop import Asked
    from facet.metrics.written import written_statement

    asked = Asked(
        metrics=metrics,
        by=_listed(by),
        where=[_condition(text) for text in where or ()],
        period=cast(Any, _one_of("--period", period, "period")),
        start=_day(start),
        end=_day(end),
        compare=cast(Any, _one_of("--compare", compare, "comparison")),
        order_by=_listed(order_by),
        limit=limit,
    )
    shop = _shop(tenant, person, language)
    if sql:
        typer.echo(written_statement(*shop.sql(asked)))
        return
    result = shop.ask(asked)
    if file_format == "table":
        _print_result(shop, result)
    elif output is not None:
        output.write_bytes(result.to_bytes(file_format))
        typer.echo(f"{output}: {len(result.rows)} rows")
    else:
        sys.stdout.buffer.write(result.to_bytes(file_format))
        sys.stdout.buffer.flush()


def metric_docs(check: Check = False) -> None:
    """Write docs/metrics.md from the definitions of the metrics."""
    from facet.reporting.documentation import PAGE, drifted, render

    _rendered(PAGE, drifted, render, check, "what the definitions say: run `facet metrics docs`")


def metric_exposures(check: Check = False) -> None:
    """Write models/exposures.yml: the pages for dbt, with the metrics and marts that they show."""
    from facet.metrics.exposures import FILE, drifted, render

    _rendered(FILE, drifted, render, check, "what pages show: run `facet metrics exposures`")


def _rendered(
    file: Path | str,
    drifted: Callable[[Path], bool],
    render: Callable[[Path], str],
    check: bool,
    what: str,
) -> None:
    """Write a file of the project as it must be; or only tell whether it is."""
    project_dir = Settings.from_environment().project_dir
    if check and drifted(project_dir):
        typer.echo(f"{file} is not {what}.", err=True)
        raise typer.Exit(1)
    if not check:
        (project_dir / file).write_text(render(project_dir), encoding="utf-8")
        typer.echo(f"{file} written.")


def metric_guard(
    manifest: Annotated[Path, typer.Argument(help="What dbt parse wrote.")] = _SEMANTIC_MANIFEST,
) -> None:
    """Have `mf` add no alternatives up: of attribution models, windows, goals, promotions."""
    from facet.metrics.alternatives import guard

    found = guard(manifest)
    typer.echo(f"{manifest}: {found} metrics add no alternatives up.")


def metric_explain(
    metric: Annotated[str, typer.Argument(help="Its name, as in docs/metrics.md.")],
    form: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
) -> None:
    """Tell where a number comes from: pages, definition, mart, models, operational columns."""
    from facet.metrics.explaining import explain
    from facet.metrics.written import written_explanation

    found = explain(Settings.from_environment(), metric)
    if form == "json":
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(written_explanation(found)))


def _shop(tenant: int | None, person: str | None, language: str | None) -> "Shop":
    from facet.metrics.shop import Shop
    from facet.reporting.present.languages import LANGUAGES

    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(f"one of {', '.join(LANGUAGES)}", param_hint="--language")
    return Shop.of(tenant, person=person, language=language, way="command")


def _listed(given: Sequence[str] | None) -> list[str]:
    return [name for text in given or () for name in text.split(",") if name]


def _condition(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise typer.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--where")
    return name.strip(), value


def _one_of(option: str, given: str | None, what: Literal["period", "comparison"]) -> str | None:
    from facet.reporting.present.filters import COMPARISONS
    from facet.reporting.query.periods import NamedPeriod

    options = get_args(NamedPeriod) if what == "period" else COMPARISONS
    if given is not None and given not in options:
        raise typer.BadParameter(f"one of {', '.join(options)}", param_hint=option)
    return given


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _print_result(shop: "Shop", result: "Result") -> None:
    """Rows for people, and below them what they are of."""
    from facet.metrics.written import about, written_rows

    _print_table([column.label for column in result.columns], written_rows(shop.view, result))
    for line in about(shop.view, result):
        typer.echo(line, err=True)


def _print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*headings, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*row)
    for column in table.columns:
        column.overflow = "fold"  # what is cut would hide figures
    # what goes to a file or another program has a line per row, however long
    width = None if sys.stdout.isatty() else _LONGEST
    Console(width=width, soft_wrap=width is not None, highlight=False, markup=False).print(table)
