"""Tiles of promotions in the period: redeemed, spent, influenced, refused, broken."""

from datetime import date
from typing import Final

import streamlit as st

from facet.reporting.query.table import total
from facet.reporting.screen.pages.promotions.data.promotions import Promotion
from facet.reporting.screen.pages.promotions.data.violations import violations_of_period
from facet.reporting.screen.parts.empty import offer_days
from facet.reporting.screen.parts.tiles import Tile, tiles
from facet.reporting.screen.session.view import View

_METRICS: Final = (
    *("net_redemptions", "discount_cost", "promoted_sales", "influence_rate"),
    *("margin_after_promotion", "rejection_rate", "stacking_rate"),
)


def promotion_tiles(view: View, promotions: tuple[Promotion, ...]) -> None:
    """Show the period's numbers; where it has none a message, with days that have some."""
    numbers = tiles(view, _METRICS, also=[_violations(view, promotions)])
    if not numbers.is_empty:
        st.caption(view.text("promotion.influence_means"))
        return
    with st.container(key="nothing-in-period", border=True, horizontal_alignment="center"):
        st.markdown(f":material/search_off: {view.text('promotion.none_in_period')}")
        days = [day for p in promotions if isinstance(day := p["last_redeemed_date"], date)]
        if days:
            offer_days(view, date.min, max(days))


def _violations(view: View, promotions: tuple[Promotion, ...]) -> Tile:
    found = violations_of_period(view)
    whole = total(promotions, "violation_count")
    stake = view.formats.exact(found.number("at_stake_amount"), "money")
    return Tile(
        name="violations",
        label=view.text("promotion.violations"),
        value=view.count(found.number("row_count")),
        note=view.text("violations.of_all", count=view.count(whole)),
        help=view.text("violations.tile_means", amount=stake),
    )
