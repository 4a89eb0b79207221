"""What people are told where the record of alerts cannot be written, as on a full disk.

Without the record nobody can be told of anything else, for it would be told with each check.
"""

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from facet.alerts.messages import send
from facet.alerts.record import FILE_NAME as RECORD
from facet.alerts.record import Alert, Kind
from facet.alerts.settings import AlertSettings, Rule
from facet.config import Settings

#: An empty file, for which a full disk has room, as old as the last message.
FILE_NAME: Final = "alerts.unrecorded"
_RULE: Final = Rule(
    name="alerts_unrecorded", owner="operations", severity="critical", thresholds={}
)


def tell(settings: Settings, rules: AlertSettings, error: Exception, *, now: datetime) -> None:
    """Tell everybody who gets alerts of all tenants; again when a reminder would be due."""
    file = settings.home / FILE_NAME
    told_at = _told_at(file)
    if told_at is not None and now - told_at < rules.resend_after:
        return
    alert = Alert(
        id=0,
        rule=_RULE.name,
        tenant_id=None,
        subject="",
        values={"file": str(settings.home / RECORD), "reason": str(error)},
        began_at=told_at or now,
        ended_at=None,
    )
    kind: Kind = "firing" if told_at is None else "reminder"
    errors = [
        send(recipient, _RULE, kind, [alert])
        for recipient in rules.recipients
        if recipient.tenants is None
    ]
    if None in errors:
        with suppress(OSError):
            file.touch(mode=0o600)
            os.utime(file, (now.timestamp(), now.timestamp()))


def forget(settings: Settings) -> None:
    """It can be written again."""
    with suppress(OSError):
        (settings.home / FILE_NAME).unlink(missing_ok=True)


def _told_at(file: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return None
