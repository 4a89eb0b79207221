"""The page Sales team of the demo says of people and shop what the operational tables say."""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from pandas import isnull
from streamlit.testing.v1 import AppTest

from facet.config import PROJECT_DIR
from facet.reporting.identity.identity import demo_users
from facet.reporting.screen.frame import sign_in
from facet.reporting.screen.session.state import KEY, State
from facet.rights.document import rights_of
from tests.facet.reporting.fixtures import AT_THIS_MACHINE
from tests.oracle.query import query_oracle

_DAYS = 90
_TOTAL = r"\*\*Total\*\* · (?:Of target \*\*[^*]+\*\* · )?Net sales \*\*([^*]+)\*\*"


def _leaderboard(script: AppTest) -> dict[str, Decimal | None]:
    """Credited net sales by name, as the list has them."""
    frame = next(f.value for f in script.dataframe if "Of target" in f.value.columns)
    # a browser sorts numbers: they are written as short as they can be, and read back so
    sales = [None if isnull(cell) else Decimal(str(cell)) for cell in frame["Net sales"]]
    return dict(zip(frame["Name"], sales, strict=True))


def _total(script: AppTest) -> Decimal:
    """Net sales as told under the list."""
    texts = [str(element.value) for element in script.markdown]
    (amount,) = (found[1] for text in texts if (found := re.match(_TOTAL, text)))
    return Decimal(re.sub(r"[^\d.-]", "", amount))


def test_the_leaderboard_of_each_tenant_adds_up_to_its_net_sales(
    demo_database: str, publish: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    served = publish(demo_database, "duckdb")
    release, rights = served.release, rights_of(served.release.directory, served.settings)
    last = release.snapshot.at.date() - timedelta(days=1)
    first = last - timedelta(days=_DAYS - 1)
    credited: dict[tuple[int, int | None], Decimal] = defaultdict(Decimal)
    for tenant, metric, person, day, _, value in query_oracle(
        served.url, "staff_sales", using=("00_sales", "01_parts")
    ):
        if metric == "credited_net_sales" and first <= day <= last:
            credited[tenant, person] += value
    net_sales: dict[int, Decimal] = defaultdict(Decimal)
    for tenant, metric, day, value in query_oracle(served.url, "sales_metrics"):
        if metric == "net_sales" and first <= day <= last:
            net_sales[tenant] += value

    monkeypatch.setattr(sign_in, "request_context", lambda: AT_THIS_MACHINE)
    monkeypatch.setenv("FACET_HOME", str(served.settings.home))
    for tenant in release.tenants:
        users = [user for user in demo_users(release, rights) if user.tenant_id == tenant.tenant_id]
        script = AppTest.from_file(
            str(PROJECT_DIR / "dashboards" / "streamlit_app.py"), default_timeout=120
        )
        script.session_state[KEY] = State(demo_user=(tenant.tenant_id, users[0].user_id))
        address = {"period": "custom", "from": str(first), "to": str(last), "lang": "en"}
        for name, value in address.items():
            script.query_params[name] = value
        script = script.run().switch_page("app_pages/staff.py").run()
        assert not script.exception
        shown = _leaderboard(script)
        people = {person.user_id: person.full_name for person in rights.people}
        expected = {
            people[person] if person else "Unattributed": value
            for (of, person), value in credited.items()
            if of == tenant.tenant_id
        }
        listed = [value for value in shown.values() if value is not None]  # None: a target alone
        assert sum(listed, Decimal()) == net_sales[tenant.tenant_id] > 0
        assert _total(script) == net_sales[tenant.tenant_id]
        assert {name: value for name, value in shown.items() if value} == {
            name: value for name, value in expected.items() if value
        }
