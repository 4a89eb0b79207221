"""Yesterday and this period, each beside what it is held against, and whether it is as usual."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Final, Literal

from facet.reporting.present.staff import SALES as CREDITED
from facet.reporting.present.usual import change_compares, usual_of
from facet.reporting.query.comparing import Compared, Comparison, Event, Pair, compared_with, pairs
from facet.reporting.query.conditions import Where
from facet.reporting.query.periods import Period, Preset, preset_period
from facet.reporting.query.table import Cell, as_number, number_of
from facet.reporting.screen.session.view import View

#: Of days of the same weekday so many are looked at, and for them so many weeks back.
_DAYS: Final = 8
_WEEKS: Final = 16


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Whose numbers are told: net sales first of its metrics."""

    name: Literal["shop", "person"]
    metrics: tuple[str, ...]
    where: Where = field(default_factory=dict)
    #: Whether its metrics are of the ledger, which knows when something happened.
    tells_when: bool = True

    @property
    def sales(self) -> str:
        """The metric that is split."""
        return self.metrics[0]


SHOP: Final = Subject(name="shop", metrics=("net_sales", "gross_margin", "orders"))


def person(user_id: int) -> Subject:
    """What one person has credit for."""
    return Subject(
        name="person",
        metrics=(CREDITED, "credited_orders"),
        where={"staff_member": [user_id]},
        tells_when=False,
    )


@dataclass(frozen=True, kw_only=True)
class Days:
    """Some days, with what of them had happened by a moment of the shop's clocks."""

    period: Period
    known_by: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A metric of some days; `compares` is 1 where it is more than usual, -1 less, 0 neither.

    None: it cannot be told, or there is nothing to hold it against.
    """

    metric: str
    now: Decimal | None
    before: Decimal | None = None
    compares: int | None = None


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Days that are told of, and those that they are held against."""

    preset: Preset
    now: Days
    figures: tuple[Figure, ...]
    before: Days | None = None
    comparison: Comparison | Literal["usual"] = "none"
    #: That dates the comparison, or that yesterday is in.
    event: Event | None = None
    #: How many days are what is usual of yesterday.
    days: int = 0

    @property
    def sales(self) -> Figure:
        """That of net sales."""
        return self.figures[0]


def yesterday_of(view: View, subject: Subject) -> Stretch:
    """Yesterday beside the usual of its weekday, without days of events that move.

    It is held against a day that there was: the one in the middle of them by net sales, as it
    was known when it was as old.
    """
    day = view.tenant.today - timedelta(days=1)
    now = Days(period=Period(day, day))
    found = _figures(view, subject, now)
    event = _event_on(view, day)
    values = [] if event else _of_same_weekdays(view, subject, day)
    columns = list(zip(*(numbers for _, numbers in values), strict=True))
    usual = [usual_of([each for each in column if each is not None]) for column in columns]
    if not usual or usual[0] is None:
        alone = (Figure(metric=name, now=a) for name, a in zip(subject.metrics, found, strict=True))
        return Stretch(preset="yesterday", now=now, figures=tuple(alone), event=event)
    middle = usual[0].middle
    before, then = next(each for each in values if each[1][0] == middle)
    figures = (
        Figure(
            metric=metric,
            now=number,
            before=held_against,
            compares=of_it.compares(number) if of_it and number is not None else None,
        )
        for metric, number, held_against, of_it in zip(
            subject.metrics, found, then, usual, strict=True
        )
    )
    return Stretch(
        preset="yesterday",
        now=now,
        figures=tuple(figures),
        before=before,
        comparison="usual",
        days=len(values),
    )


def period_of(view: View, subject: Subject, comparison: Comparison) -> Stretch:
    """This month so far, on its first day the last month, beside what the reader compares with."""
    tenant = view.tenant
    preset: Preset = "month_to_date" if tenant.today.day > 1 else "last_month"
    period = preset_period(preset, tenant.today, tenant.calendar)
    if comparison == "year" and _event_in(view, period):
        comparison = "event"
    compared = compared_with(
        period,
        preset,
        comparison,
        as_of=tenant.as_of_local,
        events=view.events if comparison == "event" else (),
        has_weeks_of_retail=tenant.calendar.has_weeks_of_retail,
    )
    now = _figures(view, subject, Days(period=period))
    first = view.first_day
    if not isinstance(compared, Compared) or first is None or compared.period.start < first:
        alone = (Figure(metric=name, now=a) for name, a in zip(subject.metrics, now, strict=True))
        return Stretch(preset=preset, now=Days(period=period), figures=tuple(alone))
    before = Days(period=compared.period)
    beside = pairs(period, compared, "day", tenant.calendar, today=tenant.today)
    by_day = [_by_day(view, subject, days.period) for days in (Days(period=period), before)]
    figures = tuple(
        Figure(
            metric=metric,
            now=a,
            before=b,
            compares=None if None in (a, b) else _compares(beside, by_day, number),
        )
        for number, (metric, a, b) in enumerate(
            zip(subject.metrics, now, _figures(view, subject, before), strict=True)
        )
    )
    return Stretch(
        preset=preset,
        now=Days(period=period),
        figures=figures,
        before=before,
        comparison=comparison,
        event=compared.event,
    )


def _figures(view: View, subject: Subject, days: Days) -> list[Decimal | None]:
    """Each metric of some days."""
    found = view.query(
        subject.metrics, period=days.period, where=subject.where, known_by=days.known_by
    )
    return [found.number(metric) for metric in subject.metrics]


def _by_day(view: View, subject: Subject, period: Period) -> Mapping[Cell, Sequence[Cell]]:
    found = view.query(subject.metrics, by=["metric_time__day"], period=period, where=subject.where)
    return {row[0]: row[1:] for row in found.rows}


def _of_same_weekdays(
    view: View, subject: Subject, day: date
) -> list[tuple[Days, Sequence[Decimal | None]]]:
    """The metrics of the last days of the same weekday, as known when these were as old.

    Where what comes back counts on its own day, a day is what it was: all are asked for at once.
    """
    days = list(_same_weekdays(view, day))
    is_by_order = view.tenant.return_dating == "order_date"
    if is_by_order and subject.tells_when and view.reader.catalogue.tells_time(subject.metrics):
        clock = view.tenant.as_of_local.time().replace(microsecond=0)
        then = (datetime.combine(each + timedelta(days=1), clock) for each in days)
        found = [
            Days(period=Period(each, each), known_by=known_by)
            for each, known_by in zip(days, then, strict=True)
        ]
        return [(each, _figures(view, subject, each)) for each in found]
    by_day = _by_day(view, subject, Period(days[-1], days[0])) if days else {}
    nothing = (0,) * len(subject.metrics)
    return [
        (Days(period=Period(each, each)), list(map(as_number, by_day.get(each, nothing))))
        for each in days
    ]


def _same_weekdays(view: View, day: date) -> Iterator[date]:
    """The last days of the same weekday, with orders before them and no event that moves."""
    first = view.first_day
    weeks = (day - timedelta(days=7 * number) for number in range(1, _WEEKS + 1))
    like = (each for each in weeks if first and each >= first and not _event_on(view, each))
    return islice(like, _DAYS)


def _compares(
    beside: Sequence[Pair], by_day: Sequence[Mapping[Cell, Sequence[Cell]]], number: int
) -> int | None:
    """Whether a metric rose or fell by more than its days do beside those of before."""
    now, before = by_day

    def of(days: Period | None, found: Mapping[Cell, Sequence[Cell]]) -> Decimal:
        row = found.get(days.start) if days else None
        return number_of(row[number]) if row else Decimal()

    return change_compares(
        [of(pair.now, now) - of(pair.before, before) for pair in beside if not pair.is_to_come]
    )


def _event_on(view: View, day: date) -> Event | None:
    return next((event for event in view.events if event.start <= day <= event.end), None)


def _event_in(view: View, period: Period) -> Event | None:
    def is_in(event: Event) -> bool:
        return event.start <= period.end and period.start <= event.end

    return next(filter(is_in, view.events), None)
