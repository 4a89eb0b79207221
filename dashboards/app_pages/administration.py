"""Administration: who may do what and since when, and who makes use of it."""

import streamlit as st

from facet.reporting.screen.pages.administration.data import roles_and_permissions, users
from facet.reporting.screen.pages.administration.lists import holders, role_matrix, user_list
from facet.reporting.screen.pages.administration.needs import what_needs_somebody
from facet.reporting.screen.registry import PAGES
from facet.reporting.screen.session.state import current_view

view = current_view()
people = users(view)
roles, permissions = roles_and_permissions(view, PAGES)

st.caption(view.text("administration.about"))
what_needs_somebody(view, people, roles, permissions)
role_matrix(view, roles, permissions)
holders(view, permissions)
user_list(view, people)
