"""What pages show, read from their code."""

from pathlib import Path

import pytest

from facet.metrics.shown import Shown, shown_by_pages

_FILES = {
    "models/marts/fct_sales.sql": "",
    "models/marts/rpt_waits.sql": "",
    "models/marts/rpt_others.sql": "",
    "models/semantic/sales.yml": "metrics: [{name: sales}, {name: orders}, {name: returns}]",
    "facet/reporting/screen/parts/waits.py": """
from facet.reporting.present.kinds import WAITS
from facet.reporting.present import others

def waits(view):
    return view.rows(_mart()), WAITS, "orders"

def _mart():
    return "rpt_waits"

def other(view):
    return others.MART
""",
    "facet/reporting/present/kinds.py": 'WAITS = ("fct_sales",)\nREST = ("rpt_others",)',
    "facet/reporting/present/others.py": 'MART = "rpt_others"',
    "facet/reporting/screen/pages/daily/__init__.py": 'PAGE = Page(shows=("orders",), marts=())',
    "facet/reporting/screen/pages/daily/data.py": 'METRIC = "returns"\nABOUT = "of sales a day"',
    "dashboards/app_pages/daily.py": """
from facet.reporting.screen.parts.waits import waits
TILES = ("sales",)
""",
    "facet/reporting/screen/pages/late/__init__.py": "",
    "dashboards/app_pages/late.py": "from facet.reporting.screen.parts.waits import other",
    "facet/reporting/screen/pages/asked/__init__.py": "known = view.metrics",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in _FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_a_page_shows_what_it_names_and_the_marts_of_what_it_takes_of_parts(project: Path) -> None:
    """`shows` of a record names subjects; words of a sentence are no names."""
    assert shown_by_pages(project) == {
        "daily": Shown(
            metrics=frozenset({"sales", "returns"}), marts=frozenset({"fct_sales", "rpt_waits"})
        ),
        "late": Shown(metrics=frozenset(), marts=frozenset({"rpt_others"})),
        "asked": Shown(metrics=frozenset({"sales", "orders", "returns"}), marts=frozenset()),
    }
