"""What needs somebody now: first on its page, a line for each thing."""

from collections.abc import Iterable, Iterator, Sequence

import streamlit as st

from facet.reporting.present.document.parts import Part
from facet.reporting.present.needs import Need, number_of_need, sentence_of_need
from facet.reporting.screen.parts.empty import nothing_wrong
from facet.reporting.screen.parts.headings import minor_heading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.session.shown import note_shown
from facet.reporting.screen.session.view import View


def needs_attention(
    view: View,
    lines: Iterable[tuple[str, str]],
    *,
    nothing: str,
    missing: Sequence[str] = (),
) -> None:
    """Show what needs somebody, side by side where there is room.

    Args:
        view: for words.
        lines: an icon and a sentence each.
        nothing: said where nothing needs anybody, in the reader's language.
        missing: what is not known, in Markdown and before anything else; then it is not said that
            nothing needs anybody.
    """
    listed = list(lines)
    said = tuple(message for _, message in listed) or ((nothing,) if not missing else ())
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
            for icon, message in listed:
                st.markdown(f":material/{icon}: {escaped(message)}")


def lines_of(view: View, needs: Iterable[Need]) -> Iterator[tuple[str, str]]:
    """An icon and a sentence for each kind of thing of which there is something."""
    for need in needs:
        if number := number_of_need(view, need):
            yield need.icon, sentence_of_need(view, need, number)
