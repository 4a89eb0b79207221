"""What needs somebody: the most urgent of it, on pages that the reader may see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import streamlit as st

from facet.reporting.present import needs
from facet.reporting.present.document.parts import Part
from facet.reporting.present.goals import attributions_of, goals_of
from facet.reporting.present.needs import Need, number_of_need, sentence_of_need
from facet.reporting.query.conditions import Where
from facet.reporting.query.table import Cell
from facet.reporting.screen.parts.empty import nothing_wrong
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.session.query_params import FOUND
from facet.reporting.screen.session.shown import note_shown
from facet.reporting.screen.session.view import View
from facet.rights.codes import ADMINISTRATION, MARKETING, PLATFORM, SALES, STAFF

_MOST: Final = 6


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Something that needs somebody, on its page and there in one of its parts."""

    need: Need
    page: str
    permissions: tuple[str, ...]
    part: str | None = None
    #: The key of what is brought into view there.
    found: str | None = None
    #: How many there are, where a count of rows does not say it.
    number: Callable[[View], Cell] | None = field(default=None, repr=False)


def _goals_behind(view: View) -> Cell:
    """Goals that are behind by the attribution that their page opens with."""
    if not all(map(view.marts.shows, ("rpt_campaign_goals", "rpt_campaign_returns"))):
        return 0
    models, windows = attributions_of(view)
    goals = goals_of(view, models[0], windows[-1]) if windows else ()
    return sum(goal.needs_somebody for goal in goals)


def _waits(band: str) -> Need:
    where: Where = {"is_waiting": [True], "waiting_band": [band]}
    return Need(name=f"messages.waits_{band}", icon="mark_chat_unread", mart="fct_conversations",
                where=where)  # fmt: skip


def _of(listed: tuple[Need, ...], name: str) -> Need:
    return next(need for need in listed if need.name.endswith(f".{name}"))


_OPERATORS: Final = (PLATFORM, ADMINISTRATION)
#: The most urgent first: who waits, what stops sales, what makes numbers wrong, what is late.
_PLACES: Final = (
    _Place(need=_waits("older"), page="messages", permissions=(SALES,)),
    _Place(
        need=Need(name="operation_needs.critical", icon="emergency_home", mart="fct_alerts",
                  where={"is_open": [True], "severity": ["critical"]}),
        page="operations", permissions=_OPERATORS,
    ),
    _Place(
        need=Need(name="home_need.shipments", icon="local_shipping", mart="fct_shipments",
                  where={"is_late": [True]}),
        page="fulfilment", part="shipments", permissions=(SALES,),
    ),
    _Place(
        need=Need(name="home_need.goals", icon="flag", mart="rpt_campaign_goals"),
        page="campaigns", permissions=(MARKETING,), number=_goals_behind,
    ),
    _Place(
        need=Need(name="needs.ran_out", icon="production_quantity_limits", mart="rpt_products",
                  where={"reorder_reason": ["ran_out"]}),
        page="products", found="list-of-reorder", permissions=(SALES,),
    ),
    _Place(need=_of(needs.PEOPLE, "overdue"), page="people", part="requests", permissions=(STAFF,)),
    _Place(need=_of(needs.TASKS, "overdue"), page="projects", part="tasks", permissions=(STAFF,)),
    _Place(
        need=Need(name="home_need.quarantine", icon="rule", mart="rpt_quarantine",
                  where={"severity": ["error"]}, sums="row_count"),
        page="quarantine", permissions=_OPERATORS,
    ),
    _Place(
        need=Need(name="home_need.budgets", icon="money_off", mart="rpt_promotions",
                  where={"budget_outlook": ["ran_out"], "is_over": [False]}),
        page="promotions", permissions=(MARKETING,),
    ),
    _Place(need=_of(needs.MARKETING, "expired"), page="marketing", part="files",
           permissions=(MARKETING,)),
    _Place(
        need=Need(name="home_need.targets", icon="trending_down", mart="rpt_sales_targets",
                  where={"target_status": ["at_risk", "behind"]}),
        page="staff", permissions=(STAFF,),
    ),
    _Place(need=_waits("week"), page="messages", permissions=(SALES,)),
    _Place(
        need=Need(name="home_need.cases", icon="build", mart="fct_service_cases",
                  where={"is_overdue": [True]}),
        page="fulfilment", part="services", permissions=(SALES,),
    ),
    _Place(
        need=Need(name="home_need.owed", icon="payments", mart="rpt_balances_due",
                  where={"age_band": ["over_90"]}),
        page="fulfilment", part="balances", permissions=(SALES,),
    ),
    _Place(need=_of(needs.MARKETING, "late"), page="marketing", part="activities",
           permissions=(MARKETING,)),
    _Place(need=_of(needs.TASKS, "blocked"), page="projects", part="tasks", permissions=(STAFF,)),
    _Place(need=_of(needs.PEOPLE, "time_off"), page="people", part="requests",
           permissions=(STAFF,)),
    _Place(need=_of(needs.PEOPLE, "warnings"), page="people", part="warnings",
           permissions=(STAFF,)),
    _Place(
        need=Need(name="home_need.inbound", icon="input", mart="fct_inbound_shipments",
                  where={"is_overdue": [True]}),
        page="fulfilment", part="inbound", permissions=(SALES,),
    ),
)  # fmt: skip


def what_needs_somebody(view: View) -> None:
    """Show the most urgent of what the reader may see, each a link to where it is shown."""
    with st.container(key="home-needs", gap="xxsmall"):
        subheading(view.text("home.needs"))
        found = list(islice(_found(view), _MOST))
        said = tuple(sentence for _, sentence in found) or (view.text("home.needs_nobody"),)
        note_shown(lambda: Part(notes=said))
        if not found:
            nothing_wrong(view.text("home.needs_nobody"))
        for place, sentence in found:
            st.page_link(
                f"app_pages/{place.page}.py",
                label=escaped(sentence),
                icon=f":material/{place.need.icon}:",
                query_params=_address(place),
            )


def _address(place: _Place) -> dict[str, str] | None:
    named = {"part": place.part, FOUND: place.found}
    return {name: value for name, value in named.items() if value} or None


def _found(view: View) -> Iterator[tuple[_Place, str]]:
    for place in _PLACES:
        if view.principal.permissions.isdisjoint(place.permissions):
            continue
        number = place.number(view) if place.number else number_of_need(view, place.need)
        if number:
            yield place, sentence_of_need(view, place.need, number)
