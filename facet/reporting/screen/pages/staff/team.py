"""Selection of a team: everybody whom the reader may see, or one manager's people."""

from typing import Final

import streamlit as st

from facet.reporting.present.staff import people_of
from facet.reporting.screen.pages.staff.data.team import Team, teams_of
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.session.query_params import query_param_select
from facet.reporting.screen.session.view import View

#: Who is looked at when nobody is chosen.
EVERYBODY: Final = "all"


def team_of(view: View) -> Team:
    """Select a manager's team; the address names it.

    Raises:
        EndOfPage: the release was made before there was credit of staff.
    """
    people = people_of(view)
    under = teams_of(view, people)
    managers = {
        str(manager): view.text(
            "staff.team_of", name=people[manager].name, count=view.count(len(below))
        )
        for manager, below in under.items()
        if len(below) > 1 and (view.principal.people is None or len(below) < len(people))
    }
    options = {EVERYBODY: view.text("staff.everybody"), **managers}
    chosen = EVERYBODY
    if managers:
        chosen = query_param_select(
            "team", view.text("staff.team"), options, default=EVERYBODY, width=320
        )
    if chosen == EVERYBODY:
        return Team(people=people, manager=None, is_shop=view.principal.people is None)
    members = {user_id: people[user_id] for user_id in people if user_id in under[int(chosen)]}
    return Team(people=members, manager=int(chosen), is_shop=False)


def team_scope(view: View, team: Team) -> None:
    """Show whose the totals are."""
    others = view.count(len(team.people) - 1)
    if team.is_shop:
        message = view.text("staff.scope_shop")
    elif team.manager is not None:
        name = team.people[team.manager].name
        message = view.text("staff.scope_team", name=name, others=others)
    elif len(team.people) > 1:
        message = view.text("staff.scope_own", others=others)
    else:
        message = view.text("staff.scope_self")
    with st.container(key="scope"):
        st.caption(f":material/groups: {escaped(message)}")
