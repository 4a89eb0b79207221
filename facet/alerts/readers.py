"""People who chose alerts on a page, as recipients: by mail, with the rights of this moment."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from facet.alerts.settings import SEVERITIES, AlertSettings, Recipient, Severity
from facet.config import Settings
from facet.errors import DeliveryError, FacetError
from facet.mail_delivery import POLICY, deliver, mail_server
from facet.one_line import in_a_line
from facet.release import Release, current
from facet.reporting.identity.identity import Principal, recipient_of
from facet.reporting.present.alerts import PERMISSION_OF
from facet.reporting.present.languages import DEFAULT, LANGUAGES
from facet.rights.document import Rights, rights_of
from facet.rights.keys import secret_of
from facet.saved.alert_readers import AlertReader, every_alert_reader


@dataclass(frozen=True)
class MailToReader:
    """Mails to somebody at their address."""

    settings: Settings
    recipient: str
    name: str
    scheme: str = "mail"

    def send(
        self, *, title: str, body: str, severity: Severity, is_resolved: bool = False
    ) -> str | None:
        """Send a message; returns None where it was accepted, else why not, without an address."""
        message = EmailMessage(policy=POLICY)
        message["From"] = self.settings.mail_from or ""
        message["To"] = Address(in_a_line(self.name), addr_spec=self.recipient)
        message["Subject"] = in_a_line(title)
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(f"{body}\n")
        try:
            with mail_server(self.settings) as server:
                deliver(self.settings, server, message)
        except FacetError as error:
            return error.why if isinstance(error, DeliveryError) else str(error)
        return None


def readers(settings: Settings, rules: AlertSettings) -> tuple[Recipient, ...]:
    """Those who chose alerts and may still know of them, each of their own tenant's alone.

    Raises:
        FacetError: who chose what, or who may see what, is not known; or nothing is served.
    """
    chosen = every_alert_reader(settings)
    if not chosen:
        return ()
    release = current(settings.releases_dir)
    rights, secret = rights_of(release.directory, settings), secret_of(settings)
    found = []
    for reader in chosen:
        principal = _principal(reader, rights, secret, release)
        if principal is None:
            continue
        found.append(
            Recipient(
                name=f"user {reader.user_id} of tenant {reader.tenant_id}",
                channel=MailToReader(settings, reader.recipient, principal.full_name),
                language=reader.language if reader.language in LANGUAGES else DEFAULT,
                owners=(),
                rules=frozenset(
                    name
                    for name in reader.rules & PERMISSION_OF.keys()
                    if principal.may(PERMISSION_OF[name])
                ),
                tenants=(reader.tenant_id,),
                least=SEVERITIES[-1],
                time_zone=reader.time_zone or rules.time_zone,
                quiet_hours=rules.quiet_hours,
            )
        )
    return tuple(found)


def _principal(
    reader: AlertReader, rights: Rights, secret: bytes, release: Release
) -> Principal | None:
    """Who chose, if the address is still theirs and the shop lets them in."""
    found = recipient_of(reader.recipient, rights, secret, release, tenant_id=reader.tenant_id)
    return found if isinstance(found, Principal) and found.user_id == reader.user_id else None
