"""Notes on the days of a chart over time: what is written there, and by whom it may be."""

import logging
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import streamlit as st

from facet.config import Settings
from facet.reporting.present.charts.over_time import Mark
from facet.reporting.query.periods import EARLIEST, LATEST, Period
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.people import staff_names
from facet.reporting.screen.session.audit_log import Act, record_saved
from facet.reporting.screen.session.view import View
from facet.rights import codes
from facet.saved.file import NotSavedError, SavedError
from facet.saved.notes import TEXT_LENGTH, Note, Notes

_LOG: Final = logging.getLogger(__name__)
_NEW: Final = ""


def notes_of(view: View) -> tuple[Note, ...]:
    """The notes on days of the period; none where they cannot be read, which the log says."""
    try:
        return _notes(view).between(view.period.start, view.period.end)
    except SavedError as error:
        _LOG.warning("%s", error)
        return ()


def marks_of(view: View, notes: Sequence[Note]) -> tuple[Mark, ...]:
    """Where notes stand in a chart over the period, each at its first and last place there."""
    marks = []
    for note in notes:
        places = [
            place
            for place, pair in enumerate(view.pairs)
            if pair.now is not None and pair.now.start <= note.end and note.start <= pair.now.end
        ]
        if places:
            marks.append(Mark(first=places[0], last=places[-1], text=_told(view, note)))
    return tuple(marks)


def show_notes(view: View, name: str, notes: Sequence[Note]) -> None:
    """The notes of a chart in words, and where they are written by who may.

    Args:
        view: of the chart's days.
        name: of the chart on its page.
        notes: those that `notes_of` tells.
    """
    may_write = codes.SALES in view.principal.permissions
    if not notes and not may_write:
        return
    names = staff_names(view, [note.user_id for note in notes])
    with st.container(key=f"notes-{name}", gap="xsmall"):
        for note in notes:
            writer = names.get(note.user_id)
            by = f" – {escaped(writer)}" if writer else ""
            st.caption(f":material/sticky_note_2: {escaped(_told(view, note))}{by}")
        if may_write:
            _writing(view, name, [note for note in notes if _may_change(view, note)])


def _writing(view: View, name: str, notes: Sequence[Note]) -> None:
    with st.popover(
        view.text("day_note.title"),
        icon=":material/edit_note:",
        type="tertiary",
        key=f"write-notes-{name}",
        on_change="rerun",
    ) as popover:
        if not popover.open:
            return
        by_id = {note.note_id: note for note in notes}
        chosen = _NEW
        if notes:
            chosen = st.selectbox(
                view.text("day_note.which"),
                [_NEW, *by_id],
                format_func=lambda key: (
                    _told(view, by_id[key]) if key in by_id else view.text("day_note.new")
                ),
                key=f"note-{name}",
            )
        _form(view, name, by_id.get(chosen))


def _form(view: View, name: str, note: Note | None) -> None:
    """Fields of a new note, or of one that is there."""
    key = f"{name}-{note.note_id if note else _NEW}"
    today = view.tenant.today
    day = today if view.period.start <= today <= view.period.end else view.period.end
    days = (note.start, note.end) if note else (day, day)
    with st.form(f"note-form-{key}", border=False, clear_on_submit=note is None):
        chosen = st.date_input(
            view.text("day_note.days"),
            value=days,
            min_value=EARLIEST,
            max_value=LATEST,
            format="DD/MM/YYYY" if view.formats.locale != "en_US" else "MM/DD/YYYY",
            key=f"note-days-{key}",
        )
        text = st.text_input(
            view.text("day_note.text"),
            value=note.text if note else "",
            max_chars=TEXT_LENGTH,
            placeholder=view.text("day_note.example"),
            key=f"note-text-{key}",
        )
        given: Sequence[date] = chosen if isinstance(chosen, tuple) else ()
        who = view.principal.user_id
        with st.container(horizontal=True):
            if st.form_submit_button(view.text("day_note.save"), key=f"note-save-{key}"):
                if note is None:
                    _do(view, "note_added", lambda: _notes(view).add(text, given, user_id=who))
                else:
                    _do(
                        view,
                        "note_changed",
                        lambda: _notes(view).change(note.note_id, text, given, user_id=who),
                        note,
                    )
            if note is not None and st.form_submit_button(
                view.text("day_note.delete"), icon=":material/delete:", key=f"note-delete-{key}"
            ):
                _do(view, "note_deleted", lambda: _notes(view).delete(note.note_id), note)


def _do(view: View, what: Act, change: Callable[[], Note | None], note: Note | None = None) -> None:
    """Change a note and record it; say where it cannot be."""
    try:
        note = change() or note
    except NotSavedError as error:
        st.error(view.text(f"saved.{error.reason}"), icon=":material/error:")
        return
    except SavedError as error:
        _LOG.warning("%s", error)
        st.error(view.text("saved.broken"), icon=":material/error:")
        return
    record_saved(view, what, note.note_id if note else None)
    st.rerun()


def _may_change(view: View, note: Note) -> bool:
    """Whether somebody may change a note: whoever wrote it, and who keeps the roles of the shop."""
    who = view.principal
    return note.user_id == who.user_id or codes.ADMINISTRATION in who.permissions


def _told(view: View, note: Note) -> str:
    return f"{view.formats.period(Period(note.start, note.end))}: {note.text}"


def _notes(view: View) -> Notes:
    return Notes.of(Settings.from_environment(), tenant_id=view.principal.tenant_id)
