"""Views that people saved: a menu beside the title, and the page that each of them starts with."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from facet.config import Settings
from facet.reporting.present import filters
from facet.reporting.screen.frame.menu import Navigation, is_at_the_root
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.session import picks
from facet.reporting.screen.session.audit_log import Act, record_saved
from facet.reporting.screen.session.query_params import query_params
from facet.reporting.screen.session.state import state
from facet.reporting.screen.session.view import View
from facet.saved.file import NotSavedError, SavedError
from facet.saved.views import NAME_LENGTH, SavedView, SavedViews

_LOG: Final = logging.getLogger(__name__)
#: In the address of a view, so that it says all: what it leaves out is not what was chosen before.
_MARK: Final = "view"
_USUAL: Final = "usual"


def views_menu(view: View, navigation: Navigation) -> None:
    """The saved views that somebody has, to open, save, change and delete."""
    with st.popover(
        view.text("saved.title"),
        icon=":material/bookmarks:",
        type="tertiary",
        key="saved-views",
        on_change="rerun",
    ) as popover:
        if not popover.open:
            return
        saved = _saved(view)
        try:
            views = _permitted(saved.all(), navigation)
            _list(view, views, navigation)
            if navigation.page.name in navigation.permitted:
                _save(view, saved, navigation.page.name, navigation.page.parameters)
            _change(view, saved, [own for own in views if own.user_id == saved.user_id])
            _start(view, saved, views, navigation)
        except SavedError as error:
            _LOG.warning("%s", error)
            st.error(view.text("saved.broken"), icon=":material/error:")


def start(view: View, navigation: Navigation) -> None:
    """Go to what somebody starts with, where they have just come and named nothing else."""
    if state().has_started:
        return
    state().has_started = True
    if not is_at_the_root() or set(st.query_params) - {"lang"}:
        return
    try:
        found = _saved(view).start()
    except SavedError as error:
        _LOG.warning("%s", error)
        return
    page = found.page if isinstance(found, SavedView) else found
    if page is not None and page in navigation.permitted:
        address = _address(found) if isinstance(found, SavedView) else {}
        if address or page != navigation.page.name:
            st.switch_page(navigation.permitted[page], query_params=address)


def _saved(view: View) -> SavedViews:
    who = view.principal
    return SavedViews.of(Settings.from_environment(), tenant_id=who.tenant_id, user_id=who.user_id)


def _permitted(views: Sequence[SavedView], navigation: Navigation) -> Sequence[SavedView]:
    """Those whose page somebody may see; the others are not for them."""
    return [found for found in views if found.page in navigation.permitted]


def _address(found: SavedView) -> dict[str, Sequence[str]]:
    return {**found.address, _MARK: [found.view_id]}


def _list(view: View, views: Sequence[SavedView], navigation: Navigation) -> None:
    if not views:
        st.caption(view.text("saved.none"))
    with st.container(key="saved-list", gap=None):
        for found in views:
            script = navigation.permitted[found.page]
            is_own = found.user_id == view.principal.user_id
            st.page_link(
                script,
                label=f"{escaped(found.name)} · {script.title}",
                icon=f":material/{'bookmark' if is_own else 'group'}:",
                help=None if is_own else view.text("saved.shared_by_other"),
                query_params=_address(found),
            )


def _save(view: View, saved: SavedViews, page: str, parameters: Sequence[str]) -> None:
    with (
        st.expander(view.text("saved.save"), icon=":material/bookmark_add:"),
        st.form("save-view", border=False, clear_on_submit=True),
    ):
        name = st.text_input(view.text("saved.name"), max_chars=NAME_LENGTH, key="new-view-name")
        is_shared = st.checkbox(view.text("saved.share"), key="new-view-shared")
        if st.form_submit_button(view.text("saved.save_button"), key="save-view-button"):
            names = (*filters.PARAMETERS, *parameters, picks.PARAMETER)
            address = query_params(names)
            _do(
                view,
                "view_saved",
                lambda: saved.save(name, page=page, address=address, is_shared=is_shared),
            )


def _change(view: View, saved: SavedViews, own: Sequence[SavedView]) -> None:
    """Rename, share or delete one of one's own."""
    if not own:
        return
    by_id = {found.view_id: found for found in own}
    with st.expander(view.text("saved.change"), icon=":material/edit:"):
        chosen = st.selectbox(
            view.text("saved.which"),
            list(by_id),
            format_func=lambda view_id: by_id[view_id].name if view_id in by_id else "",
            key="view-to-change",
        )
        found = by_id[chosen]
        with st.form(f"change-view-{chosen}", border=False):
            name = st.text_input(
                view.text("saved.name"),
                value=found.name,
                max_chars=NAME_LENGTH,
                key=f"view-name-{chosen}",
            )
            is_shared = st.checkbox(
                view.text("saved.share"), value=found.is_shared, key=f"view-shared-{chosen}"
            )
            with st.container(horizontal=True):
                if st.form_submit_button(view.text("saved.change_button"), key="change-view"):
                    _do(
                        view,
                        "view_changed",
                        lambda: saved.change(chosen, name=name, is_shared=is_shared),
                    )
                if st.form_submit_button(
                    view.text("saved.delete"), icon=":material/delete:", key="delete-view"
                ):
                    _do(view, "view_deleted", lambda: saved.delete(chosen))


def _start(
    view: View, saved: SavedViews, views: Sequence[SavedView], navigation: Navigation
) -> None:
    """Choose what one starts with: as everybody does, a view or a page."""
    options: Mapping[str, str] = {
        _USUAL: view.text("saved.start_usual"),
        **{f"view:{found.view_id}": found.name for found in views},
        **{f"page:{name}": script.title for name, script in navigation.permitted.items()},
    }
    now = saved.start()
    key = f"page:{now}" if isinstance(now, str) else _USUAL
    if isinstance(now, SavedView):
        key = f"view:{now.view_id}"
    key = key if key in options else _USUAL
    with st.expander(view.text("saved.start"), icon=":material/home:"):
        chosen = st.selectbox(
            view.text("saved.start_with"),
            list(options),
            index=list(options).index(key),
            format_func=lambda option: options.get(option, ""),
            key=f"start-with-{key}",
        )
        if chosen != key:
            kind, _, name = chosen.partition(":")
            given = {"page": name} if kind == "page" else {}
            given = {"view_id": name} if kind == "view" else given
            _do(view, "start_chosen", lambda: saved.start_with(**given))


def _do(view: View, what: Act, change: Callable[[], object]) -> None:
    """Change what is kept and record it; say where it cannot be."""
    try:
        done = change()
    except NotSavedError as error:
        st.error(view.text(f"saved.{error.reason}"), icon=":material/error:")
        return
    view_id = done.view_id if isinstance(done, SavedView) else None
    record_saved(view, what, view_id)
    st.rerun()
