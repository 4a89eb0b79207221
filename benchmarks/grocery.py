"""All the grocery data of the tests, with flat categories: this project's build beside another's.

    python -m benchmarks.grocery --beside ../older-clone [--rounds 3] [--memory-beside 8GB]

The other is a clone of this project at an older commit, with its own .venv. Both build from one
database, each in a home of its own, in turns; nothing changes between the rounds. What is compared
is the step `build` of `facet run`: models and data tests. Ours has the default memory limit; the
other may be given more, where it would not come to an end.
"""

import argparse
import json
import os
import subprocess
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from benchmarks.tables import machine, table
from facet.config import PROJECT_DIR, Settings
from facet.operational import create
from facet.operational.server import embedded
from tests.project import complete_journey

#: The data is of 2017: so that promotions are over and all of their days are modelled.
_AS_OF = "2018-02-01T12:00Z"
_STEPS = ("sync", "build", "publish")


@dataclass(frozen=True, kw_only=True)
class Clone:
    """A clone of this project, where it keeps what it builds, and how much memory it gets."""

    project: Path
    home: Path
    memory_limit: str

    def run(self, url: str) -> dict[str, float]:
        """Run the pipeline once; returns the seconds of its steps, empty where it failed."""
        facet = self.project / ".venv/bin/facet"
        environment = {
            **os.environ,
            "FACET_HOME": str(self.home),
            "FACET_OPERATIONAL_URL": url,
            "FACET_MEMORY_LIMIT": self.memory_limit,
            "FACET_AS_OF": _AS_OF,
        }
        done = subprocess.run([facet, "run"], cwd=self.project, env=environment, check=False)
        last = json.loads((self.home / "runs.jsonl").read_text().splitlines()[-1])
        return dict(last["steps"]) if done.returncode == 0 else {}


def main() -> None:
    """Load the data, build in turns, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beside", type=Path, help="an older clone; else ours is timed alone")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory-beside", default=Settings().memory_limit)
    parser.add_argument("--home", type=Path, help="keeps database and builds for the next time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="facet-") as folder:
        home = options.home or Path(folder)
        clones = {"ours": Clone(project=PROJECT_DIR, home=home / "ours", memory_limit="2GB")}
        if options.beside:
            clones["beside"] = Clone(
                project=options.beside.resolve(),
                home=home / "beside",
                memory_limit=options.memory_beside,
            )
        with embedded(Settings(home=home)) as url:
            _fill(url)
            rounds = [
                {name: clone.run(url) for name, clone in clones.items()}
                for _ in range(options.rounds)
            ]
    _report(rounds)


def _fill(url: str) -> None:
    """Load the data, unless an earlier call has."""
    import psycopg

    with psycopg.connect(url) as connection:
        if connection.execute("select to_regclass('orders')").fetchone() != (None,):
            return
    create(url)
    [everything, _] = complete_journey.parts(1)
    complete_journey.load(url, [replace(everything, has_flat_categories=True)])


def _report(rounds: list[dict[str, dict[str, float]]]) -> None:
    print(machine())
    rows = [
        (
            f"{name} {number}",
            *(f"{steps.get(step, 0):.1f}" for step in _STEPS),
        )
        for number, outcome in enumerate(rounds)
        for name, steps in outcome.items()
    ]
    print(table(("seconds", *_STEPS), rows))
    builds = [
        outcome["ours"]["build"] / outcome["beside"]["build"]
        for outcome in rounds
        if "build" in outcome["ours"] and "build" in outcome.get("beside", {})
    ]
    if builds:
        print(f"\nbuild, ours / beside: median {median(builds):.2f} of {len(builds)} rounds")


if __name__ == "__main__":
    main()
