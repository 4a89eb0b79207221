"""Who looked at what, for those who administer a tenant: of their tenant alone."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import streamlit as st

from facet.config import Settings
from facet.reporting.identity.audit import KINDS, AuditTrail, Event
from facet.reporting.present.filters import DIMENSIONS
from facet.reporting.present.texts import texts
from facet.reporting.query.catalogue import UnknownNameError
from facet.reporting.screen.parts.empty import EndOfPage
from facet.reporting.screen.parts.tables import Column, listing
from facet.reporting.screen.session.view import View
from facet.zones import clock

_ALL: Final = "all"
#: Columns of words with their widths in pixels: all of them fit beside each other.
_WIDTHS: Final = {"who": 120, "what": 105, "page": 95, "choices": 160, "numbers": 180}
#: What the values of a filter are called by.
_VALUES: Final = {
    "period": "preset",
    "compare": "comparison",
    "grain": "grain",
    "buyer": "buyer",
}


def access_events(view: View) -> tuple[Event, ...]:
    """The events of the period, the latest first; the page ends where there are none.

    The period's last day goes on until now where it is the day of the data: the trail is of now.

    Raises:
        EndOfPage: nothing was written down in the period.
    """
    zone = clock(view.tenant.calendar.timezone)
    since = datetime.combine(view.period.start, time(), zone)
    until = datetime.combine(view.period.end + timedelta(days=1), time(), zone)
    if view.period.end >= view.tenant.today - timedelta(days=1):
        until = max(until, datetime.now(UTC))
    trail = AuditTrail.of(Settings.from_environment())
    events = trail.events(view.principal.tenant_id, since=since, until=until)
    if not events:
        with st.container(key="nothing-yet", border=True):
            st.markdown(f":material/hourglass_empty: {view.text('access.nothing')}")
        raise EndOfPage
    return events


def access_tiles(view: View, events: Sequence[Event]) -> None:
    """How many people looked, at how many pages, what was exported and what refused."""
    counts: Mapping[str, int] = {
        "people": len({event.user_id for event in events}),
        "pages": sum(event.kind == "page" for event in events),
        "exports": sum(event.kind == "export" for event in events),
        "refused": sum(event.kind == "refused" for event in events),
    }
    with st.container(key="tiles-access"):
        for name, count in counts.items():
            with st.container(key=f"tile-{name}"):
                st.metric(
                    view.text(f"access.{name}"),
                    view.count(count),
                    help=view.text(f"access.{name}_help"),
                    border=True,
                )


def access_list(view: View, events: Sequence[Event]) -> None:
    """Each event in words, for one kind and person or all."""
    names = _names(view)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = _chosen(view, "kind", KINDS, lambda value: view.text(f"access.kind_{value}"))
        people = sorted({event.user_id for event in events}, key=lambda who: names.get(who, ""))
        person = _chosen(view, "who", people, lambda value: names.get(value, f"#{value}"))
    shown = [
        event for event in events if kind in (_ALL, event.kind) and person in (_ALL, event.user_id)
    ]
    columns = [
        Column(label=view.text("access.at"), kind="moment", width=165),
        *(
            Column(label=view.text(f"access.{name}"), width=width)
            for name, width in _WIDTHS.items()
        ),
        Column(label=view.text("access.rows"), kind="count", is_summed=True, width=105),
        Column(label=view.text("access.release"), width=170),
    ]
    zone = clock(view.tenant.calendar.timezone)
    listing(view, "access", columns, [_row(view, event, names, zone) for event in shown])


def _row(view: View, event: Event, names: Mapping[Any, str], zone: ZoneInfo) -> tuple[Any, ...]:
    details = event.details
    what = view.text(f"access.kind_{event.kind}")
    if event.kind == "export":
        what = f"{what} ({str(details['format']).upper()})"
    if event.kind == "refused":
        what = f"{what}: {view.text('access.reason_' + str(details['reason']).rpartition('.')[2])}"
    return (
        event.at.astimezone(zone),
        names.get(event.user_id, f"#{event.user_id}"),
        what,
        view.text(f"page.{event.page}") if f"page.{event.page}" in texts() else event.page,
        _choices(view, details.get("filters") or {}),
        _numbers(view, details),
        details.get("rows"),
        event.release_id,
    )


def _choices(view: View, filters: Mapping[str, Sequence[str]]) -> str:
    """What was chosen, in the words of the filters."""
    said = []
    for name, values in sorted(filters.items()):
        names = view.choices.of(name) if name in DIMENSIONS else {}
        words = [_worded(view, _VALUES.get(name, ""), names.get(value, value)) for value in values]
        said.append(f"{_worded(view, 'filter', name)}: {', '.join(words)}")
    return "; ".join(said)


def _worded(view: View, kind: str, value: str) -> str:
    key = f"{kind}.{value}"
    return view.text(key) if key in texts() else value


def _numbers(view: View, details: Mapping[str, Any]) -> str:
    """What was shown: metrics by their names; of marts how many."""
    shown = []
    for name in details.get("metrics", ()):
        try:
            shown.append(view.label(name))
        except UnknownNameError:
            shown.append(str(name))  # of a release that had it
    if marts := details.get("marts"):
        shown.append(view.text("access.marts", count=view.count(len(marts))))
    return ", ".join(shown)


def _names(view: View) -> dict[Any, str]:
    staff = view.marts.rows("dim_staff", ["user_id", "full_name"])
    return {user_id: str(name) for user_id, name in staff.rows}


def _chosen(view: View, name: str, options: Sequence[Any], label: Callable[[Any], str]) -> Any:
    return st.selectbox(
        view.text(f"access.choose_{name}"),
        [_ALL, *options],
        format_func=lambda value: view.text("access.all") if value == _ALL else label(value),
        key=f"access-{name}",
        width=240,
    )
