"""Commands of the package ``alerts``: ``facet alerts check``, ``test`` and ``list``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from facet.config import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from facet.alerts.record import Alert, Sending
    from facet.alerts.settings import AlertSettings

_commands = typer.Typer(
    no_args_is_help=True, help="States that need somebody, and messages about them."
)


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    app.add_typer(_commands, name="alerts")


@_commands.command("check")
def check_command() -> None:
    """Evaluate every rule, and send recipients the messages that are due."""
    from facet.alerts.checking import check
    from facet.errors import AlertError

    checked = check(Settings.from_environment())
    for line in (*_open_lines(checked.open_alerts), *_sending_lines(checked.sendings)):
        typer.echo(line)
    for unseen in checked.unevaluated:
        if unseen.tenant_id is not None:  # without a release data_stale is open
            line = f"· {unseen.rule} of tenant {unseen.tenant_id} was not evaluated"
            typer.echo(f"{line}: {unseen.reason}", err=True)
    if checked.unsent:
        first = checked.unsent[0]
        raise AlertError(
            f"{first.recipient} was not notified",
            why=str(first.error),
            next_step="Correct the recipient in alerts.yml and try `facet alerts test`; what was"
            " not accepted is sent with the next check.",
        )


@_commands.command("test")
def reach_command(
    recipient: Annotated[
        str | None, typer.Argument(help="One recipient of alerts.yml; all where it is left out.")
    ] = None,
) -> None:
    """Send recipients a message that says that they can be reached."""
    from facet.alerts.checking import send_test
    from facet.errors import AlertError, ConfigurationError

    sendings = send_test(Settings.from_environment(), only=recipient)
    if not sendings:
        raise ConfigurationError(
            f"No recipient {recipient}" if recipient else "No recipients",
            why="alerts.yml in FACET_HOME does not name any such.",
            next_step="Add one as docs/alerts.md shows.",
        )
    for line in _sending_lines(sendings):
        typer.echo(line)
    unsent = [one for one in sendings if one.error is not None]
    if unsent:
        raise AlertError(
            f"{unsent[0].recipient} cannot be reached",
            why=str(unsent[0].error),
            next_step="Correct the recipient's url in alerts.yml, and try it again.",
        )


@_commands.command("list")
def list_command() -> None:
    """Show open alerts, rules with their thresholds, and recipients."""
    from facet.alerts.record import AlertRecord
    from facet.alerts.settings import alert_settings

    settings = Settings.from_environment()
    rules = alert_settings(settings)
    with AlertRecord.of(settings) as record:
        open_alerts = [alert for alert in record.alerts() if alert.ended_at is None]
    for line in (*_open_lines(open_alerts), "", *_rule_lines(rules), "", *_recipient_lines(rules)):
        typer.echo(line)


def _open_lines(alerts: Iterable[Alert]) -> Iterator[str]:
    lines = [
        f"! {alert.began_at:%Y-%m-%d %H:%M} UTC  {alert.rule}"
        + (f"  {alert.values['tenant']}" if "tenant" in alert.values else "")
        + (f"  {alert.subject}" if alert.subject else "")
        for alert in alerts
    ]
    yield from lines or ["No open alerts."]


def _sending_lines(sendings: Iterable[Sending]) -> Iterator[str]:
    messages = Counter((one.recipient, one.kind, one.error) for one in sendings)
    for (recipient, kind, error), count in messages.items():
        outcome = "sent" if error is None else f"not sent: {error}"
        yield f"  {recipient}: {count} {kind}, {outcome}"


def _rule_lines(rules: AlertSettings) -> Iterator[str]:
    for rule in rules.rules.values():
        thresholds = ", ".join(f"{name} {value}" for name, value in rule.thresholds.items())
        yield f"{rule.name:<20} {rule.severity:<8} {rule.owner:<10} {thresholds}"


def _recipient_lines(rules: AlertSettings) -> Iterator[str]:
    if not rules.recipients:
        yield "No recipients: alerts.yml names none."
    for one in rules.recipients:
        whose = (
            "all tenants" if one.tenants is None else f"tenants {', '.join(map(str, one.tenants))}"
        )
        yield (
            f"{one.name}: {one.channel.scheme}, {one.language}, {', '.join(one.owners)}, {whose},"
            f" from {one.least}"
        )
