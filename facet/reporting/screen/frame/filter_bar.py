"""The row of filters over every page, kept in the address.

The address is the truth when somebody arrives, goes back or edits it; otherwise the widgets are,
and the address follows.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from facet.reporting.present.filters import (
    COMPARISONS,
    DIMENSIONS,
    GRAINS,
    MEASURES,
    PARAMETERS,
    PRESETS,
    Filters,
    Ignored,
    from_address,
)
from facet.reporting.present.period_text import period_text
from facet.reporting.query.periods import EARLIEST, LATEST, Period, Preset
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.session.page import Page
from facet.reporting.screen.session.query_params import query_params
from facet.reporting.screen.session.state import note_ignored, set_filters, state
from facet.reporting.screen.session.view import View


def filter_bar(view: View, page: Page) -> Filters:
    """Show the filters and return what is chosen."""
    filters, ignored = _arrived(view)
    _seed(view, filters)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        if page.has("measure"):
            st.selectbox(
                view.text("filter.measure"),
                MEASURES,
                format_func=view.label,
                key="choice-measure",
                width=190,
            )
        st.selectbox(
            view.text("filter.period"),
            PRESETS,
            format_func=partial(_preset, view),
            key="choice-period",
            width=190,
        )
        if st.session_state["choice-period"] == "custom":
            _days(view)
        if page.has("compare"):
            st.selectbox(
                view.text("filter.compare"),
                _comparisons(view),
                format_func=lambda comparison: view.text(f"comparison.{comparison}"),
                key="choice-compare",
                width=170,
            )
        if page.has("parts"):
            _more(view)
    filters = _chosen(view, page, filters)
    state().filters = state().shown = filters
    if not page.has("parts"):
        filters = filters.everything()
    if not page.has("compare"):
        filters = replace(filters, comparison="none")
    _chips(view, filters)
    with st.container(key="period"):
        st.caption(period_text(view.showing(filters), written=escaped))
    _note_ignored(view, ignored)
    return filters


def keep_filters(view: View) -> None:
    """Keep what the address of a page without filters says of them, for the next page."""
    if query_params(PARAMETERS):
        state().filters, ignored = _arrived(view)
        state().shown = state().filters
        _note_ignored(view, ignored)


def _note_ignored(view: View, ignored: Sequence[Ignored]) -> None:
    """Have the page say what of the address was not understood."""
    for part in ignored:
        note_ignored(view.text(f"filter.{part.name}"), *part.values)


def _arrived(view: View) -> tuple[Filters, tuple[Ignored, ...]]:
    """The filters to start this rerun from, and what of the address was not understood."""
    address = query_params(PARAMETERS)
    kept, written = state().filters, state().written
    is_ours = address == {name: list(written[name]) for name in PARAMETERS if name in written}
    is_told = not is_ours if not state().is_new_page else not state().is_bare
    if kept is not None and (not is_told or kept != state().shown):
        return kept, ()
    return from_address(address, view.choices)


def _seed(view: View, filters: Filters) -> None:
    """Give the widgets the values of the filters where these come from elsewhere."""
    shown = state().shown
    if shown is not None and shown != filters:
        state().seeds += 1
        wider = state().wider
        if wider is not None and filters == filters.over(wider):
            state().wider = None
        elif filters.preset == "custom" and filters != filters.over(shown):
            state().wider = wider or shown
    period = filters.period(view.tenant.today, view.tenant.calendar)
    values = {
        "choice-period": filters.preset,
        "choice-compare": filters.comparison,
        _more_key("grain"): filters.grain or "auto",
        "choice-measure": filters.measure,
        "choice-days": (period.start, period.end),
        **{_more_key(name): list(getattr(filters, name)) for name in DIMENSIONS},
    }
    for key, value in values.items():
        if filters != state().shown or key not in st.session_state:
            st.session_state[key] = value
    for name in DIMENSIONS:  # a new release may lack what was chosen in the one before
        key, options = _more_key(name), view.choices.of(name)
        st.session_state[key] = [value for value in st.session_state[key] if value in options]


def _preset(view: View, preset: Preset) -> str:
    """The label of a preset; beside the fiscal year the name that the shop gives it."""
    label = view.text(f"preset.{preset}")
    if preset != "fiscal_year_to_date" or not view.marts.has("dim_dates", "fiscal_year_name"):
        return label
    today = {"date_day": [view.tenant.today]}
    names = view.marts.rows("dim_dates", ["fiscal_year_name"], where=today, limit=1)
    return f"{label} ({names.rows[0][0]})" if names.rows else label


def _comparisons(view: View) -> list[str]:
    """Options of the comparison; events where the release knows any."""
    chosen = st.session_state["choice-compare"]
    return [name for name in COMPARISONS if name != "event" or view.events or chosen == name]


def _days(view: View) -> None:
    st.date_input(
        view.text("filter.days"),
        key="choice-days",
        format="DD/MM/YYYY" if view.formats.locale != "en_US" else "MM/DD/YYYY",
        min_value=EARLIEST,
        max_value=LATEST,
        width=230,
    )


def _more_key(name: str) -> str:
    """The key of a widget that stands only while its menu is open; another once it has been seeded.

    A browser knows nothing of what becomes of the value meanwhile, and would send its own again.
    """
    return f"choice-{name}-{state().seeds}" if state().seeds else f"choice-{name}"


def _more(view: View) -> None:
    count = sum(bool(st.session_state[_more_key(name)]) for name in DIMENSIONS)
    label = view.text("filter.more") + (f" · {count}" if count else "")
    with st.popover(label, icon=":material/tune:", key="more-filters"):
        for name in DIMENSIONS:
            st.multiselect(
                view.text(f"filter.{name}"),
                list(view.choices.of(name)),
                format_func=partial(view.choice_label, name),
                placeholder=view.text("filter.all"),
                key=_more_key(name),
            )
        st.segmented_control(
            view.text("filter.grain"),
            ("auto", *GRAINS),
            format_func=lambda grain: view.text(f"grain.{grain}"),
            key=_more_key("grain"),
        )


def _chips(view: View, filters: Filters) -> None:
    """What the page is narrowed to, each to be taken off by a click."""
    if filters.preset != "custom":
        state().wider = None
    chosen = [
        (f"{name}-{key}", name, view.choice_label(name, key), filters.without(name, key))
        for name, keys in filters.chosen.items()
        for key in keys
    ]
    wider = state().wider
    if wider is not None and filters.custom is not None:
        label = view.formats.period(filters.custom)
        chosen.insert(0, ("days", "days", label, filters.over(wider)))
    if not chosen:
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for key, name, label, without in chosen:
            if st.button(
                f"{view.text(f'filter.{name}')}: {escaped(label)}",
                icon=":material/close:",
                type="tertiary",
                help=view.text("filter.take_off"),
                key=f"chip-{key}",
            ):
                set_filters(without)
                st.rerun()


def _chosen(view: View, page: Page, before: Filters) -> Filters:
    """The filters of the widgets; where one has no usable value, what was chosen before."""
    widgets = st.session_state
    preset = widgets["choice-period"]
    days = widgets.get("choice-days")
    custom = None
    if preset == "custom":
        custom = _complete_period(days) or before.period(view.tenant.today, view.tenant.calendar)
    grain = widgets[_more_key("grain")]
    return Filters(
        preset=preset,
        custom=custom,
        comparison=widgets["choice-compare"] if page.has("compare") else before.comparison,
        grain=None if grain in (None, "auto") else grain,
        measure=widgets["choice-measure"] if page.has("measure") else before.measure,
        **{name: tuple(widgets[_more_key(name)]) for name in DIMENSIONS},
    )


def _complete_period(days: object) -> Period | None:
    """The days of the widget; None while only the first has been picked."""
    return Period(*days) if isinstance(days, tuple) and len(days) == 2 else None
