"""Sales team: who sold what, against targets, hours and leads, and what each figure is made of."""

import streamlit as st

from facet.reporting.screen.pages.staff.achievements import person_achievements
from facet.reporting.screen.pages.staff.data.leaderboard import load_leaderboard
from facet.reporting.screen.pages.staff.leaderboard import leaderboard, team_headline, team_tiles
from facet.reporting.screen.pages.staff.orders import person_orders
from facet.reporting.screen.pages.staff.person import (
    chosen_person,
    person_leads,
    person_mix,
    person_numbers,
    person_replies,
    person_trend,
)
from facet.reporting.screen.pages.staff.team import team_of, team_scope
from facet.reporting.screen.pages.staff.what_if import what_if
from facet.reporting.screen.session.state import current_view

view = current_view()
team = team_of(view)
team_scope(view, team)

board = load_leaderboard(view, team)
team_headline(view, board)
team_tiles(view, team, board)
leaderboard(view, team, board)

person = chosen_person(view, team, board)
if person is not None and person_numbers(view, person, team, board):
    left, right = st.columns(2, gap="medium")
    with left:
        person_trend(view, person)
        person_leads(view, person)
    with right:
        person_mix(view, person)
        person_replies(view, person)
        person_achievements(view, person)
    person_orders(view, person)

what_if(view, board)
