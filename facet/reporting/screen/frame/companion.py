"""The script of every page, and the data that it gets."""

import html
import json
from functools import cache

import streamlit as st

from facet.config import Settings
from facet.reporting.present import filters
from facet.reporting.present.languages import Language
from facet.reporting.present.texts import text, texts
from facet.reporting.screen import registry
from facet.reporting.screen.session import picks


def companion(language: Language, *, keeps_link: bool = False) -> None:
    """Run the script that goes with every page: what only a browser can do, and in which words.

    With `keeps_link` the browser's tab keeps the address, for when its reader has signed in.
    """
    st.html(_markup(language, keeps_link), unsafe_allow_javascript=True)


@cache
def _markup(language: Language, keeps_link: bool) -> str:
    prefix = "streamlit."
    state = {
        "language": language,
        "words": {
            key.removeprefix(prefix): text(language, key)
            for key in texts()
            if key.startswith(prefix)
        },
        "pages": [page.name for page in registry.PAGES],
        "parameters": [*filters.PARAMETERS, *registry.PARAMETERS, picks.PARAMETER, "lang"],
        "keepsLink": keeps_link,
    }
    path = Settings.from_environment().project_dir / "dashboards" / "page.js"
    script = path.read_text(encoding="utf-8")
    data = html.escape(json.dumps(state))
    return f'<div hidden data-facet="{data}"></div><script>{script}</script>'
