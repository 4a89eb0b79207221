"""What is started, tried again, ended and recorded at a moment; it knows no clock of its own."""

from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from facet.config import Settings
from facet.errors import BusyError, OperationalError
from facet.schedule.history import JobReport, Outcome, record, reports
from facet.schedule.process import PROGRAM, Process
from facet.schedule.settings import Job, ScheduleSettings

#: Exit codes of what may pass: the database cannot be reached, somebody else holds the lock. A full
#: disk, a model that does not build or a wrong setting is no better in a minute.
TRANSIENT: Final = frozenset({OperationalError.exit_code, BusyError.exit_code})
#: How long a process that was asked to end may take for it.
_TERMINATION_GRACE: Final = timedelta(seconds=10)
_MOMENT: Final = timedelta(microseconds=1)
#: What starts later was missed.
_PUNCTUAL: Final = timedelta(minutes=2)
#: So many keys of each job are remembered, against one that comes twice.
_KEYS: Final = 100


@dataclass(kw_only=True)
class _Occurrence:
    """One time that a job is due: its process, or the moment at which it is tried again."""

    job: Job
    key: str
    due_at: datetime
    started_at: datetime
    attempts: int = 0
    process: Process | None = None
    retry_at: datetime | None = None
    #: When the process has run for too long; then, when it is ended for good.
    limit_at: datetime
    is_overdue: bool = False
    is_stopped: bool = False


@dataclass
class Scheduler:
    """The jobs of a home, as they run.

    `program` is what commands are given to, `log` is called with what happens.
    """

    settings: Settings
    schedule: ScheduleSettings
    started_at: datetime
    program: Sequence[str] = PROGRAM
    log: Callable[[str], None] = print
    _current: dict[str, _Occurrence] = field(default_factory=dict)
    _last_due: dict[str, datetime] = field(default_factory=dict)
    _keys: Mapping[str, deque[str]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=_KEYS))
    )

    def __post_init__(self) -> None:
        for one in reports(self.settings):
            if one.key and one.outcome == "stopped":
                self._last_due[one.job] = one.due_at - _MOMENT  # so that it is due again
            elif one.key:
                self._last_due[one.job] = one.due_at
                self._keys[one.job].append(one.key)

    @property
    def is_idle(self) -> bool:
        """Whether no process runs."""
        return not any(occurrence.process for occurrence in self._current.values())

    def tick(self, now: datetime) -> None:
        """Do all that is to be done at a moment: collect what has ended, try again, start."""
        for occurrence in list(self._current.values()):
            if occurrence.process is not None:
                self._poll(occurrence, occurrence.process, now)
        for occurrence in list(self._current.values()):
            if occurrence.retry_at is not None and occurrence.retry_at <= now:
                self._start(occurrence, now)
        for job in self.schedule.jobs.values():
            self._start_if_due(job, now)

    def wake_at(self, now: datetime) -> datetime:
        """When the next thing is to be done, but for the end of a process."""
        moments = [
            occurrence.retry_at
            for occurrence in self._current.values()
            if occurrence.retry_at is not None
        ]
        moments += [job.cron.after(now) for job in self.schedule.jobs.values() if job.cron]
        return min(moments, default=now + timedelta(minutes=1))

    def stop(self, now: datetime, *, at_once: bool = False) -> None:
        """Ask all processes to end, or end them; what waits to be tried again is given up."""
        for occurrence in list(self._current.values()):
            occurrence.is_stopped = True
            if occurrence.process is None:
                self._finish(occurrence, now, "stopped")
            else:
                occurrence.process.end(at_once=at_once)

    def collect(self, now: datetime) -> None:
        """Record what has ended, and start nothing."""
        for occurrence in list(self._current.values()):
            if occurrence.process is not None:
                occurrence.is_stopped = True
                self._poll(occurrence, occurrence.process, now)

    def _start_if_due(self, job: Job, now: datetime) -> None:
        if job.cron is None:
            return
        last = self._last_due.get(job.name, self.started_at)
        if last > now:  # the clock ran ahead: nothing would be due until it is that late again
            last = self._last_due[job.name] = now - _MOMENT
        due = job.cron.latest(after=last, until=now)
        if due is None:
            return
        self._last_due[job.name] = due
        key = job.cron.key(due)
        is_missed = now - due > _PUNCTUAL and not job.catch_up
        if key in self._keys[job.name] or is_missed:
            return
        self._keys[job.name].append(key)
        running = self._current.get(job.name)
        if running is not None and running.process is not None:
            self.log(f"{job.name}: skipped, it is still running since {_clock(running.started_at)}")
            skipped = _Occurrence(job=job, key=key, due_at=due, started_at=now, limit_at=now)
            self._record(skipped, now, "skipped")
            return
        if running is not None:
            self._finish(running, now, "failed")  # this is its next try
        self._start(self._new(job, key, due, now), now)

    def _new(self, job: Job, key: str, due: datetime, now: datetime) -> _Occurrence:
        occurrence = _Occurrence(job=job, key=key, due_at=due, started_at=now, limit_at=now)
        self._current[job.name] = occurrence
        return occurrence

    def _start(self, occurrence: _Occurrence, now: datetime) -> None:
        occurrence.attempts += 1
        occurrence.retry_at, occurrence.limit_at = None, now + occurrence.job.limit
        try:
            occurrence.process = Process(self.program, occurrence.job.command)
        except OSError as error:  # no room for what it prints, no memory for it
            self._finish(occurrence, now, "failed", output=str(error))
            return
        self.log(f"{occurrence.job.name}: started, process {occurrence.process.pid}")

    def _poll(self, occurrence: _Occurrence, process: Process, now: datetime) -> None:
        """Look at a running process: it has ended, has run too long, or runs."""
        code = process.exit_code()
        if code is not None:
            self._ended(occurrence, process, code, now)
        elif now >= occurrence.limit_at and not occurrence.is_stopped:
            process.end(at_once=occurrence.is_overdue)
            occurrence.is_overdue, occurrence.limit_at = True, now + _TERMINATION_GRACE

    def _ended(self, occurrence: _Occurrence, process: Process, code: int, now: datetime) -> None:
        output = process.output() if code else ""
        occurrence.process = None
        outcome: Outcome = "succeeded" if code == 0 else "failed"
        if occurrence.is_overdue:
            outcome = "timed_out"
        elif occurrence.is_stopped and code < 0:
            outcome = "stopped"
        elif (code in TRANSIENT or code < 0) and self._try_again(occurrence, now):
            again = _clock(occurrence.retry_at)
            self.log(f"{occurrence.job.name}: ended with {code}, again at {again}\n{output}")
            return
        self._finish(occurrence, now, outcome, code=code, output=output)
        for job in self.schedule.jobs.values():
            if (
                occurrence.job.name in job.after
                and job.name not in self._current
                and not occurrence.is_stopped
            ):
                self._start(self._new(job, "", now, now), now)

    def _try_again(self, occurrence: _Occurrence, now: datetime) -> bool:
        """Plan another attempt, where there is one left and it is before the job's next time."""
        retry_at = now + self.schedule.wait_after(occurrence.attempts)
        next_due = occurrence.job.cron.after(now) if occurrence.job.cron is not None else None
        is_late = next_due is not None and retry_at >= next_due
        if occurrence.attempts >= self.schedule.attempts or is_late or occurrence.is_stopped:
            return False
        occurrence.retry_at = retry_at
        return True

    def _finish(
        self,
        occurrence: _Occurrence,
        now: datetime,
        outcome: Outcome,
        *,
        code: int | None = None,
        output: str = "",
    ) -> None:
        del self._current[occurrence.job.name]
        seconds = (now - occurrence.started_at).total_seconds()
        ended = "" if code is None else f" with {code}"
        line = f"{occurrence.job.name}: {outcome}{ended}, {seconds:.0f} s"
        self.log(f"{line}, attempts: {occurrence.attempts}" + (f"\n{output}" if output else ""))
        self._record(occurrence, now, outcome, code=code, output=output)

    def _record(
        self,
        occurrence: _Occurrence,
        now: datetime,
        outcome: Outcome,
        *,
        code: int | None = None,
        output: str = "",
    ) -> None:
        report = JobReport(
            job=occurrence.job.name,
            key=occurrence.key,
            due_at=occurrence.due_at,
            started_at=occurrence.started_at,
            finished_at=now,
            outcome=outcome,
            attempts=occurrence.attempts,
            exit_code=code,
            output=output,
        )
        record(self.settings, report, keep=self.schedule.keep_runs)


def _clock(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%H:%M:%S} UTC"
