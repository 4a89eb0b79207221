"""Building what has changed gives what building everything does, row for row.

A database that chance wrote is changed by chance and built after some changes at a time; at the end
of a sequence everything is built anew. One sequence is tried on each engine; more by

    FACET_SEQUENCES=300 pytest tests/project/test_incremental.py
"""

import os
from collections.abc import Callable
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from facet.config import Engine, Settings
from facet.pipeline.history import RunReport
from facet.pipeline.run import run
from facet.pipeline.warehouse import writing
from facet.release import current, rollback
from tests.project.built_tables import built_tables
from tests.project.random_changes import Change, apply
from tests.project.random_rows import draw_tenants
from tests.project.random_tenant import write

_SEQUENCES = int(os.environ.get("FACET_SEQUENCES", "1"))
_TENANTS = 8

_NUMBERS = st.integers(0, 9999)
_CHANGES = st.lists(
    st.builds(Change, _NUMBERS, _NUMBERS, st.integers(0, 7), _NUMBERS, _NUMBERS),
    min_size=5,
    max_size=20,
)


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_after_any_changes_what_is_built_is_what_a_full_build_gives(
    engine: Engine,
    operational_database: Callable[[], str],
    run_anew: Callable[[str, Engine], tuple[Settings, RunReport]],
) -> None:
    url = operational_database()
    write(url, dict(enumerate(draw_tenants(1, _TENANTS), 1)).items())
    home, first = run_anew(url, engine)
    assert (first.built, run(home).built) == ("everything", "nothing")
    release = current(home.releases_dir)
    assert {tenant.from_release for tenant in release.tenants} == {first.release_id}
    rollback(home)
    built = _node_runs(home, url)
    run(home)  # published anew, as something else is served; there is nothing to build or to test
    assert _node_runs(home, url) == built
    assert current(home.releases_dir).number == release.number + 1

    for batches in _draw_sequences():
        done, built = [], []
        for changes in batches:
            done += apply(url, changes)
            report = run(home)
            built.append(report.built)
        incremental = built_tables(home, url), report.failed_tests
        report = run(home, full=True)
        full = built_tables(home, url), report.failed_tests
        different = [name for name, rows in full[0].items() if incremental[0][name] != rows]
        assert (different, incremental[1]) == ([], full[1]), "\n".join(done)
        assert "changes" in built


def _draw_sequences() -> list[list[list[Change]]]:
    """So many sequences of batches of changes, always the same; not Hypothesis' plainest."""
    drawn: list[list[list[Change]]] = []

    @hypothesis.seed(_SEQUENCES)
    @settings(
        max_examples=_SEQUENCES + 1,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(_CHANGES, min_size=2, max_size=2))
    def draw(batches: list[list[Change]]) -> None:
        drawn.append(batches)

    draw()
    return drawn[1:]


def _node_runs(home: Settings, url: str) -> list[Any]:
    """How many nodes were built and tested so far."""
    with writing(home, url) as execute:
        return execute("select count(*) from facet_source.node_runs")
