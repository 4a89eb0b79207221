"""Sales team: who sold what, against targets, hours and leads, and what each figure is made of."""

import streamlit as st

from facet.reporting import screen

view = screen.view_of_session()
team = screen.team_of(view)
screen.team_scope(view, team)

board = screen.board_of(view, team)
screen.team_headline(view, board)
screen.team_tiles(view, team, board)
screen.leaderboard(view, team, board)

person = screen.chosen_person(view, team, board)
if person is not None and screen.person_numbers(view, person, team, board):
    left, right = st.columns(2, gap="medium")
    with left:
        screen.person_trend(view, person)
        screen.person_leads(view, person)
    with right:
        screen.person_mix(view, person)
        screen.person_replies(view, person)
        screen.person_achievements(view, person)
    screen.person_orders(view, person)

screen.what_if(view, board)
