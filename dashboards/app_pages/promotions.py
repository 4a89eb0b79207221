"""Promotions: what each costs, what it brings, and which redemptions break a rule."""

from facet.reporting import screen

#: The first has a row in every release: what there is of the others, the page says itself.
MARTS = (
    "dim_tenants",
    "rpt_promotions",
    "rpt_promotion_lift",
    "rpt_promotion_days",
    "dim_promotions",
    "fct_promotion_redemptions",
    "fct_redemption_lines",
    "fct_free_items",
    "fct_promoted_orders",
    "fct_stacked_promotions",
    "fct_promotion_violations",
)

view = screen.view_of_session()
screen.stop_without(view, *MARTS)
promotions = screen.promotions_of(view)

screen.promotion_tiles(view, promotions)
screen.promotion_warnings(view, promotions)
promotion = screen.promotion_list(view, promotions)

screen.promotion_head(view, promotion)
screen.promotion_numbers(view, promotion)
screen.all_redemptions(view, promotion)
screen.promotion_lift(view, promotion)
days = screen.promotion_timeline(view, promotion)
screen.picked_orders(view, promotion, (), days)
screen.promotion_parts(view, promotion)

screen.violations(view)
