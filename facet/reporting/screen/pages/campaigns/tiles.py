"""Tiles of campaigns: which goals need somebody, what came in, what it cost."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Final

from facet.reporting.present.costs import coverage
from facet.reporting.present.formats import DASH
from facet.reporting.present.goals import Goal
from facet.reporting.query.table import total
from facet.reporting.screen.pages.campaigns.columns import return_column
from facet.reporting.screen.pages.campaigns.data.campaigns import Campaigns, gross_margin
from facet.reporting.screen.parts import costs
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.tiles import Tile, plain_tiles, value_tile
from facet.reporting.screen.session.view import View

#: The statuses that have a tile, by which campaigns are looked at.
_TILES: Final = {
    "running": ("at_risk", "behind", "on_track", "achieved"),
    "coming": ("not_started",),
    "over": ("missed", "achieved"),
    "all": ("at_risk", "behind", "on_track", "achieved"),
}


def campaign_headline(view: View, campaigns: Campaigns) -> None:
    """The one sentence: do goals need somebody, or not?"""
    subheading(_headline(view, campaigns))


def campaign_tiles(view: View, campaigns: Campaigns) -> None:
    """Goals by status, and what the campaigns have brought and cost."""
    counts = Counter(goal.status for goal in campaigns.goals_shown)
    tiles = [
        Tile(
            name=status,
            label=view.text(f"goal_status.{status}"),
            value=view.count(counts[status]),
            note=view.text("goal.of_all", count=view.count(counts.total())),
            help=view.text(f"goal_status_means.{status}"),
        )
        for status in _TILES[campaigns.show]
    ]
    plain_tiles([*tiles, *_money(view, campaigns)])
    rows = campaigns.returns_shown
    costed, demand = (total(rows, f"{name}_amount") for name in ("costed_demand", "demand_sales"))
    costs.show_message(coverage(view, costed, demand))


def _headline(view: View, campaigns: Campaigns) -> str:
    goals = campaigns.goals_shown
    judged = [goal for goal in goals if goal.status != "no_target"]
    if not judged:
        return view.text("goal.headline_none")
    count = view.count(len(goals))
    if campaigns.show == "over":
        achieved = sum(goal.status == "achieved" for goal in judged)
        return view.text("goal.headline_over", part=view.count(achieved), count=count)
    if campaigns.show == "coming":
        return view.text("goal.headline_coming", count=count)
    needy: list[Goal] = [goal for goal in judged if goal.needs_somebody]
    if needy:
        return view.text("goal.headline_needy", part=view.count(len(needy)), count=count)
    return view.text("goal.headline_good", count=count)


def _money(view: View, campaigns: Campaigns) -> Iterator[Tile]:
    """Sums over the campaigns; the return is of those whose spend is known."""
    rows, with_spend = campaigns.returns_shown, campaigns.returns_with_spend
    spent, budget = total(with_spend, "spent_amount"), total(rows, "budget_amount")
    net_sales, margin = total(rows, "net_sales_amount"), gross_margin(rows)
    orders = total(rows, "order_weight")

    tile = partial(value_tile, view, "campaign", kind="money")
    count = view.text("campaign.orders_note", count=view.count(orders))
    yield tile("net_sales", net_sales, note=count)
    share = DASH
    if net_sales and margin is not None:
        share = view.formats.exact(margin / net_sales, "rate")
    yield tile("gross_margin", margin, note=view.text("campaign.margin_note", share=share))
    budgeted = view.formats.short(budget, "money") if budget else DASH
    yield tile("spent", spent, note=view.text("campaign.budget_note", budget=budgeted))
    if campaigns.show == "coming":
        return
    returned = return_column(view)
    yield Tile(
        name="return_on_spend",
        label=returned.label,
        value=returned.text(view, campaigns.return_on_spend),
        note=view.text(
            "campaign.return_note", part=view.count(len(with_spend)), count=view.count(len(rows))
        ),
        help=returned.help,
    )
