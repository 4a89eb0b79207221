"""Whoever may come to a page: what they may see of it, told once more from their role alone."""

from facet.reporting.screen.registry import PAGES
from facet.reporting.screen.session.page import ANYBODY, Page
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
)  # fmt: skip

#: What only one of the two shops has, by what it is about.
SHOPS = {
    1: {
        "sales": {"Boutique", "Website", "Earrings"},
        "products": {"Solitaire", "Studs", "18k rose gold"},
        "campaigns": {"Spring bloom", "Winter glow", "Opening mail", "Spring windows", "KOL-04"},
        "promotions": {"Friends & family", "1-0900", "SPRING"},
        "marketing": {"KOL-05", "Site banner"},
        "customers": {"C-11", "C-12", "C-14"},
        "shipments": {"Parcel 1/3"},
        "messages": {"Twilio one"},
        "operations": {"Parcel overdue", "Greet a lead"},
        "projects": {"Stock count 26", "Wind the clocks"},
        "schema": {"wrong_at_1"},
        "quarantine": {"Unknown_at_1."},
        "runs": {"failed_at_1"},
        "audit": {"77,013"},
        "rights": {"Head jeweller", "Window keeper"},
    },
    2: {
        "sales": {"Zalo", "Bông tai"},
        "products": {"Nhẫn cưới", "Vàng hồng 18K"},
        "campaigns": {"Tết đoàn viên", "Doanh thu Tết"},
        "promotions": {"Tết Bính Ngọ"},
        "marketing": {"CTV-07", "Zalo OA"},
        "customers": {"C-21"},
        "shipments": {"Parcel 2/2"},
        "messages": {"Viettel hai"},
        "operations": {"Quên hộp quà", "Chào khách mới"},
        "projects": {"Kiểm kê kho"},
        "schema": {"wrong_at_2"},
        "quarantine": {"Lạ_tại_2.", "Unknown_at_2."},
        "runs": {"failed_at_2"},
        "audit": {"77.021"},
        "rights": {"Chủ tiệm vàng"},
    },
}  # fmt: skip


#: Who spreads a shop's links: people, whose names are for whom those of customers are.
PARTNERS = {1: {"Mia Chen", "Zoe Roe"}, 2: {"Phạm Lan"}}


#: What is known of the performance of one person alone.
FIGURES = {(1, BEN): {"349.95"}, (1, ELI): {"700.45"}}


#: What each page is about; a page that is not named shows what its record says.
ABOUT: dict[str, set[str]] = {
    "overview": {"sales", "orders"},
    "sales": {"sales", "products", "orders"},
    "customers": {"customers", "sales", "orders", "people"},
    "products": {"sales", "products"},
    "staff": {"sales", "people"},
    "campaigns": {"campaigns", "sales", "products", "orders", "people"},
    "promotions": {"promotions", "sales", "products", "orders", "people"},
    "migration": {"schema"},
    "operations": {"operations", "products", "orders", "people"},
    "quarantine": {"quarantine"},
    "warehouse": {"runs", "quarantine"},
    "administration": {"rights", "people"},
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
        anybodys = {known.name for known in PAGES if known.permissions == ANYBODY}
        if page in anybodys:  # nothing that is not on another page of theirs
            return found.union(*map(self.may, self.pages - anybodys))
        shows = ABOUT.get(page) or next(known.shows for known in PAGES if known.name == page)
        found = found.union(*(SHOPS[self.shop].get(subject, set()) for subject in shows))
        if "orders" in shows:
            found |= orders(self.shop)
            found |= buyers(self.shop) if self.names else set()
        if page in ("campaigns", "marketing") and self.names:
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


#: The pages of who may see sales.
SALES = "overview sales customers products"
KINDS = {
    "owner": Kind(1, ADA, ALL, names=True),
    "manager": Kind(
        1,
        DEE,
        f"{SALES} staff campaigns promotions",
        people={DEE, ELI},
        names=True,
    ),
    "member of staff": Kind(1, BEN, "staff", people={BEN}),
    "marketing": Kind(1, FLO, f"{SALES} campaigns promotions", people={FLO}),
    "analyst": Kind(
        1,
        IAN,
        f"{SALES} staff campaigns promotions migration operations quarantine warehouse",
    ),
    "another shop's owner": Kind(2, MAI, ALL, names=True),
    "another shop's member of staff": Kind(2, BAO, "staff", people={BAO}),
    "of two shops, here": Kind(1, JO, "staff", people={JO}, shops=(1, 2)),
    "of two shops, there": Kind(2, JO, f"{SALES} campaigns promotions", people={JO}, shops=(1, 2)),
    "inactive": Kind(1, CY),
    "without a role": Kind(1, NORA),
    "unknown": Kind(1, 99),
    "of a suspended shop": Kind(2, MAI),
}
