"""Nobody sees what is not theirs: every page for every kind of person, in everything that is sent.

What somebody may see is in kinds.py; anything else that the house knows must not be in a page at
all: not in its texts, tables, charts, choices, help or files.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from facet.config import PROJECT_DIR, Settings
from facet.reporting.screen.frame import sign_in
from facet.reporting.screen.registry import PAGES
from facet.reporting.screen.session.state import KEY
from tests.dashboards.everything_sent import Sent, query, watch
from tests.dashboards.kinds import ABOUT, KINDS, everything
from tests.facet.reporting.house import id_of
from tests.facet.reporting.house_staff import ADA, BEN
from tests.facet.reporting.house_whole import colleagues, grant, publish_whole

#: What must be there, so that what is not there means something; by kind and page.
THERE = {
    ("owner", "home"): {"Boutique", "Solitaire", "Website"},
    ("owner", "overview"): {"Boutique", "1-0001", "Buyer 1-1"},
    ("owner", "sales"): {"Solitaire", "Website", "1-0001", "Buyer 1-1"},
    ("owner", "customers"): {"C-12", "Buyer 1-2", "Ben Ode", "Eli Jay"},
    ("owner", "products"): {"Solitaire", "Studs", "18k rose gold"},
    ("owner", "staff"): {"Ben Ode", "Eli Jay", "349.95", "700.45", "Cy Gone", "1-0006"},
    ("owner", "fulfilment"): {"Parcel 1/3", "1-0003"},
    ("owner", "projects"): {"Stock count 26", "Eli Jay"},
    ("owner", "people"): {"Ben Ode", "Eli Jay"},
    ("owner", "messages"): {"Twilio one", "Ben Ode", "Eli Jay"},
    ("owner", "campaigns"): {"Spring bloom", "Ada Frost", "Ben Ode", "Eli Jay", "Mia Chen"},
    ("owner", "promotions"): {"Friends & family", "1-0900", "Ben Ode", "Eli Jay", "Cy Gone"},
    ("owner", "marketing"): {"Mia Chen", "Zoe Roe", "Site banner"},
    ("owner", "migration"): {"wrong_at_1"},
    ("owner", "administration"): {"Window keeper", "Ada Frost", "Eli Jay"},
    ("owner", "operations"): {"Parcel overdue", "Ben Ode", "Solitaire", "1-0003"},
    ("owner", "quarantine"): {"Unknown_at_1."},
    ("owner", "warehouse"): {"failed_at_1", "Unknown_at_1."},
    ("owner", "access"): {"Cy Gone", "77,013"},
    ("manager", "home"): {"Boutique", "Solitaire", "Website"},
    ("manager", "overview"): {"Boutique", "1-0001", "Buyer 1-1"},
    ("manager", "sales"): {"Solitaire", "1-0001"},
    ("manager", "customers"): {"C-12", "Buyer 1-2", "Eli Jay"},
    ("manager", "products"): {"Solitaire", "Studs"},
    ("manager", "staff"): {"Eli Jay", "700.45"},
    ("manager", "projects"): {"Stock count 26", "Eli Jay"},
    ("manager", "people"): {"Eli Jay"},
    ("manager", "messages"): {"Twilio one", "Eli Jay"},
    ("manager", "campaigns"): {"Spring bloom", "Eli Jay", "Opening mail", "Spring windows"},
    ("manager", "promotions"): {"Friends & family", "1-0900", "Eli Jay"},
    ("manager", "marketing"): {"Mia Chen", "Site banner"},
    ("member of staff", "home"): {"Ben Ode", "1-0001"},
    ("member of staff", "projects"): {"Stock count 26", "Ben Ode"},
    ("member of staff", "people"): {"Ben Ode"},
    ("member of staff", "staff"): {"Ben Ode", "349.95", "1-0006"},
    ("marketing", "home"): {"Boutique", "Solitaire"},
    ("marketing", "overview"): {"Boutique", "1-0001"},
    ("marketing", "sales"): {"Solitaire", "1-0001"},
    ("marketing", "customers"): {"C-12"},
    ("marketing", "products"): {"Solitaire", "Studs"},
    ("marketing", "campaigns"): {"Spring bloom", "Opening mail", "Spring windows"},
    ("marketing", "promotions"): {"Friends & family", "1-0900"},
    ("analyst", "home"): {"Boutique", "Solitaire"},
    ("analyst", "overview"): {"Boutique", "1-0001"},
    ("analyst", "sales"): {"Solitaire", "1-0001"},
    ("analyst", "customers"): {"C-12"},
    ("analyst", "products"): {"Solitaire", "Studs"},
    ("analyst", "staff"): {"Ben Ode", "Eli Jay", "349.95", "700.45"},
    ("analyst", "fulfilment"): {"Parcel 1/3"},
    ("analyst", "campaigns"): {"Spring bloom", "Ada Frost", "Cy Gone", "KOL-04"},
    ("analyst", "promotions"): {"1-0900", "Ben Ode", "Cy Gone"},
    ("analyst", "marketing"): {"KOL-04", "KOL-05", "Site banner"},
    ("analyst", "migration"): {"wrong_at_1"},
    ("analyst", "operations"): {"Greet a lead", "Ben Ode", "Studs", "1-0001"},
    ("analyst", "quarantine"): {"Unknown_at_1."},
    ("analyst", "warehouse"): {"failed_at_1", "Unknown_at_1."},
    ("another shop's owner", "overview"): {"Zalo", "2-0001", "Buyer 2-1"},
    ("another shop's owner", "sales"): {"Nhẫn cưới", "2-0001"},
    ("another shop's owner", "staff"): {"Trần Thị Mai"},
    ("another shop's owner", "fulfilment"): {"Parcel 2/2"},
    ("another shop's owner", "projects"): {"Kiểm kê kho"},
    ("another shop's owner", "people"): {"Trần Thị Mai"},
    ("another shop's owner", "messages"): {"Viettel hai", "Trần Thị Mai"},
    ("another shop's owner", "campaigns"): {"Tết đoàn viên", "Trần Thị Mai"},
    ("another shop's owner", "promotions"): {"Tết Bính Ngọ"},
    ("another shop's owner", "marketing"): {"Phạm Lan", "Zalo OA"},
    ("another shop's owner", "migration"): {"wrong_at_2"},
    ("another shop's owner", "administration"): {"Chủ tiệm vàng", "Trần Thị Mai"},
    ("another shop's owner", "operations"): {"Quên hộp quà", "Nhẫn cưới", "2-0001"},
    ("another shop's owner", "quarantine"): {"Lạ_tại_2."},
    ("another shop's owner", "warehouse"): {"failed_at_2", "Lạ_tại_2."},
    ("another shop's owner", "access"): {"Trần Thị Mai", "77.021"},
    ("another shop's member of staff", "projects"): {"Kiểm kê kho"},
    ("of two shops, here", "projects"): {"Stock count 26"},
    ("of two shops, there", "overview"): {"Zalo", "2-0001"},
    ("of two shops, there", "campaigns"): {"Tết đoàn viên"},
    ("of two shops, there", "promotions"): {"Tết Bính Ngọ"},
    ("of two shops, there", "marketing"): {"CTV-07", "Zalo OA"},
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
        assert markers <= KINDS[kind].may(page), (
            f"{kind} may not see {markers - KINDS[kind].may(page)} on {page}: what it shows is in"
            " its record, or in ABOUT of kinds.py where that says less; a page of ABOUT is for"
            " those kinds of KINDS alone that name it"
        )
    kinds = {kind for kind, _ in THERE}
    assert {kind for kind, who in KINDS.items() if len(who.pages) > 1} <= kinds
    assert colleagues(1) & colleagues(2) == set()


def test_pages_declare_what_they_are_about() -> None:
    declared = {page.name: set(page.shows) for page in PAGES if page.name in ABOUT}
    assert declared == ABOUT
