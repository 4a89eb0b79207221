"""Promotions: what each costs, what it brings, and which redemptions break a rule."""

from facet.reporting.screen.pages.promotions.data.promotions import promotions_of
from facet.reporting.screen.pages.promotions.days import promotion_timeline
from facet.reporting.screen.pages.promotions.detail import (
    promotion_head,
    promotion_lift,
    promotion_numbers,
)
from facet.reporting.screen.pages.promotions.list import promotion_list, promotion_warnings
from facet.reporting.screen.pages.promotions.orders import (
    all_redemptions,
    promotion_breakdowns,
    redemption_orders,
)
from facet.reporting.screen.pages.promotions.terms import promotion_terms
from facet.reporting.screen.pages.promotions.tiles import promotion_tiles
from facet.reporting.screen.pages.promotions.violations import violations
from facet.reporting.screen.session.state import current_view

view = current_view()
promotions = promotions_of(view)

promotion_warnings(view, promotions)
promotion_tiles(view, promotions)
promotion = promotion_list(view, promotions)

promotion_head(view, promotion)
promotion_terms(view, promotion)
promotion_numbers(view, promotion)
all_redemptions(view, promotion)
promotion_lift(view, promotion)
days = promotion_timeline(view, promotion)
redemption_orders(view, promotion, days)
promotion_breakdowns(view, promotion)

violations(view)
