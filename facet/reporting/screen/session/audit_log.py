"""Records of who looked at what."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from facet.audit.trail import AuditTrail, Event, Kind
from facet.config import Settings
from facet.errors import ReleaseError
from facet.release.store import find
from facet.reporting.present.filters import to_address
from facet.reporting.present.search import Group
from facet.reporting.screen.session.page import Page
from facet.reporting.screen.session.picks import picks_address
from facet.reporting.screen.session.query_params import query_params
from facet.reporting.screen.session.state import state
from facet.reporting.screen.session.view import View

#: Who comes after such a pause comes for another visit, of which no more clicks are looked at.
_PAUSE: Final = timedelta(minutes=30)
_CLICKS_OF_A_VISIT: Final = 1000
#: What somebody does to what is kept.
Act = Literal[
    "view_saved",
    "view_changed",
    "view_deleted",
    "start_chosen",
    "note_added",
    "note_changed",
    "note_deleted",
    "mailing_added",
    "mailing_ended",
    "alerts_chosen",
]


def record(view: View, kind: Kind, page: str | None, details: Mapping[str, Any]) -> None:
    """Write down something that whoever looks did, or was refused.

    Raises:
        OSError: it cannot be recorded.
    """
    event = Event(
        at=datetime.now(UTC),
        tenant_id=view.principal.tenant_id,
        user_id=view.principal.user_id,
        kind=kind,
        page=page,
        release_id=view.release.id,
        details=details,
    )
    AuditTrail.of(Settings.from_environment()).record(event)


def record_page(view: View, page: Page, *, is_refused: bool) -> None:
    """Write down that somebody opened a page, or was refused it; once for each choice on it.

    A page is shown even where this fails: the server's log says so then.
    """
    own = {**query_params(page.parameters), **picks_address(page)}
    filters = {**to_address(view.filters), **own}
    who = (view.release.id, view.cache_key[0])
    seen = (page.name, is_refused, *who, tuple(sorted(filters.items())))
    if state().recorded.get("page") == repr(seen):
        return
    state().recorded["page"] = repr(seen)
    details: dict[str, Any] = {"filters": filters}
    if is_refused:
        details["reason"] = "page"
    else:
        details |= {"metrics": sorted(view.reader.queried), "marts": sorted(view.marts.queried)}
    with _lenient():
        record(view, "refused" if is_refused else "page", page.name, details)


def last_visit(view: View) -> datetime | None:
    """The moment of the data that a person saw last before this visit; None: it is their first.

    A visit ends with a pause. Of a release that is no longer kept it is when they looked at it.
    """
    settings, principal = Settings.from_environment(), view.principal
    seen = AuditTrail.of(settings).of_user(
        principal.tenant_id, principal.user_id, limit=_CLICKS_OF_A_VISIT
    )
    later = datetime.now(UTC)
    for at, release_id in seen:
        if later - at > _PAUSE:
            with suppress(ReleaseError):
                release = find(settings.releases_dir, release_id or "")
                return release.tenant(principal.tenant_id).snapshot_at or release.snapshot.at
            return at
        later = at
    return None


def record_refusal(reason: str) -> None:
    """Write down that somebody was turned away before anybody was known; once for each session."""
    if state().recorded.get("refusal") == reason:
        return
    state().recorded["refusal"] = reason
    event = Event(
        at=datetime.now(UTC),
        tenant_id=None,
        user_id=None,
        kind="refused",
        details={"reason": f"sign_in.{reason}"},
    )
    with _lenient():
        AuditTrail.of(Settings.from_environment()).record(event)


def record_saved(view: View, what: Act, thing: str | None) -> None:
    """Write down that somebody kept, changed or deleted a view or a note.

    Args:
        view: of whoever did.
        what: what they did.
        thing: the id of what it was done to, where that is not all that is said.
    """
    with _lenient():
        page = None if view.page is None else view.page.name
        record(view, "saved", page, {"what": what, "id": thing})


def record_search(view: View, groups: Sequence[Group]) -> None:
    """Write down that somebody searched: what kinds of things they were shown, and which customers.

    Not the words: these may be names, which nobody could take out of the trail again.
    """
    found = {group.kind: len(group.found) for group in groups}
    customers = [each.key for group in groups if group.kind == "customer" for each in group.found]
    details = {"found": found, "customers": customers} if customers else {"found": found}
    with _lenient():
        record(view, "search", None, details)


def record_sign_out(view: View) -> None:
    """Write down that somebody signed out."""
    with _lenient():
        record(view, "sign_out", None, {})


@contextmanager
def _lenient() -> Iterator[None]:
    """A context in which failures to record are logged by the server, and people go on."""
    try:
        yield
    except OSError as error:
        print(f"The audit trail: {error}", file=sys.stderr, flush=True)
