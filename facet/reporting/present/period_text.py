"""The days of a view in words, and those that they are compared with."""

from collections.abc import Callable

from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.comparing import Compared


def period_text(view: TenantView, *, written: Callable[[str], str] = str) -> str:
    """The days shown, as far as they are over, and those of the comparison.

    `written` writes the name that a shop gave an event.
    """
    period = view.formats.period(view.period_so_far)
    found = view.comparison
    if found is None:
        return period
    if not isinstance(found, Compared):
        first = view.formats.day_or_dash(view.first_day)
        return view.text(f"period.not_compared_{found}", period=period, first=first)
    message = view.text(
        "period.compared", period=period, compared=view.formats.period(found.period)
    )
    if found.event is None:
        return message
    event = written(found.event.name or view.word("event", found.event.code))
    days = {
        "day": view.formats.day(found.event.start),
        "before": view.formats.day(found.event.before),
    }
    return f"{message} · {view.text('period.by_event', event=event, **days)}"
