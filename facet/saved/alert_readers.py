"""Alerts that people have themselves sent by mail."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from facet.config import Settings
from facet.saved.file import OfUser, now, path_of, saved_file


@dataclass(frozen=True, kw_only=True)
class AlertReader:
    """Somebody who is sent alerts of their tenant.

    Args:
        tenant_id: whose alerts.
        user_id: who chose them; what they may know is looked up at each check.
        recipient: the address that their sign-in vouched for.
        rules: by name.
        language: that they read.
        time_zone: of their clocks; None: what alerts.yml says.
    """

    tenant_id: int
    user_id: int
    recipient: str
    rules: frozenset[str]
    language: str
    time_zone: str | None


class ChosenAlerts(OfUser):
    """The rules whose alerts one user of a tenant is sent."""

    def rules(self) -> frozenset[str]:
        """Their names.

        Raises:
            SavedError: the file cannot be read.
        """
        if not self.path.exists():
            return frozenset()
        with saved_file(self.path) as file:
            row = file.execute(
                "select rules from alert_readers where tenant_id = ? and user_id = ?",
                [self.tenant_id, self.user_id],
            ).fetchone()
        return frozenset(json.loads(row[0])) if row else frozenset()

    def choose(
        self, rules: Collection[str], *, recipient: str, language: str, time_zone: str | None
    ) -> None:
        """Be sent alerts of these rules from now on, and of no others.

        Raises:
            SavedError: the file cannot be written.
        """
        who = [self.tenant_id, self.user_id]
        with saved_file(self.path) as file:
            file.execute("delete from alert_readers where tenant_id = ? and user_id = ?", who)
            if rules:
                file.execute(
                    "insert into alert_readers values (?, ?, ?, ?, ?, ?, ?)",
                    [*who, recipient, json.dumps(sorted(rules)), language, time_zone, now()],
                )


def every_alert_reader(settings: Settings) -> tuple[AlertReader, ...]:
    """Everybody who chose alerts, for who sends them.

    Raises:
        SavedError: the file cannot be read.
    """
    path = path_of(settings)
    if not path.exists():
        return ()
    with saved_file(path) as file:
        rows = file.execute(
            "select tenant_id, user_id, recipient, rules, language, time_zone from alert_readers"
            " order by tenant_id, user_id"
        ).fetchall()
    return tuple(
        AlertReader(
            tenant_id=tenant_id,
            user_id=user_id,
            recipient=recipient,
            rules=frozenset(json.loads(rules)),
            language=language,
            time_zone=time_zone,
        )
        for tenant_id, user_id, recipient, rules, language, time_zone in rows
    )
