"""Whose performance is looked at: everybody whom the reader may see, or one manager's people."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from facet.reporting.query.metrics import Where
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.session.query_params import query_param_select
from facet.reporting.screen.session.view import View

#: Who is looked at when nobody is chosen.
EVERYBODY: Final = "all"
#: No user's id: keeps nothing, where an empty list would keep everything.
_NO_ONE: Final = 0


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who works for the tenant."""

    user_id: int
    name: str
    job_title: str | None


@dataclass(frozen=True, kw_only=True)
class Team:
    """The people looked at, by name. `manager` is who was chosen; None: nobody was."""

    people: Mapping[int, Person]
    manager: int | None
    #: True where it is the whole shop, with what is unattributed and who has left.
    is_shop: bool

    @property
    def of_people(self) -> Where:
        """What keeps a question to what these people have credit for."""
        return {"staff_member": sorted(self.people) or [_NO_ONE]}

    @property
    def of_all(self) -> Where:
        """What keeps a question to the people; of the shop, with what is unattributed."""
        return {} if self.is_shop else self.of_people

    @property
    def is_one_person(self) -> bool:
        """True for who sees nobody but themselves, so that there is nothing to compare."""
        return len(self.people) == 1 and not self.is_shop


def team_of(view: View) -> Team:
    """Let choose a manager's team; the address says which.

    Raises:
        EndOfPage: the release was made before there was credit of staff.
    """
    people = _people(view)
    under = _under(view, people)
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
    """Say whose the totals are."""
    others = view.count(len(team.people) - 1)
    if team.is_shop:
        said = view.text("staff.scope_shop")
    elif team.manager is not None:
        name = team.people[team.manager].name
        said = view.text("staff.scope_team", name=name, others=others)
    elif len(team.people) > 1:
        said = view.text("staff.scope_own", others=others)
    else:
        said = view.text("staff.scope_self")
    with st.container(key="scope"):
        st.caption(f":material/groups: {escaped(said)}")


def _people(view: View) -> dict[int, Person]:
    """Whom the reader may see, by name."""
    rows = view.marts.rows(
        "dim_staff", ["user_id", "full_name", "job_title"], order_by=["full_name", "user_id"]
    )
    seen = view.principal.people
    return {
        int(str(user_id)): Person(
            user_id=int(str(user_id)),
            name=str(name),
            job_title=None if job_title is None else str(job_title),
        )
        for user_id, name, job_title in rows.rows
        if seen is None or user_id in seen
    }


def _under(view: View, people: Collection[int]) -> Mapping[int, set[int]]:
    """Everybody under each manager, the manager too, in the order of their names."""
    if not view.marts.has("dim_staff_managers"):
        return {}
    below: defaultdict[int, set[int]] = defaultdict(set)
    for manager, user_id in view.marts.rows("dim_staff_managers", ["manager_id", "user_id"]).rows:
        if manager in people and user_id in people:
            below[int(str(manager))].add(int(str(user_id)))
    return {manager: below[manager] for manager in people if manager in below}
