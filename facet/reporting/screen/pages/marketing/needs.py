"""What of marketing needs somebody now, and tiles of what affiliates brought."""

from collections.abc import Iterator
from typing import Final

import streamlit as st

from facet.reporting.query.conditions import Where
from facet.reporting.screen.pages.marketing.data import BROKEN
from facet.reporting.screen.parts.attention import needs_attention
from facet.reporting.screen.parts.tiles import tiles
from facet.reporting.screen.session.view import View

_TILES: Final = (
    *("affiliate_net_sales", "affiliate_orders", "affiliate_commission", "link_touches"),
)
#: An icon, the name of a sentence, and what is counted for it.
_NEEDS: Final[tuple[tuple[str, str, str, Where], ...]] = (
    ("copyright", "expired", "rpt_marketing_assets",
     {"needs_rights": [True], "rights_state": ["expired"]}),
    ("event_upcoming", "end_soon", "rpt_marketing_assets",
     {"needs_rights": [True], "rights_state": ["end_soon", "end_early"]}),
    ("event_busy", "late", "rpt_activity_schedule", {"activity_state": ["late"]}),
    ("link_off", "nowhere", "rpt_utm_links", {"link_fault": [*BROKEN]}),
    ("history", "still_used", "rpt_utm_links", {"is_still_used": [True]}),
    ("percent", "no_rate", "rpt_affiliates", {"lacks_rate": [True]}),
    ("contract", "documents", "rpt_reference_documents", {"needs_renewal": [True]}),
    ("palette", "brand", "rpt_brand_items", {"is_missing": [True]}),
)  # fmt: skip


def what_needs_somebody(view: View) -> None:
    """A line for each thing that somebody should see to, rights first."""
    needs_attention(view, _lines(view), nothing=view.text("marketing.needs_nobody"))


def marketing_tiles(view: View) -> None:
    """Show what came by affiliates and links in the period."""
    if tiles(view, _TILES).is_empty:
        st.caption(view.text("marketing.none_in_period"))


def _lines(view: View) -> Iterator[tuple[str, str]]:
    for icon, name, mart, where in _NEEDS:
        if number := view.marts.count(mart, where):
            yield icon, view.text(f"marketing_needs.{name}", count=view.count(number))
