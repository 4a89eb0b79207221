"""The dashboards: who is there, the frame, then the page. Run with `facet dashboards`."""

from pathlib import Path

import streamlit as st

from facet.errors import FacetError
from facet.reporting import screen

FOLDER = Path(__file__).parent

st.set_page_config(page_title="Facet", page_icon=str(FOLDER / "icon.svg"), layout="wide")
screen.styles(FOLDER / "style.css")

view = screen.enter()
page = screen.page_menu(view.language)
view = screen.header(view, page)
try:
    page.run()
except screen.EndOfPage:
    pass
except FacetError as error:
    screen.trouble(view, error)
screen.footer(view)
