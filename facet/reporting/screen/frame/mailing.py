"""Pages by mail: what somebody is sent, when, and how they end it."""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final, Literal, cast, get_args

import streamlit as st

from facet.config import Settings
from facet.reporting.present import filters
from facet.reporting.screen.frame.alert_mailing import alert_mailing
from facet.reporting.screen.frame.menu import Navigation
from facet.reporting.screen.frame.sign_in import verified_address
from facet.reporting.screen.parts.headings import minor_heading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.session import picks
from facet.reporting.screen.session.audit_log import Act, record_saved
from facet.reporting.screen.session.query_params import query_params
from facet.reporting.screen.session.view import View
from facet.rights.codes import EXPORT
from facet.saved.file import NotSavedError, SavedError
from facet.saved.subscriptions import Every, FileFormat, PageSubscription, PageSubscriptions
from facet.saved.views import SavedView, SavedViews
from facet.zones import names

_LOG: Final = logging.getLogger(__name__)
_NAMES: Final[Mapping[FileFormat, str]] = {"pdf": "PDF", "xlsx": "Excel"}
#: The page as it stands, among saved views.
_THIS: Final = ""
#: Why nothing can be sent to somebody.
Hindrance = Literal["no_server", "no_address"]


def mailing(view: View, navigation: Navigation) -> None:
    """What somebody is sent, and a form for more of it; or why nothing can be."""
    minor_heading(view.text("mailing.title"))
    settings, who = Settings.from_environment(), view.principal
    own = PageSubscriptions.of(settings, tenant_id=who.tenant_id, user_id=who.user_id)
    try:
        _list(view, own)
        hindrance = hindrance_of(settings)
        if hindrance is not None:
            st.caption(view.text(f"mailing.{hindrance}"))
            return
        _subscribe(view, navigation, own)
        alert_mailing(view, verified_address() or "", _time_zone())
    except SavedError as error:
        _LOG.warning("%s", error)
        st.error(view.text("saved.broken"), icon=":material/error:")


def hindrance_of(settings: Settings) -> Hindrance | None:
    """Why nothing can be sent to who is signed in; None where it can."""
    if settings.smtp is None or settings.mail_from is None:
        return "no_server"
    return "no_address" if verified_address() is None else None


def _list(view: View, own: PageSubscriptions) -> None:
    with st.container(key="mailing-list", gap="xsmall"):
        for found in own.all():
            said = " · ".join(
                [
                    found.name or view.word("page", found.page),
                    _how_often(view, found.every, found.weekday),
                    _NAMES[found.file_format],
                ]
            )
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(escaped(said))
                if st.button(
                    view.text("mailing.end"),
                    icon=":material/unsubscribe:",
                    type="tertiary",
                    key=f"end-mailing-{found.subscription_id}",
                ):
                    _do(view, "mailing_ended", partial(own.end, found.subscription_id))


def _subscribe(view: View, navigation: Navigation, own: PageSubscriptions) -> None:
    view_ids = _views(view, navigation)
    chosen = _THIS
    if view_ids:
        chosen = st.selectbox(
            view.text("mailing.what"),
            [_THIS, *view_ids],
            format_func=lambda key: (
                view_ids[key].name if key in view_ids else view.text("mailing.this")
            ),
            key="mailing-what",
        )
    every = cast(
        Every,
        st.selectbox(
            view.text("mailing.every"),
            get_args(Every),
            format_func=lambda each: view.text(f"mailing_every.{each}"),
            key="mailing-every",
        ),
    )
    weekday = 1
    if every == "week":
        weekday = st.selectbox(
            view.text("mailing.weekday"),
            range(1, 8),
            format_func=partial(view.formats.weekday, pattern="EEEE"),
            key="mailing-weekday",
        )
    formats = [kind for kind in _NAMES if kind != "xlsx" or view.principal.may(EXPORT)]
    kind = st.selectbox(
        view.text("mailing.format"), formats, format_func=_NAMES.__getitem__, key="mailing-format"
    )
    recipient, zone = verified_address() or "", _time_zone()
    st.caption(
        escaped(
            view.text(
                f"mailing_means.{every}",
                address=recipient,
                zone=zone or view.tenant.calendar.timezone,
            )
        )
    )
    if st.button(view.text("mailing.button"), icon=":material/forward_to_inbox:", key="mail-me"):
        saved = view_ids.get(chosen)
        page, address = _this(navigation) if saved is None else (saved.page, saved.address)
        _do(
            view,
            "mailing_added",
            lambda: own.add(
                page,
                name=None if saved is None else saved.name,
                address=address,
                every=every,
                weekday=weekday,
                file_format=kind,
                recipient=recipient,
                language=view.language,
                time_zone=zone,
            ),
        )


def _views(view: View, navigation: Navigation) -> Mapping[str, SavedView]:
    """The saved views of pages that somebody may see, by id."""
    who = view.principal
    saved = SavedViews.of(
        Settings.from_environment(), tenant_id=who.tenant_id, user_id=who.user_id
    ).all()
    return {found.view_id: found for found in saved if found.page in navigation.permitted}


def _this(navigation: Navigation) -> tuple[str, Mapping[str, Sequence[str]]]:
    """The page as it stands."""
    page = navigation.page
    return page.name, query_params((*filters.PARAMETERS, *page.parameters, picks.PARAMETER))


def _how_often(view: View, every: Every, weekday: int) -> str:
    if every == "week":
        return view.text("mailing.weekly_on", weekday=view.formats.weekday(weekday, "EEEE"))
    return view.text(f"mailing_every.{every}")


def _time_zone() -> str | None:
    """The zone of the reader's clocks, by their browser; None where it is not known."""
    zone = st.context.timezone
    return zone if zone in names() else None


def _do(view: View, what: Act, change: Callable[[], PageSubscription | None]) -> None:
    """Change what somebody is sent and record it; say where it cannot be."""
    try:
        done = change()
    except NotSavedError as error:
        st.error(view.text(f"saved.{error.reason}"), icon=":material/error:")
        return
    record_saved(view, what, done.subscription_id if done else None)
    st.rerun()
