"""The dashboards: who is there, the frame, then the page. Run with `facet dashboards`."""

from pathlib import Path

import streamlit as st

from facet.reporting.screen.frame.address import follow
from facet.reporting.screen.frame.chrome import footer, header
from facet.reporting.screen.frame.companion import companion
from facet.reporting.screen.frame.entry import enter, in_turn, show
from facet.reporting.screen.frame.menu import page_menu
from facet.reporting.screen.frame.saved_views import start
from facet.reporting.screen.frame.take_along import take_along_menu

FOLDER = Path(__file__).parent

st.set_page_config(page_title="Facet", page_icon=str(FOLDER / "icon.svg"), layout="wide")
st.html(FOLDER / "style.css")
st.html(FOLDER / "touch.css")

with in_turn():
    view = enter()
    companion(view.language)
    navigation = page_menu(view.language, view.principal.permissions)
    start(view, navigation)
    view, notice, place = header(view, navigation)
    show(view, navigation)
    take_along_menu(view, navigation, place)
    follow(view, navigation.page, notice)
    footer(view)
