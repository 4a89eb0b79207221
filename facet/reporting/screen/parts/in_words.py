"""Charts in words: each as a table and as a picture, on demand."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from facet.reporting.present.charts.as_table import figure_table
from facet.reporting.present.document.drawn import chart_of
from facet.reporting.present.document.parts import Part
from facet.reporting.screen.parts.cells import Column
from facet.reporting.screen.parts.files import picture
from facet.reporting.screen.parts.table import plain_table
from facet.reporting.screen.session.picks import picked_before, said_before
from facet.reporting.screen.session.shown import note_shown
from facet.reporting.screen.session.view import View


def in_words(
    view: View,
    name: str,
    title: str,
    figure: Any,
    part: Callable[[], Part] | None,
    chooses: tuple[str, str] | None = None,
) -> str | None:
    """The same as a table and as a picture, on demand; returns the key of what was chosen there.

    `chooses`: what the figure is shown for and what a bar is called, where one can be chosen.
    """
    part = part or partial(chart_of, view, title, figure)
    note_shown(part)
    with st.popover(
        view.text("chart.as_table"),
        icon=":material/table_rows:",
        type="tertiary",
        key=f"table-of-{name}",
        on_change="rerun",
    ) as popover:
        if not popover.open:
            return None if chooses is None else said_before(chooses[0])
        table = figure_table(figure)
        chosen: str | None = None
        if chooses is not None:
            shown_for, pick = chooses
            names = {key: name for key, name in zip(table.keys, table.names, strict=True) if key}
            kept = picked_before(pick)
            chosen = st.selectbox(
                view.text("chart.choose"),
                list(names),
                index=list(names).index(kept) if kept in names else None,
                format_func=lambda key: names[key],
                placeholder=view.text("chart.choose_none"),
                key=f"bar-{shown_for}",
            )
        rows = [(name, *cells) for name, cells in zip(table.names, table.rows, strict=True)]
        labels = [view.text("table.line"), *table.columns]
        columns = [Column(label=label, value=n) for n, label in enumerate(labels)]
        plain_table(view, rows, columns)
        picture(view, name, part)
        return chosen
