"""Waiting time when many look at once, and whether anybody gets what is another shop's.

    python -m benchmarks.crowd [--people 50] [--clicks 12] [--pause 5]

Serves what is published in FACET_HOME (the demo's: `facet demo`, or `facet run`). Each person signs
in, then opens a page every few seconds; one of each shop has seen every page before. Whatever the
server sends is searched for the names of the other shops and of their people. Exits with 1 where
any is found.
"""

import argparse
import asyncio
import random
import statistics
import sys
import time
from dataclasses import replace

from benchmarks.tables import machine, table
from facet.config import Settings
from facet.release import current
from facet.reporting.identity.identity import DemoUser, demo_users
from facet.reporting.screen.registry import PAGES
from facet.reporting.server import serving
from facet.rights.document import rights_of
from tests.dashboards.conftest import free_port
from tests.dashboards.visitor import Visitor

#: Everybody has arrived and signed in after so many seconds; only then clicks are measured.
_ARRIVAL = 30.0
#: Those that a manager looks at several times a day, by their place in the address.
_PAGES = ["" if page is PAGES[0] else page.name for page in PAGES if page.section != "company"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--clicks", type=int, default=12, help="of each person")
    parser.add_argument("--pause", type=float, default=5, help="seconds between two, on average")
    options = parser.parse_args()
    settings = replace(Settings.from_environment(), port=free_port())
    release = current(settings.releases_dir)
    leaders: dict[int, DemoUser] = {}
    for user in demo_users(release, rights_of(release.directory, settings)):
        leaders.setdefault(user.tenant_id, user)
    users = list(leaders.values())
    with serving(settings) as address:
        waits, leaks = asyncio.run(_crowd(address, users, options))
    rows = []
    for page, seconds in waits.items():
        quantiles = statistics.quantiles(seconds, n=20)
        figures = (statistics.median(seconds), quantiles[18], max(seconds))
        rows.append((page, str(len(seconds)), *(f"{figure:.3f}" for figure in figures)))
    print(machine())
    print(table(("page", "clicks", "median s", "p95 s", "max s"), rows))
    print("\n".join(leaks) or "Nobody got anything of another shop.")
    sys.exit(bool(leaks))


async def _crowd(
    address: str, users: list[DemoUser], options: argparse.Namespace
) -> tuple[dict[str, list[float]], list[str]]:
    waits: dict[str, list[float]] = {"all": []}
    leaks: list[str] = []

    async def warm_up(user: DemoUser) -> None:
        visitor = await Visitor.at(address)
        await visitor.sign_in(user.tenant_name, f"{user.full_name} ({user.role_codes})")
        for page in _PAGES:
            if page in visitor.pages:
                await visitor.open(page)
                if b"nothing-yet" in visitor.received:
                    raise SystemExit(f"/{page} has nothing to show: run `facet run` first.")
        await visitor.leave()

    async def visit(number: int) -> None:
        user = users[number % len(users)]
        words = [w for other in users if other is not user for w in _words(other)]
        chance = random.Random(number)
        await asyncio.sleep(chance.uniform(0, _ARRIVAL))
        visitor = await Visitor.at(address)
        await visitor.sign_in(user.tenant_name, f"{user.full_name} ({user.role_codes})")
        visitor.received.clear()
        await asyncio.sleep(max(0, _ARRIVAL - time.perf_counter() + started))
        for _ in range(options.clicks):
            await asyncio.sleep(chance.uniform(0, 2 * options.pause))
            page = chance.choice(_PAGES)
            if page not in visitor.pages:
                continue
            seconds = await visitor.open(page)
            waits["all"].append(seconds)
            waits.setdefault(page or "home", []).append(seconds)
            leaks.extend(
                f"{user.tenant_name} got {word!r} on /{page}"
                for word in words
                if word.encode() in visitor.received
            )
            visitor.received.clear()
        await visitor.leave()

    for user in users:
        await warm_up(user)
    started = time.perf_counter()
    await asyncio.gather(*(visit(number) for number in range(options.people)))
    return waits, leaks


def _words(user: DemoUser) -> tuple[str, str]:
    return user.full_name, user.tenant_name.partition(" & ")[0]


if __name__ == "__main__":
    main()
