"""What needs somebody now: first on its page, a line for each thing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import streamlit as st

from facet.reporting.present.document.parts import Part
from facet.reporting.present.needs import Need, number_of_need, sentence_of_need
from facet.reporting.screen.parts.empty import nothing_wrong
from facet.reporting.screen.parts.headings import minor_heading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.session.shown import note_shown
from facet.reporting.screen.session.view import View


class Line(NamedTuple):
    """One thing that needs somebody.

    Args:
        icon: a name among Material Symbols.
        message: its sentence.
        place: the key of where its page shows it, to which the sentence leads; None for none.
    """

    icon: str
    message: str
    place: str | None = None


def needs_attention(
    view: View,
    lines: Iterable[Line],
    *,
    nothing: str,
    missing: Sequence[str] = (),
) -> None:
    """Show what needs somebody, side by side where there is room.

    Args:
        view: for words.
        lines: what needs somebody.
        nothing: said where nothing needs anybody, in the reader's language.
        missing: what is not known, in Markdown and before anything else; then it is not said that
            nothing needs anybody.
    """
    listed = list(lines)
    said = tuple(line.message for line in listed) or ((nothing,) if not missing else ())
    note_shown(lambda: Part(title=view.text("attention.title"), notes=said))
    with st.container(key="attention", border=True, gap="xsmall"):
        for message in missing:
            st.markdown(message)
        if not listed and not missing:
            nothing_wrong(escaped(nothing))
        if not listed:
            return
        minor_heading(view.text("attention.title"))
        with st.container(key="attention-lines"):
            for line in listed:
                st.markdown(f":material/{line.icon}: {_sentence(line)}")


def lines_of(view: View, needs: Iterable[Need]) -> Iterator[Line]:
    """A line for each kind of thing of which there is something."""
    for need in needs:
        if number := number_of_need(view, need):
            yield Line(need.icon, sentence_of_need(view, need, number))


def _sentence(line: Line) -> str:
    """The sentence, as a link within the page where there is a place (page.js follows it)."""
    said = escaped(line.message)
    return said if line.place is None else f"[{said}](#{line.place})"
