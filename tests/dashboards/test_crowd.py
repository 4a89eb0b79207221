"""Many people at once: nobody ever gets a number or a name of somebody else's shop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

from facet.release import Release
from tests.dashboards.visitor import Visitor
from tests.facet.reporting.house_people import NAMES

#: Shop, person as the sign-in names them, and words that nobody else's shop has.
_PEOPLE = (
    ("Hudson & Vale", "Ada Frost (owner)", ("Ada Frost", "Hudson", "Boutique", "Solitaire")),
    (
        "Ngọc Lan",
        "Trần Thị Mai (manager, owner)",
        ("Trần Thị Mai", "Ngọc Lan", "Nhẫn cưới", "Zalo"),
    ),
    ("Leer & Söhne", "Eva Leer (owner)", ("Eva Leer", "Söhne")),
)
_PAGES = ("", "overview", "sales", "access")
_TABS = 24


async def _visit(address: str, number: int) -> list[str]:
    """A tab of one person, page after page; returns what of others was in what it was sent."""
    shop, person, own = _PEOPLE[number % len(_PEOPLE)]
    visitor = await Visitor.at(address)
    await visitor.sign_in(shop, person)
    foreign = [word for name, _, words in _PEOPLE if name != shop for word in words]
    visitor.received.clear()  # the list of shops to sign in at is everybody's
    found = []
    for page, _ in zip(cycle(_PAGES), range(2 * len(_PAGES)), strict=False):
        await visitor.open(page)
        assert own[0].encode() in visitor.received, f"{shop}: /{page}"
        found += [f"{shop}: {w} on /{page}" for w in foreign if w.encode() in visitor.received]
        visitor.received.clear()
    await visitor.leave()
    return found


def test_nobody_in_a_crowd_gets_anything_of_another_shop(address: str, house: Release) -> None:
    assert {shop for shop, _, _ in _PEOPLE} == set(NAMES.values())

    async def crowd() -> list[list[str]]:
        return await asyncio.gather(*(_visit(address, number) for number in range(_TABS)))

    with ThreadPoolExecutor(1) as apart:  # Playwright's loop runs in this thread
        visits = apart.submit(lambda: asyncio.run(crowd())).result()
    assert [found for found in visits if found] == []
