"""The row of filters over every page, kept in the address.

The address is the truth when somebody arrives, goes back or edits it; otherwise the widgets are,
and the address follows. Moving to another page empties the address: the choice goes along.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

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
    to_address,
)
from facet.reporting.present.period_text import period_text
from facet.reporting.query.periods import EARLIEST, LATEST, Period, Preset
from facet.reporting.screen import registry
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.session.page import Page
from facet.reporting.screen.session.query_params import query_params
from facet.reporting.screen.session.state import state
from facet.reporting.screen.session.view import View

#: So much of a value that was not understood is said.
_SAID: Final = 40


def filter_bar(view: View, page: Page) -> Filters:
    """Show the filters and return what is chosen."""
    filters, ignored = _arrived(view, page)
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
    _keep(filters, page)
    if not page.has("parts"):
        filters = filters.everything()
    if not page.has("compare"):
        filters = replace(filters, comparison="none")
    _explain(view.showing(filters), ignored)
    return filters


def park_filters(view: View, page: Page) -> None:
    """Keep the filters out of the address of a page that has none, for the next page."""
    if page.is_for(view.principal.permissions) and query_params(PARAMETERS):
        found, _ = _arrived(view, page)
        state().filters = state().shown = found
    _write_address({}, page)


def _arrived(view: View, page: Page) -> tuple[Filters, tuple[Ignored, ...]]:
    """The filters to start this rerun from, and what of the address was not understood."""
    address = query_params(PARAMETERS)
    kept, written = state().filters, state().written
    is_ours = address == {name: list(written[name]) for name in PARAMETERS if name in written}
    is_new_page = state().page_name != page.name
    if kept is not None and (is_ours or (is_new_page and not address) or kept != state().shown):
        return kept, ()
    return from_address(address, view.choices)


def _seed(view: View, filters: Filters) -> None:
    """Give the widgets the values of the filters where these come from elsewhere."""
    period = filters.period(view.tenant.today, view.tenant.calendar)
    values = {
        "choice-period": filters.preset,
        "choice-compare": filters.comparison,
        "choice-grain": filters.grain or "auto",
        "choice-measure": filters.measure,
        "choice-days": (period.start, period.end),
        **{f"choice-{name}": list(getattr(filters, name)) for name in DIMENSIONS},
    }
    for key, value in values.items():
        if filters != state().shown or key not in st.session_state:
            st.session_state[key] = value
    for name in DIMENSIONS:  # a new release may lack what was chosen in the one before
        key, options = f"choice-{name}", view.choices.of(name)
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


def _more(view: View) -> None:
    count = sum(bool(st.session_state[f"choice-{name}"]) for name in DIMENSIONS)
    label = view.text("filter.more") + (f" · {count}" if count else "")
    with st.popover(label, icon=":material/tune:", key="more-filters"):
        for name in DIMENSIONS:
            st.multiselect(
                view.text(f"filter.{name}"),
                list(view.choices.of(name)),
                format_func=partial(view.choice_label, name),
                placeholder=view.text("filter.all"),
                key=f"choice-{name}",
            )
        st.segmented_control(
            view.text("filter.grain"),
            ("auto", *GRAINS),
            format_func=lambda grain: view.text(f"grain.{grain}"),
            key="choice-grain",
        )


def _chosen(view: View, page: Page, before: Filters) -> Filters:
    """The filters of the widgets; where one has no usable value, what was chosen before."""
    widgets = st.session_state
    preset = widgets["choice-period"]
    days = widgets.get("choice-days")
    custom = None
    if preset == "custom":
        custom = _complete_period(days) or before.period(view.tenant.today, view.tenant.calendar)
    grain = widgets["choice-grain"]
    return Filters(
        preset=preset,
        custom=custom,
        comparison=widgets["choice-compare"] if page.has("compare") else before.comparison,
        grain=None if grain in (None, "auto") else grain,
        measure=widgets["choice-measure"] if page.has("measure") else before.measure,
        **{name: tuple(widgets[f"choice-{name}"]) for name in DIMENSIONS},
    )


def _complete_period(days: object) -> Period | None:
    """The days of the widget; None while only the first has been picked."""
    return Period(*days) if isinstance(days, tuple) and len(days) == 2 else None


def _keep(filters: Filters, page: Page) -> None:
    """Remember the choice, and write it to the address where that differs."""
    state().filters = state().shown = filters
    _write_address(to_address(filters), page)


def _write_address(filters: Mapping[str, list[str]], page: Page) -> None:
    """Write filters, language and the page's own parameters to the address."""
    given = query_params(st.query_params)
    language = state().language
    spoken: dict[str, list[str]] = {"lang": [language]} if language else {}
    wanted: dict[str, list[str]] = {
        **filters,
        **spoken,
        **query_params(registry.PARAMETERS),
    }
    if given != wanted:
        st.query_params.from_dict(wanted)
    selections = {
        name: values for name, values in state().written.items() if name in registry.PARAMETERS
    }
    state().written = {**filters, **selections}
    state().page_name = page.name


def _explain(view: View, ignored: Sequence[Ignored]) -> None:
    """Show which days are meant, and what of the address was left out."""
    with st.container(key="period"):
        st.caption(escaped(period_text(view)))
    if ignored:
        parts = "; ".join(escaped(_ignored(view, part)) for part in ignored)
        st.info(view.text("filter.ignored", parts=parts), icon=":material/link_off:")


def _ignored(view: View, ignored: Ignored) -> str:
    """What of an address was left out, in the reader's words and those of the address."""
    name = view.text(f"filter.{ignored.name}")
    given = ", ".join(f"“{value[:_SAID]}{'…' * (len(value) > _SAID)}”" for value in ignored.values)
    return f"{name} {given}" if given else name
