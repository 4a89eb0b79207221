"""The team in numbers: tiles, and the leaderboard with what is unattributed and the total."""

from collections.abc import Iterator

import streamlit as st

from facet.reporting.present.staff import SALES
from facet.reporting.query.table import number_of
from facet.reporting.screen.pages.staff.data.leaderboard import (
    COLUMNS,
    TILES,
    Leaderboard,
    LeaderboardRow,
    lines_of,
)
from facet.reporting.screen.pages.staff.data.targets import targets_running
from facet.reporting.screen.pages.staff.data.team import Team
from facet.reporting.screen.pages.staff.targets import pace_columns
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.table import Select, listing
from facet.reporting.screen.parts.tiles import Tile, tiles
from facet.reporting.screen.session.view import View


def team_headline(view: View, board: Leaderboard) -> None:
    """The team's figures in two sentences, and which data are missing for more."""
    attained, sales = board.credited.get("target_attainment"), board.credited.get(SALES)
    values = {"sales": view.formats.short(sales or 0, "money")}
    if attained is None:
        headline = view.text("staff.headline", **values)
    else:
        rate = view.formats.exact(attained, "rate")
        headline = view.text("staff.headline_target", rate=rate, **values)
    missing = [view.text(f"staff.no_{name}") for name in board.missing]
    with st.container(key="headline", gap="xsmall"):
        subheading(escaped(headline))
        if not board.people and not view.has_just_begun:
            st.info(view.text("staff.no_credit"), icon=":material/person_search:")
        elif missing:
            st.caption(view.text("staff.missing", what=", ".join(missing)))


def team_tiles(view: View, team: Team, board: Leaderboard) -> None:
    """The people's numbers, and beside them what belongs to nobody."""
    if team.is_one_person:
        return
    also = []
    if team.is_shop:
        record = board.unattributed or {}
        sales, total = number_of(record.get(SALES)), number_of(board.total.get(SALES))
        share = view.formats.exact(sales / total, "rate") if total > 0 else None
        also.append(
            Tile(
                name="unattributed",
                label=view.text("staff.unattributed"),
                value=view.formats.short(sales, "money"),
                note=share and view.text("staff.unattributed_share", share=share),
                help=view.text("staff.unattributed_help", value=view.formats.exact(sales, "money")),
            )
        )
    tiles(view, TILES, where=team.of_people, also=also)


def leaderboard(view: View, team: Team, board: Leaderboard) -> None:
    """The list of people; a row that is picked chooses its person."""
    if team.is_one_person:
        return
    rows = list(board.people)
    if board.unattributed is not None:
        nobody = view.text("staff.unattributed")
        rows.append(LeaderboardRow(name=nobody, figures=board.unattributed))
    if not rows:
        return
    with st.container(key="leaderboard", gap="xsmall"):
        subheading(view.text("staff.leaderboard"))
        st.caption(view.text("staff.pick_shop" if team.is_shop else "staff.pick"))
        listing(
            view,
            "staff",
            rows,
            list(_columns(view, team)),
            select=Select(chooses=_person),
            total=LeaderboardRow(name=view.text("table.total"), figures=board.total),
        )


def _columns(view: View, team: Team) -> Iterator[Column]:
    lines = lines_of(view, team)
    yield column(view, "staff.rank", lambda row: row.rank, kind="count")
    yield column(view, "staff.name", lambda row: row.name)
    for name in view.reader.available_metrics(list(COLUMNS)):
        yield Column(
            label=view.text(COLUMNS[name]),
            value=name,
            kind="rate" if name == "target_attainment" else view.kind(name),
            help=view.description(name),
        )
    yield from pace_columns(view, targets_running(view))
    yield column(
        view,
        "staff.trend",
        lambda row: lines[row.user_id],
        kind="line",
        help=view.description(SALES),
    )


def _person(row: LeaderboardRow) -> dict[str, str]:
    """Whom a row chooses; nobody where it is of what is unattributed."""
    return {} if row.user_id is None else {"person": str(row.user_id)}
