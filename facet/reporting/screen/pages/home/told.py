"""What happened yesterday and in this period, a sentence each, which opens to its rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.present.contributions import ALL, OF_NET_SALES
from facet.reporting.present.document.parts import Part
from facet.reporting.query.cache import LruCache
from facet.reporting.screen.pages.home.data.stretches import (
    SHOP,
    Stretch,
    Subject,
    period_of,
    person,
    yesterday_of,
)
from facet.reporting.screen.pages.home.data.why import Split, Why, orders_split, why
from facet.reporting.screen.pages.home.rows import effect_rows, split_rows
from facet.reporting.screen.pages.home.sentences import headline, of_effects, of_split, other
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.session.shown import note_shown
from facet.reporting.screen.session.state import state
from facet.reporting.screen.session.view import View
from facet.rights.codes import SALES, STAFF

#: By so many dimensions a change is told; the others are among the rows.
_DIMENSIONS: Final = 2
_ARROWS: Final = {1: ":green[:material/arrow_upward:] ", -1: ":red[:material/arrow_downward:] "}
#: Where the numbers of a shop, and of one person, are shown.
_PAGES: Final = {"shop": "overview", "person": "staff"}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A stretch and why its net sales changed; `why` is None where they are as usual."""

    stretch: Stretch
    why: Why | None
    orders: tuple[Split, ...]


#: Found once for all who see the same; never changed after.
_FACTS: Final = LruCache[tuple[Facts, ...]](2000)


def what_happened(view: View) -> None:
    """Tell of the shop, or of the reader's own sales to those who may not see the shop's."""
    subject = subject_of(view)
    if subject is None:
        return
    with st.container(key="home-happened", gap="xsmall"):
        subheading(view.text("home.happened"))
        if view.first_day is None:
            st.markdown(view.text("empty.never"))
            return
        if view.first_day == view.tenant.today:
            st.markdown(view.text("home.first_day"))
            return
        for facts in facts_of(view, subject):
            _tell(view, subject, facts)


def subject_of(view: View) -> Subject | None:
    """Whose numbers the reader may see; None: nobody's, or the release has none."""
    if view.principal.may(SALES):
        return SHOP
    if view.principal.may(STAFF) and view.marts.shows("fct_sales_credits"):
        return person(view.principal.user_id)
    return None


def facts_of(view: View, subject: Subject) -> tuple[Facts, ...]:
    """What is told of yesterday and of this period."""
    comparison = (state().filters or view.filters).comparison

    def found() -> tuple[Facts, ...]:
        stretches = (yesterday_of(view, subject), period_of(view, subject, comparison))
        return tuple(_facts(view, subject, stretch) for stretch in stretches)

    # by which dimensions a change is split depends on what the reader may see
    who = view.cache_key[0], tuple(sorted(view.principal.permissions)), repr(subject)
    return _FACTS.made((*who, comparison), found)


def _facts(view: View, subject: Subject, stretch: Stretch) -> Facts:
    orders = stretch.figures[-1]
    return Facts(
        stretch=stretch,
        why=why(view, subject, stretch) if any(f.compares for f in stretch.figures[:-1]) else None,
        orders=orders_split(view, stretch) if orders.compares and subject is SHOP else (),
    )


def _tell(view: View, subject: Subject, facts: Facts) -> None:
    stretch, reasons = facts.stretch, facts.why
    page = _PAGES[subject.name]
    told = headline(view, subject, stretch)
    note_shown(lambda: Part(notes=(told,)))
    label = f"{_arrow(stretch.sales.compares)}{escaped(told)}"
    with st.container(key=f"home-{stretch.preset}", gap="xxsmall"):
        st.page_link(
            f"app_pages/{page}.py", label=label, query_params=_address(view, subject, stretch)
        )
        if reasons is not None and stretch.sales.compares:
            if reasons.effects is not None:
                sentence = of_effects(view, reasons.total)
                rows = partial(effect_rows, view, stretch, reasons, OF_NET_SALES)
                _opens(view, f"{stretch.preset}-effects", sentence, rows)
            by_parts = reasons.telling(_DIMENSIONS)
            for split in by_parts:
                _open_split(view, stretch, split, of_split(view, split))
            rest = [split for split in reasons.able if split not in by_parts]
            if rest:
                sentence = view.text("home_why.otherwise")
                rows = partial(_rest, view, stretch, rest)
                _opens(view, f"{stretch.preset}-rest", sentence, rows, says=False)
        for figure in stretch.figures[1:]:
            if figure.compares:
                _tell_other(view, facts, figure.metric)


def _tell_other(view: View, facts: Facts, metric: str) -> None:
    """Another metric that is not as usual, which opens to its own parts."""
    stretch, reasons = facts.stretch, facts.why
    figure = next(each for each in stretch.figures if each.metric == metric)
    text = other(view, stretch, figure)
    key = f"{stretch.preset}-{metric}"
    if metric == "gross_margin" and reasons is not None:
        _opens(
            view,
            key,
            text,
            lambda: effect_rows(view, stretch, reasons, ALL),
            compares=figure.compares,
        )
    for split in facts.orders[:1] if metric == "orders" else ():
        _open_split(view, stretch, split, text, compares=figure.compares)


def _open_split(
    view: View, stretch: Stretch, split: Split, sentence: str, *, compares: int | None = None
) -> None:
    key = f"{stretch.preset}-{split.metric}-{split.by}"
    _opens(view, key, sentence, lambda: split_rows(view, stretch, split), compares=compares)


def _rest(view: View, stretch: Stretch, splits: Sequence[Split]) -> None:
    """Choose another dimension; show what it says, and its rows."""
    by = {split.by: split for split in splits}
    chosen = one_of(
        view.text("home_why.otherwise"),
        list(by),
        lambda name: view.text(f"home_by.{name}"),
        key=f"by-{stretch.preset}",
        is_label_shown=False,
    )
    st.markdown(escaped(of_split(view, by[chosen])))
    split_rows(view, stretch, by[chosen])


def _opens(
    view: View,
    key: str,
    sentence: str,
    rows: Callable[[], None],
    *,
    compares: int | None = None,
    says: bool = True,
) -> None:
    """A sentence that opens to its rows, read when it is opened; files have what `says` a fact."""
    if says:
        note_shown(lambda: Part(notes=(sentence,)))
    label = f"{_arrow(compares)}{escaped(sentence)}"
    with st.expander(label, key=f"open-{key}", type="compact", on_change="rerun") as opened:
        if opened.open:
            rows()


def _arrow(compares: int | None) -> str:
    return _ARROWS.get(compares or 0, "")


def _address(view: View, subject: Subject, stretch: Stretch) -> Mapping[str, str]:
    """The address at which the number of a stretch is shown, to the cent."""
    address: dict[str, str] = {"period": stretch.preset}
    if stretch.comparison not in ("usual", "year", "none"):
        address["compare"] = stretch.comparison
    if subject.name == "person":
        address["person"] = str(view.principal.user_id)
    return address
