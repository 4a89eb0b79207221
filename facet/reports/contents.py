"""What a report holds: exact numbers of its sections, from the view of its recipient."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from facet.reporting.present.costs import coverage_of
from facet.reporting.present.document.drawn import figures_of, trend_of
from facet.reporting.present.document.parts import Listing, Part, Trend
from facet.reporting.present.export import Heading
from facet.reporting.present.filters import DIMENSIONS
from facet.reporting.present.goals import attributions_of, goals_of
from facet.reporting.present.staff import OF_ORDERS, people_of
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Cell
from facet.reports.sections import Section

#: A trend of less than so many days says nothing; one of so many is drawn instead.
_SHORT, _DRAWN_DAYS = 7, 14
_STAFF: Final = "staff_member"
#: What a list's names are called.
_HEADINGS: Final = {
    **{by: f"filter.{by}" for by in DIMENSIONS},
    _STAFF: "staff.name",
    "promotion": "promotion.promotion",
}
_GOAL_HEADINGS: Final = {
    "goal.goal": "text",
    "goal.campaign": "text",
    "goal.status": "text",
    "goal.actual": "number",
    "goal.target": "number",
    "goal.attainment": "rate",
    "goal.pace": "rate",
    "goal.days_left": "count",
}


def part_of(view: TenantView, section: Section) -> Part:
    """A section's numbers of the view's period."""
    title = view.text(f"page.{section.page}")
    if section.goals:
        return _goals(view, title)
    names = view.reader.available_metrics(section.tiles)
    if not names:
        return Part(title=title, notes=(view.text("report.no_data"),))
    people = sorted(people_of(view)) if section.by == _STAFF else None
    where = {_STAFF: people} if people is not None else {}
    figures = figures_of(view, names, view.numbers(names, where=where))
    trend = _trend(view, section.trend) if section.trend else None
    notes = [*_scope(view, section), *filter(None, [coverage_of(view, names)])]
    listing = _listing(view, section)
    if not any(figure.now for figure in figures) and not (listing and listing.rows):
        return Part(title=title, notes=(view.text("report.nothing"),), trend=trend)
    return Part(
        title=title,
        notes=tuple(notes),
        figures=figures,
        trend=trend,
        listing=listing,
    )


def _trend(view: TenantView, metric: str) -> Trend | None:
    """A metric over the period, or over the two weeks that end with it."""
    if not view.reader.available_metrics([metric]):
        return None
    end = view.period.end
    if view.period.days < _SHORT:
        period = Period(end - timedelta(days=_DRAWN_DAYS - 1), end)
        view = view.showing(replace(view.filters, custom=period))
    return trend_of(view, metric)


def _listing(view: TenantView, section: Section) -> Listing | None:
    """Metrics by a dimension, the largest of the first metric first, and all together."""
    names = view.reader.available_metrics(section.metrics)
    if section.dimension is None or not names:
        return None
    dimension = view.resolve(section.dimension)
    table = view.query(
        names, by=dimension.columns, period=view.period, order_by=[f"-{names[0]}", dimension.name]
    )
    count = len(dimension.columns)
    rows = [
        (_named(view, section, row[count - 1]), *row[count:])
        for row in table.rows
        if any(row[count:])
    ]
    whole = _whole(view, section, names)
    return Listing(
        title=view.text(f"report.by_{section.by}"),
        headings=(
            Heading(label=view.text(_HEADINGS[section.by or ""])),
            *(Heading(label=view.label(name), kind=view.kind(name)) for name in names),
        ),
        rows=tuple(rows),
        total=None if whole is None else (view.text("table.total"), *whole),
    )


def _whole(view: TenantView, section: Section, names: Sequence[str]) -> tuple[Cell, ...] | None:
    """Metrics of all that a list has together; None where they do not add up.

    What people have to reach is held against what they sold, not against what is unattributed.
    """
    if any(view.metric(name).choose for name in names):
        return None
    whole = dict(view.query(names, period=view.period).records()[0])
    of_people = [name for name in names if section.by == _STAFF and name not in OF_ORDERS]
    if of_people:
        where = {_STAFF: sorted(people_of(view))}
        whole |= view.query(of_people, period=view.period, where=where).records()[0]
    return tuple(whole[name] for name in names)


def _named(view: TenantView, section: Section, value: Cell) -> str:
    """What a value of the list is called."""
    assert section.dimension is not None
    if section.by == _STAFF and value is None:
        return view.text("staff.unattributed")
    return view.value_label(section.dimension.name, value)


def _scope(view: TenantView, section: Section) -> tuple[str, ...]:
    """Whose numbers they are, where they are of people and the recipient does not see all."""
    people = view.principal.people
    if section.by != _STAFF or people is None:
        return ()
    if len(people) <= 1:
        return (view.text("staff.scope_self"),)
    return (view.text("staff.scope_own", others=view.count(len(people) - 1)),)


def _goals(view: TenantView, title: str) -> Part:
    """The goals of campaigns that run on the day of the data, whoever needs somebody first."""
    if not view.marts.has("rpt_campaign_goals"):
        return Part(title=title, notes=(view.text("report.no_data"),))
    models, windows = attributions_of(view)
    goals = goals_of(view, models[0], windows[-1]) if windows else ()
    running = [goal for goal in goals if goal.phase(view.tenant.today) == "running"]
    if not running:
        return Part(title=title, notes=(view.text("report.no_goals"),))
    rows = [
        (
            goal.name,
            goal["campaign_name"],
            view.text(f"goal_status.{goal.status}"),
            goal["actual_value"],
            goal["target_value"],
            goal["attainment_rate"],
            goal["pace_rate"],
            goal["days_left"],
        )
        for goal in running
    ]
    return Part(
        title=title,
        listing=Listing(
            title=view.text("report.goals"),
            headings=tuple(
                Heading(label=view.text(key), kind=kind) for key, kind in _GOAL_HEADINGS.items()
            ),
            rows=tuple(rows),
            kinds=tuple(goal.kind for goal in running),
        ),
    )
