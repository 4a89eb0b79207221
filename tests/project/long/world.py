"""Facet on its own, in simulated time: the schedule, what it starts, and everything around it.

The clock is moved from one thing that is due to the next; what is started then is a real process,
which takes `FACET_AS_OF` for now and ends before the clock moves on.
"""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import yaml

from facet.config import Settings
from facet.operational import create, embedded
from facet.schedule.process import PROGRAM
from facet.schedule.scheduler import Scheduler
from facet.schedule.settings import schedule_settings
from tests.facet.alerts.webhook import Webhook, serving
from tests.facet.reports.mailbox import Mailbox, mailbox

_KINDS: Final = {"Still": "reminder", "Resolved": "resolved"}
_LIMITED: Final = ("bash", "-c", 'ulimit -f "$0"; exec "$@"')


class Database:
    """A PostgreSQL of its own that can be stopped and started again."""

    def __init__(self, home: Path) -> None:
        self._settings = Settings(home=home)
        self._running = ExitStack()
        self.is_running = False
        self.start()
        create(self.url)

    def start(self) -> None:
        """Start it; its address stays the same."""
        self.url = self._running.enter_context(embedded(self._settings))
        self.is_running = True

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        self._running.close()
        self.is_running = False


@dataclass
class World:
    """A home with its schedule at a simulated moment, and who hears of it.

    ``after_tick`` is called when all that was due at a moment has been done.
    """

    settings: Settings
    now: datetime
    database: Database
    webhook: Webhook
    alert_mails: Mailbox
    report_mails: Mailbox
    after_tick: Callable[[], None] = lambda: None
    #: Bytes that a file may have, for all that is started; as on a disk that is full.
    disk_limit: int | None = None
    #: Seconds after which the next run is killed.
    kill_after: float | None = None
    #: When what was sent, to whom.
    alerts: list[tuple[datetime, str, str, str]] = field(default_factory=list)
    #: The process of a run, and when it was started.
    _run: int = 0
    _started: float = 0

    def __post_init__(self) -> None:
        self.scheduler = Scheduler(
            self.settings,
            schedule_settings(self.settings),
            started_at=self.now,
            log=self._hear,
        )

    def live(self, until: datetime) -> None:
        """Do all that is due up to a moment."""
        while (due := self.scheduler.wake_at(self.now)) <= until:
            self.now = due
            self._tick()
        self.now = until

    def _tick(self) -> None:
        os.environ["FACET_AS_OF"] = self.now.isoformat()
        limit = () if self.disk_limit is None else (*_LIMITED, str(self.disk_limit // 1024))
        self.scheduler.program = (*limit, *PROGRAM)
        self.scheduler.tick(self.now)
        while not self.scheduler.is_idle:
            time.sleep(0.05)
            self._kill_if_it_is_time()
            self.scheduler.tick(self.now)
        self._collect_alerts()
        self.after_tick()

    def _hear(self, line: str) -> None:
        print(f"{self.now:%m-%d %H:%M:%S} {line}", flush=True)
        if started := re.fullmatch(r"run: started, process (\d+)", line):
            self._run, self._started = int(started[1]), time.monotonic()
        elif line.startswith("run: "):
            self._run = 0

    def _kill_if_it_is_time(self) -> None:
        is_set = self._run and self.kill_after is not None
        if is_set and time.monotonic() - self._started > (self.kill_after or 0):
            os.killpg(self._run, signal.SIGKILL)
            self.kill_after = None

    def _collect_alerts(self) -> None:
        """What has arrived since the last time, as recipient, kind and rule."""
        for path, body in self.webhook.received:
            self._add_alert(path.removeprefix("/"), body["title"], body["message"])
        for mail, to in zip(self.alert_mails.mails, self.alert_mails.recipients, strict=True):
            text = mail.get_content()
            self._add_alert(to[0].partition("@")[0], str(mail["subject"]), text)
        for arrived in (self.webhook.received, self.alert_mails.mails, self.alert_mails.recipients):
            arrived.clear()

    def _add_alert(self, recipient: str, title: str, text: str) -> None:
        kind = _KINDS.get(title.partition(": ")[0], "firing")
        rule = text.strip().splitlines()[-1].split(" · ")[1]
        self.alerts.append((self.now, recipient, kind, rule))


@contextmanager
def world(folder: Path, now: datetime, files: dict[str, dict[str, Any]]) -> Iterator[World]:
    """A world in a folder, whose home has these files; ``<…>`` in them is filled in."""
    with serving() as webhook, mailbox() as alert_mails, mailbox() as report_mails:
        database = Database(folder / "database")
        environment = {
            "FACET_HOME": str(folder / "home"),
            "FACET_OPERATIONAL_URL": database.url,
            "FACET_SMTP_URL": f"smtp://127.0.0.1:{report_mails.port}",
            "FACET_MAIL_FROM": "Facet <reports@facet.example>",
        }
        before = dict(os.environ)
        os.environ.update(environment)
        try:
            settings = Settings.from_environment()
            settings.create_home()
            for name, content in files.items():
                text = yaml.safe_dump(content, allow_unicode=True)
                addresses = {"webhook": webhook.port, "mail": alert_mails.port, "folder": folder}
                for key, value in addresses.items():
                    text = text.replace(f"<{key}>", str(value))
                (settings.home / name).write_text(text, encoding="utf-8")
            yield World(settings, now, database, webhook, alert_mails, report_mails)
        finally:
            os.environ.clear()
            os.environ.update(before)
            database.stop()
