"""Commands of the package ``scaffold``: ``facet new mart|metric|page|source``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from facet.scaffold.drafts import Draft

_commands = typer.Typer(
    no_args_is_help=True, help="Begin a mart, a metric, a page or an operational table."
)

En = Annotated[str, typer.Option(help="What it is called, in English.")]
Vi = Annotated[str, typer.Option(help="What it is called, in Vietnamese.")]
Permission = Annotated[str, typer.Option(help="The code of who may see it.")]


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    app.add_typer(_commands, name="new")


@_commands.command("mart")
def mart_command(
    name: Annotated[str, typer.Argument(help="fct_<events>, dim_<entities>, rpt_<question>.")],
    area: Annotated[str, typer.Option(help="The folder under models/marts.")],
    reads: Annotated[str, typer.Option(help="The mart or intermediate model that it reads.")],
    key: Annotated[list[str], typer.Option(help="Its key beside tenant_id; may be repeated.")],
    day: Annotated[str, typer.Option(help="The column of the day that its metric goes by.")],
    row: Annotated[str, typer.Option(help="What a row is, as: delivery.")],
    en: En,
    vi: Vi,
    permission: Permission = "facet.sales",
) -> None:
    """Write a mart with contract, grain and unit test, a count of its rows as metric, an oracle."""
    from facet.config import PROJECT_DIR
    from facet.scaffold.mart import draft_mart

    _write(
        draft_mart(
            PROJECT_DIR, name, area=area, reads=reads, keys=key, day=day, row=row,
            english=en, vietnamese=vi, permission=permission,
        )
    )  # fmt: skip


@_commands.command("metric")
def metric_command(
    name: Annotated[str, typer.Argument(help="As net_sales: words of docs/glossary.md.")],
    en: En,
    vi: Vi,
    of: Annotated[str | None, typer.Option(help="The mart whose rows it counts.")] = None,
    sum: Annotated[str | None, typer.Option(help="The column of it that it adds up.")] = None,
    divide: Annotated[
        tuple[str, str] | None, typer.Option(help="The metric that it divides, and by which.")
    ] = None,
) -> None:
    """Write a metric of a mart (--of, --sum) or of two metrics (--divide), and its oracle."""
    from facet.config import PROJECT_DIR
    from facet.scaffold.metric import draft_ratio, draft_sum

    if (of is None) is (divide is None):
        raise typer.BadParameter("Say either --of MART or --divide METRIC METRIC.")
    if divide is not None:
        part, whole = divide
        _write(draft_ratio(PROJECT_DIR, name, part=part, whole=whole, english=en, vietnamese=vi))
    elif of is not None:
        _write(draft_sum(PROJECT_DIR, name, mart=of, column=sum, english=en, vietnamese=vi))


@_commands.command("page")
def page_command(
    name: Annotated[str, typer.Argument(help="As it stands in the address.")],
    metric: Annotated[list[str], typer.Option(help="A tile's metric; the first is drawn.")],
    en: En,
    vi: Vi,
    about_en: Annotated[str, typer.Option(help="What it is, a sentence in English.")],
    about_vi: Annotated[str, typer.Option(help="The same in Vietnamese.")],
    section: Annotated[str, typer.Option(help="sales, marketing, work or company.")] = "sales",
    icon: Annotated[str, typer.Option(help="A name among Material Symbols.")] = "monitoring",
    permission: Permission = "facet.sales",
    after: Annotated[str, typer.Option(help="The page that it follows in the menu.")] = "sales",
) -> None:
    """Write a page of tiles, trend, orders and table in two languages, and its test."""
    from facet.config import PROJECT_DIR
    from facet.scaffold.page import draft_page

    _write(
        draft_page(
            PROJECT_DIR, name, shown=metric, section=section, icon=icon, permission=permission,
            after=after, english=en, vietnamese=vi,
            about_english=about_en, about_vietnamese=about_vi,
        )
    )  # fmt: skip


@_commands.command("source")
def source_command(
    table: Annotated[str, typer.Argument(help="Its name in PostgreSQL; it must be there.")],
    domain: Annotated[str, typer.Option(help="The source that it belongs to, as: orders.")],
    entity: Annotated[str, typer.Option(help="What a row is called, as: claim.")],
    model: Annotated[str, typer.Option(help="What its rows are called, as: claims.")],
    personal: Annotated[
        str, typer.Option(help="Columns that say something of a person, parted by commas; none.")
    ],
    named_in: Annotated[str, typer.Option(help="Where the schema's document has it.")] = "ERD",
) -> None:
    """Declare an operational table, list it and render its staging model."""
    from facet.config import PROJECT_DIR, Settings
    from facet.operational.server import operational_url
    from facet.scaffold.source import draft_source

    settings = Settings.from_environment()
    with operational_url(settings) as url:
        draft = draft_source(
            PROJECT_DIR, table, url=url, schema=settings.operational_schema, domain=domain,
            entity=entity, model=model, named_in=named_in,
            personal=[] if personal == "none" else [name.strip() for name in personal.split(",")],
        )  # fmt: skip
    _write(draft)


def _write(draft: Draft) -> None:
    """Write a draft and what is rendered from it; say what is left."""
    from facet.config import PROJECT_DIR
    from facet.reporting import documentation
    from facet.scaffold.drafts import write
    from facet.staging import write as render_staging

    write(PROJECT_DIR, draft)
    rendered = [drift.path.relative_to(PROJECT_DIR) for drift in render_staging(PROJECT_DIR)]
    from facet.metrics import exposures  # it reads the pages' records, a new one's too

    for path, of in ((Path(documentation.PAGE), documentation), (exposures.FILE, exposures)):
        if of.drifted(PROJECT_DIR):
            (PROJECT_DIR / path).write_text(of.render(PROJECT_DIR), encoding="utf-8")
            rendered.append(path)
    for verb, paths in (
        ("wrote", draft.new),
        ("changed", draft.changed),
        ("rendered", dict.fromkeys(rendered)),
    ):
        for path in paths:
            typer.echo(f"{verb:10}{path}")
    typer.echo("\nLeft to write:")
    for number, sentence in enumerate(draft.left, start=1):
        typer.echo(f"{number:3}. {sentence}")
