"""The search: found by words without their signs, by a part of a number, and by who may see it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

import duckdb
import pytest

from facet.config import Settings
from facet.release import Release
from facet.reporting.identity.identity import sign_in_demo
from facet.reporting.present.languages import Language
from facet.reporting.present.search import MOST, Group, kinds_of, search, words_of
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.folding import folded, folded_sql
from facet.reporting.screen.registry import PAGES
from facet.rights.document import newest
from tests.facet.reporting.contracts import Record, create
from tests.facet.reporting.fixtures import AT_THIS_MACHINE
from tests.facet.reporting.house import NEW_YORK, SAIGON, publish_house
from tests.facet.reporting.house_people import STAFF, Staff

ADA, BEN, CY, IAN, MAI = 11, 12, 13, 17, 21
#: Ian analyses everything, without the names of customers.
_STAFF: Final[tuple[Staff, ...]] = (*STAFF, (1, IAN, ADA, "Ian Nal", "analyst", True))
_ROWS: Final[dict[str, Sequence[Record]]] = {
    "fct_sales_credits": [],  # what metrics are of: those of a mart that is not there are not found
    "fct_orders": [
        {"tenant_id": 1, "order_id": 501, "order_number": "HV-10017", "order_date": "2026-03-02"},
        {"tenant_id": 1, "order_id": 502, "order_number": "HV-10018", "order_date": "2026-03-10"},
        {"tenant_id": 1, "order_id": 503, "order_number": "HV-210017", "order_date": "2026-03-12"},
        *(
            {"tenant_id": 1, "order_id": 600 + n, "order_number": f"OLD-{n}",
             "order_date": f"2025-01-0{n}"}
            for n in range(1, 8)
        ),
        {"tenant_id": 2, "order_id": 501, "order_number": "NL-10017", "order_date": "2026-03-02"},
    ],
    "rpt_persons": [
        {"tenant_id": 1, "person_id": 71, "full_name": "Đặng Thị Ánh", "customer_code": "KH-007",
         "segment": "lost"},
        {"tenant_id": 1, "person_id": 72, "full_name": "Jane Doe", "customer_code": "KH-070",
         "segment": "new"},
        {"tenant_id": 2, "person_id": 81, "full_name": "Đặng Ánh Thị", "customer_code": "KH-007",
         "segment": "new"},
    ],
    "rpt_products": [
        {"tenant_id": 1, "product_id": 11, "product_name": "Nhẫn Đính Hôn", "sku": "ND-11",
         "year_net_sales_amount": "10"},
        {"tenant_id": 1, "product_id": 12, "product_name": "Solitaire ring", "sku": "SR-12",
         "year_net_sales_amount": "900"},
        {"tenant_id": 1, "product_id": 13, "product_name": "Ring", "year_net_sales_amount": "1"},
        {"tenant_id": 2, "product_id": 11, "product_name": "Nhẫn cưới", "sku": "ND-11"},
    ],
    "rpt_product_variants": [
        {"tenant_id": 1, "product_id": 12, "variant_id": 1, "variant_name": "Size 52",
         "sku": "QX-52"},
        {"tenant_id": 1, "product_id": 12, "variant_id": 2, "variant_name": "Size 54",
         "sku": "QX-54"},
        # of a product that the page does not show
        {"tenant_id": 1, "product_id": 99, "variant_id": 3, "variant_name": "Gone", "sku": "QX-9"},
        {"tenant_id": 2, "product_id": 11, "variant_id": 1, "variant_name": "Cỡ 9", "sku": "QX-1"},
    ],
    "dim_campaigns": [
        {"tenant_id": 1, "campaign_id": 31, "campaign_name": "Tết Ất Tỵ", "campaign_code": "TET25"},
        {"tenant_id": 2, "campaign_id": 41, "campaign_name": "Tết đoàn viên",
         "campaign_code": "TET-DV"},
    ],
    "rpt_promotions": [
        {"tenant_id": 1, "promotion_id": 51, "promotion_name": "Ưu đãi 100%_",
         "promotion_code": "MAR10", "attempt_count": 1, "is_deleted": True},
        {"tenant_id": 1, "promotion_id": 52, "promotion_name": "Ưu đãi bỏ", "attempt_count": 0,
         "is_deleted": True},
        {"tenant_id": 2, "promotion_id": 61, "promotion_name": "Ưu đãi Zalo",
         "promotion_code": "ZL10", "attempt_count": 0},
    ],
}  # fmt: skip
#: Letters that languages write, capitals that are not one letter, and signs that stand alone.
_LETTERS: Final = (
    *("Đặng Thị Ánh", "đ Đ ð", "Nguyễn", "ỔỘỢỮỴ", "Crème brûlée", "Straße ẞ", "İstanbul ı"),
    *("Ångström", "Łódź Ø æ", "e\u0301\u0323", "Σίσυφος", "Ёй", "が", "한국어", "ﬁ ½ Ⅷ", ""),
)
Found = Callable[..., list[tuple[str, str]]]


def _make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    connection.execute("alter table facet_marts.dim_staff add column job_title text")
    connection.execute("update facet_marts.dim_staff set job_title = 'Thợ kim hoàn'")
    for name, rows in _ROWS.items():
        create(connection, name, rows)
    return tuple(_ROWS)


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> Release:
    settings = Settings(home=tmp_path_factory.mktemp("search"))
    return publish_house(settings, semantic_manifest, staff=_STAFF, more=_make)


def _view(release: Release, user: int, tenant: int, language: Language = "en") -> TenantView:
    principal = sign_in_demo(
        release,
        AT_THIS_MACHINE,
        newest(release.directory, max_age=timedelta(days=1)),
        tenant_id=tenant,
        user_id=user,
    )
    return TenantView.of(principal, release, language)


def _groups(release: Release, given: str, user: int = ADA, tenant: int = NEW_YORK) -> list[Group]:
    view = _view(release, user, tenant)
    pages = [page.name for page in PAGES if page.is_for(view.principal.permissions)]
    return list(search(view, words_of(given), pages))


@pytest.fixture(scope="module")
def found(shops: Release) -> Found:
    """Kind and key of what somebody finds, in the order that they see it in; without `words`, of
    rows alone: a name may be a word of an explanation as well."""

    def by(
        given: str, user: int = ADA, tenant: int = NEW_YORK, *, words: bool = False
    ) -> list[tuple[str, str]]:
        groups = _groups(shops, given, user, tenant)
        shown = [group for group in groups if words or group.kind not in ("page", "metric")]
        return [(group.kind, each.key) for group in shown for each in group.found]

    return by


def test_what_is_looked_for_is_folded_as_what_is_looked_through() -> None:
    with duckdb.connect() as connection:
        statement = f"select {folded_sql('$1')}"
        by_database = [connection.execute(statement, [text]).fetchone() for text in _LETTERS]

    assert by_database == [(folded(text),) for text in _LETTERS]
    assert folded("Đặng Thị ÁNH") == "dang thi anh"


@pytest.mark.parametrize("given", ["dang thi anh", "ĐẶNG ánh", "ánh   đặng", "Đă\u0323ng", "ang t"])
def test_names_are_found_with_their_signs_and_without(found: Found, given: str) -> None:
    assert found(given) == [("customer", "71")]
    assert found(given, MAI, SAIGON) == [("customer", "81")]


@pytest.mark.parametrize(
    ("given", "here", "there"),
    [
        ("HV-10017", [("order", "501")], []),
        ("0017", [("order", "503"), ("order", "501")], [("order", "501")]),
        ("kh-007", [("customer", "71")], [("customer", "81")]),
        ("nd-1", [("product", "11")], [("product", "11")]),
        ("qx-5", [("product", "12")], []),
        ("qx-9", [], []),
        ("TET2", [("campaign", "31")], []),
        ("mar1", [("promotion", "51")], []),
        ("uu dai", [("promotion", "51")], [("promotion", "61")]),
        ("100%_", [("promotion", "51")], []),
        ("%", [], []),
        ("ray%", [], []),
        ("thợ kim hoàn", [("person", str(n)) for n in (ADA, BEN, CY, IAN)],
         [("person", str(MAI))]),
    ],
)  # fmt: skip
def test_a_part_of_a_number_or_a_code_is_enough(
    found: Found, given: str, here: list[tuple[str, str]], there: list[tuple[str, str]]
) -> None:
    assert found(given) == here
    assert found(given, MAI, SAIGON) == there


def test_the_best_comes_first(found: Found, shops: Release) -> None:
    """Just the word, then what begins with it, then what has a word that does, whatever it sold."""
    assert [key for kind, key in found("ring") if kind == "product"] == ["13", "12"]
    assert found("net sales", words=True)[0] == ("metric", "net_sales")
    assert found("khuyen mai", words=True)[0] == ("page", "promotions")
    assert found("Doanh thu thuan", words=True)[0] == ("metric", "net_sales")
    assert found("ánh đặng", words=True)[0] == ("customer", "71")
    (orders,) = (group for group in _groups(shops, "old-") if group.kind == "order")
    assert [each.key for each in orders.found] == ["607", "606", "605", "604", "603"]
    assert len(orders.found) == MOST
    assert orders.has_more


def test_a_link_names_the_thing_by_its_id(shops: Release) -> None:
    told = {}
    for given in ("hv-10018", "jane", "qx-54", "tet25", "mar10", "ben ode", "net_sales"):
        first = _groups(shops, given)[0].found[0]
        told[given] = (first.page, dict(first.address), first.label, first.about)
    told["net_sales"] = (*told["net_sales"][:3], "")

    assert told == {
        "hv-10018": ("sales", {"pick": ["order:502"]}, "HV-10018", "Mar 10, 2026"),
        "jane": ("customers", {"segment": ["new"], "customer": ["72"]}, "Jane Doe", "KH-070"),
        "qx-54": ("products", {"product": ["12"]}, "Solitaire ring", "Size 54 · QX-54"),
        "tet25": ("campaigns", {"campaign": ["31"], "show": ["all"]}, "Tết Ất Tỵ", "TET25"),
        "mar10": ("promotions", {"promotion": ["51"]}, "Ưu đãi 100%_", "MAR10"),
        "ben ode": ("staff", {"person": [str(BEN)]}, "Ben Ode", "Thợ kim hoàn"),
        "net_sales": ("explorer", {"metric": ["net_sales"]}, "Net sales", ""),
    }


@pytest.mark.parametrize(
    "given", ["dang", "kh-007", "hv-1", "nhan dinh", "qx-5", "tet25", "mar10", "ada", "gone"]
)
def test_a_seller_finds_nothing_of_what_others_see(found: Found, given: str) -> None:
    assert found(given)
    assert found(given, BEN) == []


def test_a_seller_finds_themselves_and_what_is_theirs_to_ask(found: Found, shops: Release) -> None:
    assert found("kim hoan", BEN) == [("person", str(BEN))]
    metrics = {key for kind, key in found("net sales", BEN, words=True) if kind == "metric"}
    assert "credited_net_sales" in metrics
    assert "net_sales" not in metrics
    assert ("page", "promotions") not in found("promotions", BEN, words=True)
    assert ("page", "promotions") in found("promotions", words=True)
    seller = _view(shops, BEN, NEW_YORK)
    pages = [page.name for page in PAGES if page.is_for(seller.principal.permissions)]
    assert set(kinds_of(seller, pages)) == {"page", "metric", "person"}


def test_who_may_not_see_names_finds_nobody_by_name_or_code(found: Found) -> None:
    assert [found(given, IAN) for given in ("dang", "jane doe", "kh-007")] == [[], [], []]
    assert found("hv-10018", IAN) == [("order", "502")]


def test_too_little_is_not_looked_for() -> None:
    assert [words_of(given) for given in ("", " ", "a", " Đ ", "\u0301a")] == [()] * 5
    assert words_of(" Đơ ") == ("do",)
    assert words_of("a b a") == ("a", "b")
    assert len("".join(words_of("x" * 500))) == 80


def test_an_older_release_is_searched_for_what_it_has(house: Release) -> None:
    assert [group.kind for group in _groups(house, "hv-10017")] == []
    assert _groups(house, "net sales")[0].found[0].key == "net_sales"
