"""The dashboards: who is there, the frame, then the page. Run with `facet dashboards`."""

from pathlib import Path

import streamlit as st

from facet.reporting import screen

FOLDER = Path(__file__).parent

st.set_page_config(page_title="Facet", page_icon=str(FOLDER / "icon.svg"), layout="wide")
screen.styles(FOLDER / "style.css")

view = screen.enter()
screen.companion(view.language)
opened = screen.page_menu(view.language, view.principal.permissions)
view = screen.header(view, opened)
screen.show(view, opened)
screen.footer(view)
