"""The script that goes with every page, and what it is told."""

import html
import json

import streamlit as st

from facet.config import Settings
from facet.reporting.filters import PARAMETERS
from facet.reporting.screen.choice import CHOICES
from facet.reporting.screen.menu import PAGES
from facet.reporting.tenants import Language
from facet.reporting.texts import texts


def companion(language: Language, *, keeps_link: bool = False) -> None:
    """Run the script that goes with every page: what only a browser can do, and in which words.

    With `keeps_link` the browser's tab keeps the address, for when its reader has signed in.
    """
    prefix = "streamlit."
    told = {
        "language": language,
        "words": {
            key.removeprefix(prefix): said[language]
            for key, said in texts().items()
            if key.startswith(prefix)
        },
        "pages": [page.name for page in PAGES],
        "parameters": [*PARAMETERS, *CHOICES, "lang"],
        "keepsLink": keeps_link,
    }
    path = Settings.from_environment().project_dir / "dashboards" / "page.js"
    script = path.read_text(encoding="utf-8")
    st.html(
        f'<div hidden data-facet="{html.escape(json.dumps(told))}"></div><script>{script}</script>',
        unsafe_allow_javascript=True,
    )
