"""A run that is killed, whenever it is: what is served stays, and the next run makes up for it.

Kills are spread by chance over the whole length of `facet run`, of changes and of everything; each
fifth hits publishing, which is short. `make test-long`, or

    FACET_KILLS=50 FACET_SEED=2 pytest tests/project/long/test_kills.py
"""

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from facet.config import Engine, Settings
from facet.pipeline.run import run
from facet.release import current
from tests.project.built_tables import built_tables
from tests.project.foreign_tenant import NOW
from tests.project.long.killing import Reader, Victim
from tests.project.random_changes import apply, draw_changes
from tests.project.random_rows import draw_tenants
from tests.project.random_tenant import write

_KILLS = int(os.environ.get("FACET_KILLS", "50"))
_SEED = int(os.environ.get("FACET_SEED", "1"))
_TENANTS = 5
#: Between two kills; the database refuses most of them.
_CHANGES = 30
#: Of so many kills one is of a run of everything, and one while a release is written.
_FULL, _PUBLISHING = 4, 5
#: As long as publishing takes here.
_PUBLISHING_SECONDS = 0.5


@pytest.mark.parametrize(
    ("engine", "kills"), [("duckdb", _KILLS), ("postgres", max(_KILLS // 5, 1))]
)
def test_a_killed_run_costs_nothing_but_its_own_work(
    engine: Engine, kills: int, operational_database: Callable[[], str], tmp_path: Path
) -> None:
    draw = random.Random(_SEED)
    url = operational_database()
    write(url, dict(enumerate(draw_tenants(_SEED, _TENANTS), 1)).items())
    home = Settings(home=tmp_path / "home", engine=engine, operational_url=url, as_of=NOW)
    run(home)
    moments = {}
    for full in (True, False):
        apply(url, draw_changes(draw, _CHANGES))
        moments[full] = _moments(draw, Victim(home, full=full).seconds())

    for number in range(kills):
        home = replace(home, as_of=NOW + number * timedelta(hours=5))
        statements = apply(url, draw_changes(draw, _CHANGES))
        full, publishing = number % _FULL == 0, number % _PUBLISHING == 0
        after = draw.random() * _PUBLISHING_SECONDS if publishing else next(moments[full])
        before, reader = current(home.releases_dir).id, Reader(home)
        reader.look()
        end = Victim(home, full=full).kill(after, reader.look, publishing=publishing)
        reader.look()
        is_out = current(home.releases_dir).id != before
        told = f"Kill {number} of seed {_SEED}: {end}, {'' if is_out else 'not '}published"
        print(told, flush=True)
        assert not is_out or publishing or "itself" in end, told

        report = run(home)
        made_up_for = built_tables(home, url), reader.look(), report.held_back, report.failed_tests
        report = run(home, full=True)
        anew = built_tables(home, url), reader.look(), report.held_back, report.failed_tests
        different = [name for name, rows in anew[0].items() if rows != made_up_for[0][name]]
        assert (different, made_up_for[1:]) == ([], anew[1:]), "\n".join([told, *statements])
        reader.close()


def _moments(draw: random.Random, seconds: float) -> Iterator[float]:
    """Seconds after which to kill: by chance, and in the long run each tenth of a run as often."""
    while True:
        tenths = list(range(10))
        draw.shuffle(tenths)
        yield from ((tenth + draw.random()) / 10 * seconds for tenth in tenths)
