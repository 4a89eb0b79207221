"""The events of a shop that come in another place each year, as its file has them."""

from datetime import date

from facet.reporting.query.comparing import Event
from facet.reporting.query.marts import MartReader

_MART = "dim_events"


def events_of(marts: MartReader) -> tuple[Event, ...]:
    """Those with a year before, of its country or its own; releases of before have none."""
    if not marts.has(_MART):
        return ()
    named = ["event_code", "event_name", "event_rank"]
    days = ["start_date", "end_date", "year_before_start_date"]
    return tuple(
        Event(
            code=str(code),
            name=None if name is None else str(name),
            rank=int(str(rank)),
            start=start,
            end=end,
            before=before,
        )
        for code, name, rank, start, end, before in marts.rows(_MART, [*named, *days]).rows
        if isinstance(start, date) and isinstance(end, date) and isinstance(before, date)
    )
