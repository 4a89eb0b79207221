"""Campaigns and their goals as the page reads them, and which of them are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from facet.reporting.present.costs import where_costed
from facet.reporting.present.goals import PHASES, Goal, Phase, Planned
from facet.reporting.query.table import Cell, Fields, Row, total
from facet.reporting.screen.parts.empty import stop_with_nothing_yet
from facet.reporting.screen.session.view import View

_CAMPAIGN: Final = (
    *("campaign_id", "campaign_name", "campaign_code", "campaign_status", "owner_name"),
    *("is_deleted", "start_date", "end_date"),
)
#: Before it was there, all that was sold counted as sold at a known cost.
COSTED: Final = "costed_demand_amount"
_RETURN: Final = (
    *("campaign_id", "attribution_model", "demand_sales_amount", "net_sales_amount"),
    *("cost_amount", "gross_margin_amount"),
    *("order_weight", "unit_weight", "new_customer_weight"),
    *("lead_weight", "budget_amount", "spent_amount", "return_on_spend"),
    *("budget_used_rate",),
)


class Campaign(Planned):
    """A campaign, whatever its attribution."""

    def phase(self, today: date) -> Phase:
        """Where its days are; one that was deleted is over."""
        return "over" if self["is_deleted"] else super().phase(today)

    @property
    def key(self) -> str:
        """Its key in the address."""
        return str(self["campaign_id"])

    @property
    def name(self) -> str:
        """Its label."""
        return str(self["campaign_name"])


@dataclass(frozen=True, kw_only=True)
class Campaigns:
    """Campaigns and goals, and which of them are looked at by which attribution.

    `goals` are all that are shown anywhere, whoever needs somebody first; `returns` are of all
    campaigns and models in the window.
    """

    show: str
    model: str
    #: All that there are.
    models: Sequence[str]
    window: int
    today: date
    campaigns: tuple[Campaign, ...]
    goals: tuple[Goal, ...]
    returns: tuple[Row, ...]

    @property
    def attribution(self) -> dict[str, Sequence[Cell]]:
        """The attribution that was chosen, to read marts by."""
        return {"attribution_model": [self.model], "window_days": [self.window]}

    @property
    def name(self) -> str:
        """The key of drawings of one attribution."""
        return f"{self.model}-{self.window}"

    def is_shown(self, row: Planned) -> bool:
        """Whether a goal or campaign is among those looked at."""
        return self.show in ("all", row.phase(self.today))

    @cached_property
    def goals_shown(self) -> tuple[Goal, ...]:
        """The goals that are looked at."""
        return tuple(filter(self.is_shown, self.goals))

    @cached_property
    def returns_shown(self) -> tuple[Row, ...]:
        """Returns of the campaigns shown, by the selected model."""
        shown = {campaign["campaign_id"] for campaign in self.campaigns if self.is_shown(campaign)}
        return tuple(
            row
            for row in self.returns
            if row["attribution_model"] == self.model and row["campaign_id"] in shown
        )

    @cached_property
    def returns_with_spend(self) -> tuple[Row, ...]:
        """Those of which it is known what was spent."""
        return tuple(row for row in self.returns_shown if row.number("spent_amount") > 0)

    @cached_property
    def return_on_spend(self) -> Decimal | None:
        """Their return for each unit that was spent; None where nothing is known."""
        spent = total(self.returns_with_spend, "spent_amount")
        earned = gross_margin(self.returns_with_spend)
        return earned / spent if spent and earned is not None else None

    def campaign(self, campaign_id: Cell) -> Campaign | None:
        """A campaign by its id."""
        return next(
            (campaign for campaign in self.campaigns if campaign["campaign_id"] == campaign_id),
            None,
        )


def gross_margin(rows: Sequence[Fields]) -> Decimal | None:
    """The gross margin of rows together; None where no cost is known of anything that was sold."""
    return where_costed(
        total(rows, "net_sales_amount") - total(rows, "cost_amount"),
        total(rows, COSTED),
        total(rows, "demand_sales_amount"),
    )


def campaigns_of(view: View) -> tuple[Campaign, ...]:
    """All campaigns: what runs first, then what comes next, then what is over.

    Raises:
        EndOfPage: there is none.
    """
    today = view.tenant.today
    records = view.marts.rows("dim_campaigns", _CAMPAIGN).records()
    if not records:
        stop_with_nothing_yet(
            view.text("campaign.none"), view.text("campaign.none_why"), icon="campaign"
        )
    return tuple(sorted(map(Campaign, records), key=lambda campaign: _sort_key(campaign, today)))


def returns_of(view: View, window: int) -> tuple[Row, ...]:
    """Returns of each campaign within a window, by each model of attribution."""
    rows = view.marts.rows(
        "rpt_campaign_returns",
        _RETURN,
        newer={COSTED: "demand_sales_amount"},
        where={"window_days": [window]},
    )
    return tuple(map(Row, rows.records()))


def _sort_key(campaign: Campaign, today: date) -> tuple[int, int, int]:
    """Sort order: running, then to come, then over, the newest first."""
    phase = campaign.phase(today)
    day = campaign["end_date" if phase == "over" else "start_date"]
    distance = abs((day - today).days) if isinstance(day, date) else 0
    return PHASES.index(phase), distance, int(campaign.number("campaign_id"))
