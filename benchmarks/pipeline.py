"""Time of `facet run` on what stands in FACET_HOME: cold once, then warm.

    python -m benchmarks.pipeline [--runs 3]

Needs an operational database: the demo's (`facet demo create`) or FACET_OPERATIONAL_URL.
"""

import argparse
import subprocess
import time

from benchmarks.command import facet
from benchmarks.tables import machine, table
from facet.config import Settings
from facet.pipeline.history import last_runs


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="warm runs")
    runs = parser.parse_args().runs
    settings = Settings.from_environment()
    rows = []
    for number in range(runs + 1):
        started = time.perf_counter()
        subprocess.run([facet(), "run"], check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - started
        steps = last_runs(settings, 1)[0].steps
        name = "first" if number == 0 else f"warm {number}"
        rows.append((name, f"{seconds:.1f}", *(f"{steps[step]:.1f}" for step in steps)))
    print(machine())
    print(table(("`facet run`, seconds", "whole", *steps), rows))


if __name__ == "__main__":
    main()
