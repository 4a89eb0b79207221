"""What of marketing needs somebody now, and tiles of what affiliates brought."""

from typing import Final

import streamlit as st

from facet.reporting.present.needs import MARKETING
from facet.reporting.screen.parts.attention import lines_of, needs_attention
from facet.reporting.screen.parts.tiles import tiles
from facet.reporting.screen.session.view import View

_TILES: Final = (
    *("affiliate_net_sales", "affiliate_orders", "affiliate_commission", "link_touches"),
)


def what_needs_somebody(view: View) -> None:
    """A line for each thing that somebody should see to, rights first."""
    needs_attention(view, lines_of(view, MARKETING), nothing=view.text("marketing.needs_nobody"))


def marketing_tiles(view: View) -> None:
    """Show what came by affiliates and links in the period."""
    if tiles(view, _TILES).is_empty:
        st.caption(view.text("marketing.none_in_period"))
