"""Commands of the package ``api``: ``facet token``, ``facet api`` and ``facet mcp``."""

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from facet.config import Settings
from facet.errors import ConfigurationError

if TYPE_CHECKING:
    from facet.api.tokens import Token

_TOKEN: Final = "FACET_TOKEN"

Tenant = Annotated[int, typer.Option(help="Whose numbers.")]
PerMinute = Annotated[int, typer.Option(min=1, help="How often a token may ask in a minute.")]


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    tokens = typer.Typer(no_args_is_help=True, help="Tokens by which programs ask metrics.")
    tokens.command("create")(token_create)
    tokens.command("list")(token_list)
    tokens.command("revoke")(token_revoke)
    app.add_typer(tokens, name="token")
    app.command("api")(api)
    app.command("mcp")(mcp)


def token_create(
    tenant: Tenant,
    person: Annotated[
        str | None, typer.Option(help="Address of a person, whose rights hold at each use.")
    ] = None,
    service: Annotated[str | None, typer.Option(help="Name of a program, instead.")] = None,
    permission: Annotated[
        list[str] | None, typer.Option(help="What the program may: facet.sales; several times.")
    ] = None,
    days: Annotated[int, typer.Option(help="How long it is good: up to 366.")] = 90,
) -> None:
    """Make a token; it is shown once, and kept nowhere."""
    from facet.api.issuing import issue_to_person, issue_to_service

    settings = Settings.from_environment()
    if (person is None) == (service is None):
        raise typer.BadParameter("say either --person or --service")
    if person is not None:
        if permission:
            raise typer.BadParameter("a person's are the CRM's", param_hint="--permission")
        issued = issue_to_person(settings, tenant_id=tenant, address=person, days=days)
    else:
        permissions = frozenset(permission or ())
        issued = issue_to_service(
            settings, tenant_id=tenant, name=str(service), permissions=permissions, days=days
        )
    token = issued.token
    typer.echo(f"Token {token.id} of {token.name}, good until {_day(token.expires_at)}:", err=True)
    typer.echo(issued.text)


def token_list(
    tenant: Annotated[int | None, typer.Option(help="Of one tenant alone.")] = None,
) -> None:
    """List the tokens that were made, with when they end and were last used."""
    from rich.console import Console
    from rich.table import Table

    from facet.api.tokens import Tokens

    headings = ("token", "tenant", "whose", "may", "until", "state", "last used")
    table = Table(*headings, box=None, header_style="bold", pad_edge=False)
    for token in Tokens.of(Settings.from_environment()).all(tenant):
        table.add_row(*_told(token))
    Console(soft_wrap=True, highlight=False, markup=False).print(table)


def token_revoke(
    token: Annotated[int, typer.Argument(help="As `facet token list` has it.")],
) -> None:
    """End a token at once."""
    from facet.api.issuing import revoke

    ended = revoke(Settings.from_environment(), token)
    typer.echo(f"Token {ended.id} of {ended.name}: it opens nothing any more.")


def api(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8503,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    per_minute: PerMinute = 60,
) -> None:
    """Serve metrics over HTTP until Ctrl-C; a proxy before it brings TLS."""
    from facet.api.server import serve

    typer.echo(f"Metrics on http://{host}:{port}/v1/ – Ctrl-C stops it.", err=True)
    serve(Settings.from_environment(), (host, port), per_minute=per_minute)


def mcp(
    tenant: Annotated[int | None, typer.Option(help="Whose numbers, with --as.")] = None,
    person: Annotated[
        str | None,
        typer.Option("--as", help="Address of the person; default: whose FACET_TOKEN it is."),
    ] = None,
    language: Annotated[str | None, typer.Option(help="Of labels; default: the tenant's.")] = None,
    per_minute: PerMinute = 60,
) -> None:
    """Answer an assistant over standard input and output (Model Context Protocol)."""
    from facet.api.assistant import assistant_server
    from facet.api.door import Door, Visitor
    from facet.reporting.present.languages import LANGUAGES

    token = os.environ.get(_TOKEN)
    if (person is None) != (tenant is None) or (person is None and not token):
        raise ConfigurationError(
            "Nobody asks",
            why=f"There is neither {_TOKEN} nor --as with --tenant.",
            next_step=f"Set {_TOKEN} to a token of `facet token create`.",
        )
    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(f"one of {', '.join(LANGUAGES)}", param_hint="--language")
    door = Door(Settings.from_environment(), way="mcp", per_minute=per_minute)

    def enter() -> Visitor:
        if person is not None and tenant is not None:
            return door.by_address(person, tenant)
        return door.by_token(token, place="here")

    assistant_server(door, enter, language).run("stdio")


def _told(token: "Token") -> tuple[str, ...]:
    now = datetime.now(UTC)
    state = "revoked" if token.revoked_at else "expired" if token.expires_at <= now else "good"
    may = ", ".join(sorted(token.permissions)) if token.user_id is None else "as in the CRM"
    used = _day(token.used_at) if token.used_at else "never"
    return str(token.id), str(token.tenant_id), token.name, may, _day(token.expires_at), state, used


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
