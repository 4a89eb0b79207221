"""What roles allow, who may do something and since when, and all users."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

import streamlit as st

from facet.reporting.present.formats import DASH
from facet.reporting.present.texts import texts
from facet.reporting.query.table import Record
from facet.reporting.screen.pages.administration.data import Permission, Role, who_may
from facet.reporting.screen.pages.administration.needs import is_unused
from facet.reporting.screen.parts.cells import Column, column, moment_of, or_dash
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.query_params import query_param_select
from facet.reporting.screen.session.view import View


def role_matrix(view: View, roles: Sequence[Role], permissions: Sequence[Permission]) -> None:
    """A row for each permission, a column for each role."""
    subheading(view.text("rights.title"))
    if not permissions:
        st.caption(view.text("rights.none"))
        return
    st.caption(view.text("rights.means"))
    names = Counter(role.name for role in roles)
    columns = [column(view, "rights.permission", lambda row: _meaning(view, row), width=430)]
    for role in roles:
        name = role.name if names[role.name] == 1 else f"{role.name} #{role.role_id}"
        columns.append(
            Column(
                label=view.text("rights.role", name=name, count=view.count(role.user_count)),
                value=partial(_granted, view, role),
            )
        )
    columns.append(column(view, "rights.code", lambda row: row.code))
    listing(view, "role-permissions", permissions, columns)


def holders(view: View, permissions: Sequence[Permission]) -> None:
    """Who has the permission that is chosen, through which roles, and since when."""
    if not permissions:
        return
    subheading(view.text("holder.title"))
    options = {row.code: _meaning(view, row) for row in permissions}
    code = query_param_select(
        "permission",
        view.text("rights.permission"),
        options,
        default=permissions[0].code,
        width=420,
    )
    found = who_may(view, code)
    if not found:
        st.caption(view.text("holder.none"))
        return
    columns = [
        column(view, "holder.person", person),
        column(view, "holder.roles", "role_name"),
        column(view, "holder.since", moment_of(view, "allowed_since_at"), kind="moment"),
    ]
    listing(view, "holders", found, columns)


def user_list(view: View, people: Sequence[Record]) -> None:
    """All users, with what they may do and when they last did anything."""
    subheading(view.text("user.title"))
    columns = [
        column(view, "holder.person", person),
        column(view, "user.state", lambda row: view.text(f"use_state.{row['use_state']}")),
        column(view, "user.roles", or_dash("role_names")),
        column(view, "user.permissions", "permission_count", kind="count"),
        column(view, "user.acts", "act_count", kind="count"),
        column(view, "user.last", moment_of(view, "last_act_at"), kind="moment"),
        column(view, "user.added", moment_of(view, "created_at"), kind="moment"),
    ]
    listing(view, "users", people, columns)


def person(row: Record) -> str:
    """The name of a row's user, or the number of whom the reader may not see."""
    return str(row["user_name"] or f"#{row['user_id']}")


def _meaning(view: View, permission: Permission) -> str:
    """What a permission allows: in the reader's language where it is one of the dashboards'."""
    if permission.pages:
        pages = ", ".join(view.word("page", name) for name in permission.pages)
        return view.text("permission.pages", pages=pages)
    key = f"permission.{permission.code}"
    return view.text(key) if key in texts() else permission.description or permission.code


def _granted(view: View, role: Role, permission: Permission) -> str:
    if role.role_id not in permission.roles:
        return DASH
    return view.text("rights.unused" if is_unused(permission, role) else "table.yes")
