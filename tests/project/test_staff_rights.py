"""Who may not see everybody's performance sees that of the people under them, and no other row."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from facet.release.tenant_files import MARTS_SCHEMA, Privacy
from facet.reporting.identity.scope import DataScope
from facet.reporting.query.tenant_file import DATABASE, open_tenant_file
from facet.rights.document import newest
from tests.principals import EVERYTHING

_MARTS = f"{DATABASE}.{MARTS_SCHEMA}"
#: Marts whose rows are somebody's performance.
_OF_PEOPLE = {
    "fct_sales_credits", "fct_sales_targets", "fct_work_hours", "fct_leads", "fct_replies",
    "dim_staff_managers", "rpt_staff_achievements",
}  # fmt: skip
_METRICS = (
    "credited_net_sales", "credited_orders", "sales_target", "worked_seconds", "leads_assigned",
    "leads_converted",
)  # fmt: skip


@pytest.fixture
def served(database: str, publish: Callable[..., Any]) -> Any:
    return publish(database, "duckdb")


def test_the_tree_of_managers_is_that_of_rights(served: Any) -> None:
    folder = served.release.file_of(served.release.tenants[0].tenant_id).parent
    rights = newest(folder, max_age=served.settings.rights_max_age)
    for tenant in served.release.tenants:
        path = served.release.file_of(tenant.tenant_id)
        with open_tenant_file(path, EVERYTHING) as connection:
            teams = connection.execute(
                f"select manager_id, list(user_id) from {_MARTS}.dim_staff_managers group by all"
            ).fetchall()
        in_rights = {p.user_id: p.people for p in rights.people if p.tenant_id == tenant.tenant_id}
        assert {manager: frozenset(people) for manager, people in teams} == in_rights


def test_rows_of_other_people_are_in_no_mart_that_somebody_without_all_staff_sees(
    served: Any,
) -> None:
    for tenant in served.release.tenants:
        path = served.release.file_of(tenant.tenant_id)
        with duckdb.connect(str(path), read_only=True) as connection:
            privacies = {
                name: Privacy.parse(comment)
                for name, comment in connection.execute(
                    "select table_name, comment from duckdb_tables()"
                ).fetchall()
            }
        assert {name for name, privacy in privacies.items() if privacy.rows_of} >= _OF_PEOPLE
        for people in _teams(path)[:2]:
            listed = ", ".join(map(str, people))
            with (
                open_tenant_file(path, EVERYTHING) as whole,
                open_tenant_file(path, DataScope(people=people, has_personal_data=True)) as seen,
            ):
                for name in _OF_PEOPLE:
                    theirs = " and ".join(f"{c} in ({listed})" for c in privacies[name].rows_of)
                    rows = f"select count(*) from {_MARTS}.{name}"
                    wanted = whole.execute(f"{rows} where {theirs}").fetchone()
                    assert seen.execute(rows).fetchone() == wanted, name
                sellers = f"select distinct sales_user_id from {_MARTS}.fct_orders"
                named = {seller for (seller,) in seen.execute(sellers).fetchall()}
                assert named <= {*people, None}


def test_figures_of_a_team_are_those_of_its_people_whoever_asks(served: Any) -> None:
    for tenant in served.release.tenants:
        path = served.release.file_of(tenant.tenant_id)
        everybody = served.reader(tenant.tenant_id)
        by_person = {
            person: figures
            for person, *figures in everybody.metrics(_METRICS, by=["staff_member"]).rows
        }
        for people in _teams(path)[:2]:
            manager = served.reader(tenant.tenant_id, people=people)
            own = {p: list(f) for p, *f in manager.metrics(_METRICS, by=["staff_member"]).rows}
            assert own == {p: figures for p, figures in by_person.items() if p in people}
            rolled_up = everybody.metrics(_METRICS, where={"staff_member": sorted(people)})
            assert rolled_up.rows == manager.metrics(_METRICS).rows
            for place, name in enumerate(_METRICS):
                parts = [figures[place] or 0 for figures in own.values()]
                total = rolled_up.rows[0][place] or 0
                # an order of several people is one order of theirs
                assert total <= sum(parts) if name == "credited_orders" else total == sum(parts)
        [total] = everybody.metrics(["credited_net_sales", "net_sales"]).rows
        assert total[0] == total[1]


def _teams(path: Any) -> list[frozenset[int]]:
    """Everybody under each manager, the largest teams first."""
    with open_tenant_file(path, EVERYTHING) as connection:
        rows = connection.execute(
            f"select list(user_id) from {_MARTS}.dim_staff_managers group by manager_id"
            " having count(*) > 1 order by count(*) desc, manager_id"
        ).fetchall()
    return [frozenset(people) for (people,) in rows]
