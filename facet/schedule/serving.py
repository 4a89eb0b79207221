"""Running the schedule until it is stopped."""

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from facet.config import Settings
from facet.errors import BusyError
from facet.lock import exclusive
from facet.schedule.process import PROGRAM
from facet.schedule.scheduler import Scheduler
from facet.schedule.settings import schedule_settings

#: How often running processes are looked at.
_POLL: Final = timedelta(seconds=0.2)
#: And the clock, which may be changed: so often in any case.
_LONGEST: Final = timedelta(seconds=30)
_TERMINATION_GRACE: Final = timedelta(seconds=10)


class _Stop:
    """Whether to stop: after a first signal; and whether at once: after a second."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self.is_urgent = False

    def __call__(self, *_: Any) -> None:
        self.is_urgent = self._event.is_set()
        self._event.set()

    def __bool__(self) -> bool:
        return self._event.is_set()

    def wait(self, time: timedelta) -> None:
        """Wait for so long, or until a first signal."""
        self._event.wait(max(time.total_seconds(), 0))


def serve(
    settings: Settings,
    *,
    program: Sequence[str] = PROGRAM,
    log: Callable[[str], None] = print,
) -> None:
    """Start jobs at their times until SIGTERM or SIGINT.

    Then nothing is started any more. What runs may end, for as long as the settings say; a second
    signal, or the end of that time, asks it to, and who does not is ended.

    Raises:
        ConfigurationError: ``schedule.yml`` says something that cannot be.
        BusyError: another process runs the schedule of this home.
    """
    schedule = schedule_settings(settings)
    with _exclusive(settings), _signals() as stop:
        scheduler = Scheduler(
            settings, schedule, started_at=datetime.now(UTC), program=program, log=log
        )
        log(f"The schedule runs: {', '.join(schedule.jobs)}")
        while not stop:
            now = datetime.now(UTC)
            scheduler.tick(now)
            longest = _LONGEST if scheduler.is_idle else _POLL
            stop.wait(min(scheduler.wake_at(now) - datetime.now(UTC), longest))
        log("The schedule stops" + ("" if scheduler.is_idle else " when its jobs have ended"))
        _let_end(scheduler, stop, datetime.now(UTC) + schedule.stop_after)


def _let_end(scheduler: Scheduler, stop: _Stop, until: datetime) -> None:
    _collect(scheduler, lambda: stop.is_urgent or datetime.now(UTC) >= until)
    scheduler.stop(datetime.now(UTC))
    ended_by = datetime.now(UTC) + _TERMINATION_GRACE
    _collect(scheduler, lambda: datetime.now(UTC) >= ended_by)
    scheduler.stop(datetime.now(UTC), at_once=True)
    _collect(scheduler, lambda: False)


def _collect(scheduler: Scheduler, is_over: Callable[[], bool]) -> None:
    """Wait for processes to end, until that is over."""
    pause = threading.Event()
    while not scheduler.is_idle and not is_over():
        pause.wait(_POLL.total_seconds())
        scheduler.collect(datetime.now(UTC))


@contextmanager
def _signals() -> Iterator[_Stop]:
    """Have SIGTERM and SIGINT set the answer, also where whoever started us had them ignored."""
    stop = _Stop()
    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _exclusive(settings: Settings) -> Iterator[None]:
    settings.create_home()
    with exclusive(
        settings.home / "schedule.lock",
        lambda: BusyError(
            "The schedule runs already",
            why=f"Another process runs that of {settings.home}.",
            next_step="Leave it to that one, or end it first.",
        ),
    ):
        yield
