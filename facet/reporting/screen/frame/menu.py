"""The menu: the pages that somebody may see, by section."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import streamlit as st

from facet.reporting.present.languages import Language
from facet.reporting.present.texts import text
from facet.reporting.screen.registry import PAGES
from facet.reporting.screen.session.page import Page

#: So many pages fit beside each other in the menu of a laptop; one click reaches each.
_SIDE_BY_SIDE: Final = 9


@dataclass(frozen=True, kw_only=True)
class Navigation:
    """The page of the address, and how Streamlit runs it."""

    page: Page
    script: Any
    #: The pages that may be seen, by name.
    permitted: Mapping[str, Any]


def page_menu(language: Language, permissions: Collection[str] = ()) -> Navigation:
    """Register the pages with Streamlit; returns the one of the address.

    Pages that somebody may not see are there but not shown: an address of a page stays valid while
    its reader signs in, and who may not see it gets a message. Who arrives without an address gets
    the first, which is for everybody.
    """
    permitted = [page for page in PAGES if page.is_for(permissions)]
    scripts = {
        page.name: st.Page(
            f"app_pages/{page.name}.py",
            title=text(language, f"page.{page.name}"),
            icon=f":material/{page.icon}:",
            default=page is PAGES[0],
            visibility="visible" if page in permitted else "hidden",
        )
        for page in PAGES
    }
    listed = entries(language, scripts, len(permitted))
    chosen = st.navigation(listed, position="top" if permitted else "hidden")
    pages = {script: page for page, script in zip(PAGES, scripts.values(), strict=True)}
    return Navigation(
        page=pages[chosen],
        script=chosen,
        permitted={page.name: scripts[page.name] for page in permitted},
    )


def entries(
    language: Language, scripts: Mapping[str, Any], permitted: int
) -> list[Any] | dict[str, list[Any]]:
    """Entries of the menu: all pages side by side, or by section where they are too many for that.

    Args:
        language: of the sections' names.
        scripts: Streamlit's pages, by name.
        permitted: how many of them the reader may see.
    """
    if permitted <= _SIDE_BY_SIDE:
        return list(scripts.values())
    sections: dict[str, list[Any]] = {}
    for page in PAGES:
        name = text(language, f"section.{page.section}")
        sections.setdefault(name, []).append(scripts[page.name])
    return sections


def is_at_the_root() -> bool:
    """Whether the address names no page."""
    return urlsplit(st.context.url or "").path in ("", "/")
