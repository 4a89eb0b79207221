"""Nobody sees what is not theirs: every page for every kind of person, in everything that is sent.

What somebody may see is told here once more, from their role alone; anything else that the house
knows must not be in a page at all: not in its texts, tables, charts, choices, help or files.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from facet.config import PROJECT_DIR, Settings
from facet.reporting.screen.frame import sign_in
from facet.reporting.screen.registry import PAGES
from facet.reporting.screen.session.page import Page
from facet.reporting.screen.session.state import KEY
from tests.dashboards.everything_sent import Sent, query, watch
from tests.facet.reporting.house import id_of
from tests.facet.reporting.house_people import NAMES
from tests.facet.reporting.house_staff import ADA, BEN, CY, DEE, ELI, FLO, MAI
from tests.facet.reporting.house_whole import (
    BAO,
    IAN,
    JO,
    NORA,
    ORDER_NUMBERS,
    ORDERS_OF,
    PEOPLE,
    colleagues,
    grant,
    publish_whole,
)  # fmt: skip

#: What only one of the two shops has, by what it is about.
SHOPS = {
    1: {
        "sales": {"Boutique", "Website", "Earrings"},
        "products": {"Solitaire", "Studs"},
        "campaigns": {"Spring bloom", "Winter glow", "Opening mail", "Spring windows", "KOL-04"},
        "promotions": {"Friends & family", "1-0900", "SPRING"},
        "schema": {"wrong_at_1"},
        "quarantine": {"Unknown_at_1."},
        "audit": {"77,013"},
    },
    2: {
        "sales": {"Zalo", "Bông tai"},
        "products": {"Nhẫn cưới"},
        "campaigns": {"Tết đoàn viên", "Doanh thu Tết"},
        "promotions": {"Tết Bính Ngọ"},
        "schema": {"wrong_at_2"},
        "quarantine": {"Lạ_tại_2.", "Unknown_at_2."},
        "audit": {"77.021"},
    },
}  # fmt: skip
#: Who spreads a shop's links: people, whose names are for whom those of customers are.
PARTNERS = {1: {"Mia Chen"}, 2: set[str]()}
#: What is known of the performance of one person alone.
FIGURES = {(1, BEN): {"349.95"}, (1, ELI): {"700.45"}}


#: What each page is about; a page that is not named shows what its record says.
ABOUT: dict[str, set[str]] = {
    "overview": {"sales", "orders"},
    "sales": {"sales", "products", "orders"},
    "staff": {"sales", "people"},
    "campaigns": {"campaigns", "sales", "products", "orders", "people"},
    "promotions": {"promotions", "sales", "products", "orders", "people"},
    "migration": {"schema"},
    "quarantine": {"quarantine"},
    "access": {"audit", "people"},
}
#: The pages of who may see all; a page that is not named is for who sees another of its permission.
ALL = " ".join(ABOUT)


def buyers(shop: int) -> set[str]:
    return {f"Buyer {shop}-{int(number[2:])}" for tenant, number in ORDER_NUMBERS if tenant == shop}


def orders(shop: int) -> set[str]:
    return {number for tenant, number in ORDER_NUMBERS if tenant == shop}


def everything() -> set[str]:
    """Whatever the house knows that somebody may not see."""
    found = {*NAMES.values(), *PEOPLE.values()}.union(*FIGURES.values(), *PARTNERS.values())
    for shop, about in SHOPS.items():
        found |= buyers(shop) | orders(shop)
        found = found.union(*about.values())
    return found


class Kind:
    """Somebody at a shop: their pages, whose performance they see, and whether customers' names."""

    def __init__(
        self,
        shop: int,
        user: int,
        pages: str = "",
        *,
        people: set[int] | None = None,
        names: bool = False,
        shops: tuple[int, ...] = (),
    ) -> None:
        self.shop, self.user = shop, user
        self.pages = set(pages.split())
        self.pages |= {page.name for page in PAGES if self.pages and self._sees_such(page)}
        self.people, self.names = people, names
        self.shops = shops or ((shop,) if pages else ())

    def _sees_such(self, page: Page) -> bool:
        """Whether a page that `ALL` does not name yet takes what one takes that they see."""
        seen = (known for known in PAGES if known.name in self.pages)
        is_new = page.name not in ABOUT
        return is_new and any(map(page.is_for, (known.permissions for known in seen)))

    def may(self, page: str) -> set[str]:
        """All that may be on a page: more than is on it, nothing that must not be."""
        found = {NAMES[shop] for shop in self.shops}
        if self.shops:
            found.add(PEOPLE[self.shop, self.user])
        if page not in self.pages:
            return found
        shows = ABOUT.get(page) or next(known.shows for known in PAGES if known.name == page)
        found = found.union(*(SHOPS[self.shop].get(subject, set()) for subject in shows))
        if "orders" in shows:
            found |= orders(self.shop)
            found |= buyers(self.shop) if self.names else set()
        if page == "campaigns" and self.names:
            found |= PARTNERS[self.shop]
        if "people" in shows:
            found |= self.of_people(page)
        return found

    def of_people(self, page: str) -> set[str]:
        seen = {
            (shop, user)
            for shop, user in PEOPLE
            if shop == self.shop and (self.people is None or user in self.people)
        }
        found = {PEOPLE[person] for person in seen}
        if page == "staff":
            found = found.union(*(FIGURES.get(person, set()) for person in seen))
            found = found.union(*(ORDERS_OF[person] for person in seen))
        return found


KINDS = {
    "owner": Kind(1, ADA, ALL, names=True),
    "manager": Kind(
        1, DEE, "overview sales staff campaigns promotions", people={DEE, ELI}, names=True
    ),
    "member of staff": Kind(1, BEN, "staff", people={BEN}),
    "marketing": Kind(1, FLO, "overview sales campaigns promotions", people={FLO}),
    "analyst": Kind(1, IAN, "overview sales staff campaigns promotions migration quarantine"),
    "another shop's owner": Kind(2, MAI, ALL, names=True),
    "another shop's member of staff": Kind(2, BAO, "staff", people={BAO}),
    "of two shops, here": Kind(1, JO, "staff", people={JO}, shops=(1, 2)),
    "of two shops, there": Kind(
        2, JO, "overview sales campaigns promotions", people={JO}, shops=(1, 2)
    ),
    "inactive": Kind(1, CY),
    "without a role": Kind(1, NORA),
    "unknown": Kind(1, 99),
    "of a suspended shop": Kind(2, MAI),
}
#: What must be there, so that what is not there means something; by kind and page.
THERE = {
    ("owner", "overview"): {"Boutique", "1-0001", "Buyer 1-1"},
    ("owner", "sales"): {"Solitaire", "Website", "1-0001", "Buyer 1-1"},
    ("owner", "staff"): {"Ben Ode", "Eli Jay", "349.95", "700.45", "Cy Gone", "1-0006"},
    ("owner", "campaigns"): {"Spring bloom", "Ada Frost", "Ben Ode", "Eli Jay", "Mia Chen"},
    ("owner", "promotions"): {"Friends & family", "1-0900", "Ben Ode", "Eli Jay", "Cy Gone"},
    ("owner", "migration"): {"wrong_at_1"},
    ("owner", "quarantine"): {"Unknown_at_1."},
    ("owner", "access"): {"Cy Gone", "77,013"},
    ("manager", "overview"): {"Boutique", "1-0001", "Buyer 1-1"},
    ("manager", "sales"): {"Solitaire", "1-0001"},
    ("manager", "staff"): {"Eli Jay", "700.45"},
    ("manager", "campaigns"): {"Spring bloom", "Eli Jay", "Opening mail", "Spring windows"},
    ("manager", "promotions"): {"Friends & family", "1-0900", "Eli Jay"},
    ("member of staff", "staff"): {"Ben Ode", "349.95", "1-0006"},
    ("marketing", "overview"): {"Boutique", "1-0001"},
    ("marketing", "sales"): {"Solitaire", "1-0001"},
    ("marketing", "campaigns"): {"Spring bloom", "Opening mail", "Spring windows"},
    ("marketing", "promotions"): {"Friends & family", "1-0900"},
    ("analyst", "overview"): {"Boutique", "1-0001"},
    ("analyst", "sales"): {"Solitaire", "1-0001"},
    ("analyst", "staff"): {"Ben Ode", "Eli Jay", "349.95", "700.45"},
    ("analyst", "campaigns"): {"Spring bloom", "Ada Frost", "Cy Gone", "KOL-04"},
    ("analyst", "promotions"): {"1-0900", "Ben Ode", "Cy Gone"},
    ("analyst", "migration"): {"wrong_at_1"},
    ("analyst", "quarantine"): {"Unknown_at_1."},
    ("another shop's owner", "overview"): {"Zalo", "2-0001", "Buyer 2-1"},
    ("another shop's owner", "sales"): {"Nhẫn cưới", "2-0001"},
    ("another shop's owner", "staff"): {"Trần Thị Mai"},
    ("another shop's owner", "campaigns"): {"Tết đoàn viên", "Trần Thị Mai"},
    ("another shop's owner", "promotions"): {"Tết Bính Ngọ"},
    ("another shop's owner", "migration"): {"wrong_at_2"},
    ("another shop's owner", "quarantine"): {"Lạ_tại_2."},
    ("another shop's owner", "access"): {"Trần Thị Mai", "77.021"},
    ("of two shops, there", "overview"): {"Zalo", "2-0001"},
    ("of two shops, there", "campaigns"): {"Tết đoàn viên"},
    ("of two shops, there", "promotions"): {"Tết Bính Ngọ"},
}
#: Everybody's address names what is Ben's, what is the other shop's, and what is not there.
ADDRESS = {
    "period": "month_to_date",
    "compare": "before",
    "tenant": "2",
    "tenant_id": "2",
    "user_id": str(ADA),
    "person": str(BEN),
    "team": str(ADA),
    "measure": "net_sales) union select full_name from dim_staff--",
}


class House:
    """The whole house behind a provider; who comes is what the provider says of them."""

    def __init__(self, settings: Settings, patch: pytest.MonkeyPatch) -> None:
        self.settings, self.patch = settings, patch
        self.user: dict[str, object] = {}
        self.sent: Sent = watch(patch)
        patch.setenv("FACET_HOME", str(settings.home))
        for name, value in (("ISSUER", "https://id.example"), ("CLIENT_ID", "facet")):
            patch.setenv(f"FACET_OIDC_{name}", value)
        patch.setenv("FACET_OIDC_CLIENT_SECRET", "secret")
        patch.setattr(sign_in, "user_claims", lambda: self.user)

    def comes(self, user: int) -> None:
        """The provider vouches for somebody's address."""
        self.user = {
            "iss": "https://id.example", "aud": "facet", "sub": str(user), "email_verified": True,
            "email": f"{user}@house.example", "iat": time.time(), "exp": time.time() + 60,
        }  # fmt: skip

    def goes(self) -> None:
        self.user = {}

    def opened(self) -> AppTest:
        """The dashboards before anybody has signed in."""
        self.goes()
        script = AppTest.from_file(
            str(PROJECT_DIR / "dashboards" / "streamlit_app.py"), default_timeout=60
        )
        return script.run()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> Iterator[House]:
    settings = Settings(home=tmp_path_factory.mktemp("whole"))
    publish_whole(settings, semantic_manifest)
    with pytest.MonkeyPatch.context() as patch:
        yield House(settings, patch)


Visit = Callable[[str, str], str]


@pytest.fixture
def visit(house: House) -> Visit:
    """Everything that a page sends to somebody of a kind."""

    def visited(kind: str, page: str) -> str:
        who = KINDS[kind]
        grant(house.settings, suspended=(2,) if kind == "of a suspended shop" else ())
        script = house.opened()
        house.sent.forget()
        house.comes(who.user)
        script.session_state[KEY].shop = who.shop
        query(script, {**ADDRESS, "channel": str(id_of("Zalo" if who.shop == 1 else "Boutique"))})
        script.switch_page(f"app_pages/{page}.py").run()
        house.sent.clicks = True
        script.run()
        assert not script.exception
        return house.sent.text()

    return visited


@pytest.mark.parametrize("kind", KINDS)
def test_everything_a_page_sends_is_of_what_somebody_may_see(visit: Visit, kind: str) -> None:
    wrong = {}
    for page in (page.name for page in PAGES):
        text = visit(kind, page)
        seen = {marker for marker in everything() if marker in text}
        if too_much := seen - KINDS[kind].may(page):
            wrong[page, "must not be there"] = too_much
        if missing := THERE.get((kind, page), set()) - seen:
            wrong[page, "is not there"] = missing
    assert not wrong


def test_the_table_of_who_sees_what_is_complete() -> None:
    """What must be there is what may be, and each kind that sees a page must see something."""
    for (kind, page), markers in THERE.items():
        assert markers <= KINDS[kind].may(page), (kind, page)
    told = {kind for kind, _ in THERE}
    assert {kind for kind, who in KINDS.items() if len(who.pages) > 1} <= told
    assert colleagues(1) & colleagues(2) == set()


def test_pages_declare_what_they_are_about() -> None:
    declared = {page.name: set(page.shows) for page in PAGES if page.name in ABOUT}
    assert declared == ABOUT
