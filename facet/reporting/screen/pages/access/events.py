"""The audit trail of a tenant, for those who administer it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any, Final

import streamlit as st

from facet.audit.trail import KINDS, AuditTrail, Event
from facet.config import Settings
from facet.reporting.present.filters import DIMENSIONS
from facet.reporting.query.unknown_names import UnknownNameError
from facet.reporting.screen.parts.cells import Column, column, summed
from facet.reporting.screen.parts.empty import stop_with_nothing_yet
from facet.reporting.screen.parts.people import staff_names
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.parts.tiles import Tile, plain_tiles
from facet.reporting.screen.session.picks import PARAMETER as PICKS
from facet.reporting.screen.session.view import View

_ALL: Final = "all"
#: What the values of a filter are called by.
_VALUES: Final = {"period": "preset", "compare": "comparison", "grain": "grain", "buyer": "buyer"}


def access_events(view: View) -> tuple[Event, ...]:
    """The events of the period, the latest first; the page ends where there are none.

    The period's last day goes on until now where it is the day of the data: the trail is of now.

    Raises:
        EndOfPage: nothing was recorded in the period.
    """
    zone = view.tenant.calendar.zone
    since = datetime.combine(view.period.start, time(), zone)
    until = datetime.combine(view.period.end + timedelta(days=1), time(), zone)
    if view.period.end >= view.tenant.today - timedelta(days=1):
        until = max(until, datetime.now(UTC))
    trail = AuditTrail.of(Settings.from_environment())
    events = trail.events(view.principal.tenant_id, since=since, until=until)
    if not events:
        stop_with_nothing_yet(view.text("access.nothing"))
    return events


def access_tiles(view: View, events: Sequence[Event]) -> None:
    """Tiles of people, pages, exports and refusals."""
    counts: Mapping[str, int] = {
        "people": len({event.user_id for event in events} - {None}),
        "pages": sum(event.kind == "page" for event in events),
        "exports": sum(event.kind == "export" for event in events),
        "refused": sum(event.kind == "refused" for event in events),
    }
    plain_tiles(
        [
            Tile(
                name=name,
                label=view.text(f"access.{name}"),
                value=view.count(count),
                help=view.text(f"access.{name}_help"),
            )
            for name, count in counts.items()
        ]
    )


def access_list(view: View, events: Sequence[Event]) -> None:
    """Each event in words, for one kind and person or all."""
    names = staff_names(view)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = _chosen(view, "kind", KINDS, lambda value: view.text(f"access.kind_{value}"))
        users = {event.user_id for event in events if event.user_id is not None}
        people = sorted(users, key=lambda who: names.get(who, ""))
        person = _chosen(view, "who", people, lambda value: names.get(value, f"#{value}"))
    shown = [
        event for event in events if kind in (_ALL, event.kind) and person in (_ALL, event.user_id)
    ]
    listing(view, "access", shown, list(_columns(view, names)))


def _columns(view: View, names: Mapping[Any, str]) -> Iterator[Column]:
    clocks = view.tenant.calendar
    yield column(view, "access.at", lambda event: clocks.local(event.at), kind="moment", width=165)
    # words with widths of which all fit beside each other
    yield column(view, "access.who", partial(_who, names), width=120)
    yield column(view, "access.what", partial(_what, view), width=190)
    yield column(
        view, "access.page", lambda event: event.page and view.word("page", event.page), width=95
    )
    yield column(
        view,
        "access.choices",
        lambda event: _choices(view, event.details.get("filters") or {}),
        width=120,
    )
    yield column(view, "access.numbers", lambda event: _numbers(view, event.details), width=135)
    yield summed(view, "access.rows", lambda event: event.details.get("rows"), "count", width=105)
    yield column(view, "access.release", lambda event: event.release_id, width=170)


def _who(names: Mapping[Any, str], event: Event) -> str | None:
    """Who it was; of who is no user of the CRM, such as a program, the name that it goes by."""
    if event.user_id is None:
        return event.details.get("who")
    return names.get(event.user_id, f"#{event.user_id}")


def _what(view: View, event: Event) -> str:
    """What somebody did, with the format of an export and the reason of a refusal."""
    what = view.text(f"access.kind_{event.kind}")
    if event.kind in ("export", "file"):
        return f"{what} ({str(event.details['format']).upper()})"
    if event.kind == "saved":
        return view.text(f"access.saved_{event.details['what']}")
    if event.kind == "refused":
        reason = str(event.details["reason"]).rpartition(".")[2]
        return f"{what}: {view.text(f'access.reason_{reason}')}"
    return what


def _choices(view: View, filters: Mapping[str, Sequence[str]]) -> str:
    """What was chosen, in the words of the filters; of bars and rows that were picked how many.

    Some of these are known by the names of channels and products, which are not for this page.
    """
    labels = []
    for name, values in sorted(filters.items()):
        if name == PICKS:
            labels.append(f"{view.word('filter', name)}: {view.count(len(values))}")
            continue
        names = view.choices.of(name) if name in DIMENSIONS else {}
        words = [view.word(_VALUES.get(name, ""), names.get(value, value)) for value in values]
        labels.append(f"{view.word('filter', name)}: {', '.join(words)}")
    return "; ".join(labels)


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


def _chosen(view: View, name: str, options: Sequence[Any], label: Callable[[Any], str]) -> Any:
    return st.selectbox(
        view.text(f"access.choose_{name}"),
        [_ALL, *options],
        format_func=lambda value: view.text("access.all") if value == _ALL else label(value),
        key=f"access-{name}",
        width=240,
    )
