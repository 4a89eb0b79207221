"""The pages there are."""

from typing import Any, Final

import streamlit as st

from facet.reporting.tenants import Language
from facet.reporting.texts import text

#: Pages of things that have no period, channel or buyer, by their place in the address.
UNFILTERED: Final = ("migration",)
#: Pages of things that have a period, but no channel, category or buyer.
PERIOD_ONLY: Final[tuple[str, ...]] = ()


def page_menu(language: Language, *, is_shown: bool = True) -> Any:
    """Tell Streamlit of the pages; returns the one that the address asks for.

    Where nobody may see a page yet, they are there but not shown: an address of a page stays valid
    while its reader signs in.
    """
    pages = [
        st.Page(
            "app_pages/overview.py",
            title=text(language, "page.overview"),
            icon=":material/space_dashboard:",
            default=True,
        ),
        st.Page(
            "app_pages/sales.py",
            title=text(language, "page.sales"),
            icon=":material/receipt_long:",
        ),
        st.Page(
            "app_pages/migration.py",
            title=text(language, "page.migration"),
            icon=":material/moving:",
        ),
    ]
    return st.navigation(pages, position="top" if is_shown else "hidden")
