"""Signing in at a real OpenID provider, in a real browser."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, expect

from facet.config import Oidc, Settings
from facet.reporting.server import serving
from facet.saved.alert_readers import ChosenAlerts
from facet.saved.subscriptions import PageSubscriptions
from tests.dashboards.conftest import free_port
from tests.dashboards.driver import Dashboard
from tests.dashboards.everything_sent import text_of
from tests.dashboards.test_page_files import said_in
from tests.facet.reporting.house import id_of, publish_house
from tests.facet.reporting.house_people import STAFF, Staff, write_rights

#: Ben works in New York and leads in Saigon, under the same address.
TWO_SHOPS: tuple[Staff, ...] = (*STAFF, (2, 12, 21, "Ben Ode", "owner", True))
_TIMEOUT = 30_000


def user(name: str, **claims: object) -> User:
    email = f"{name}@house.example"
    return User(sub=name, claims={"email": email, "email_verified": True, **claims})


USERS = (
    user("11"),
    user("12"),
    user("13"),
    user("99"),
    user("21", email_verified=False),
    user("31", aud="another"),
    user("14", email="11@house.example", exp=1_000_000_000),
)


class Shop:
    """A house behind a provider, and the way to change what its people may see."""

    def __init__(self, settings: Settings, address: str) -> None:
        self.settings, self.address = settings, address

    def grant(self, staff: tuple[Staff, ...], *, suspended: tuple[int, ...] = ()) -> None:
        """What `facet rights refresh` would have found."""
        write_rights(self.settings, staff, suspended=suspended)


@contextmanager
def shop_of(home: Path, manifest: Path, *, idle: timedelta | None = None) -> Iterator[Shop]:
    with ExitStack() as stack:
        provider = stack.enter_context(run_server_in_thread(user_claims=USERS))
        settings = Settings(
            home=home,
            port=free_port(),
            oidc=Oidc(
                issuer=f"http://localhost:{provider.server_port}",
                client_id="facet",
                client_secret="secret",
            ),
            session_idle=idle or timedelta(hours=1),
        )
        publish_house(settings, manifest, is_demo=False)
        mail = stack.enter_context(pytest.MonkeyPatch.context())
        mail.setenv("FACET_SMTP_URL", "smtp://127.0.0.1:2525")
        mail.setenv("FACET_MAIL_FROM", "Facet <reports@house.example>")
        address = stack.enter_context(serving(settings))
        shop = Shop(settings, address)
        shop.grant(TWO_SHOPS)
        yield shop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> Iterator[Shop]:
    with shop_of(tmp_path_factory.mktemp("oidc"), semantic_manifest) as shop:
        yield shop


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def sign_in(page: Page, shop: Shop, name: str, path: str = "/") -> None:
    page.goto(shop.address + path)
    page.locator(".st-key-sign-in-button button").click(timeout=_TIMEOUT)
    page.get_by_role("button", name=name, exact=True).click(timeout=_TIMEOUT)


def title(page: Page) -> None:
    expect(page.locator(".st-key-title")).to_be_visible(timeout=_TIMEOUT)


def test_an_owner_signs_in_reads_and_signs_out(shop: Shop, page: Page) -> None:
    sign_in(page, shop, "11")

    title(page)
    expect(page.locator(".st-key-title")).to_contain_text("Hudson & Vale")
    expect(page.locator(".st-key-demo-banner")).to_have_count(0)
    page.reload()  # the cookie, not the tab, is signed in
    title(page)
    page.locator(".st-key-account button").first.click()
    page.locator(".st-key-sign-out button").click()
    page.wait_for_url("**/oauth2/end_session**", timeout=_TIMEOUT)  # the provider's own page
    page.goto(f"{shop.address}/sales")
    expect(page.locator(".st-key-sign-in-button")).to_be_visible(timeout=_TIMEOUT)


def test_a_person_takes_a_page_along_has_it_sent_ends_that_and_chooses_alerts(
    shop: Shop, page: Page
) -> None:
    """March's orders of the website: 250.50 and 80 less 40."""
    sign_in(page, shop, "11", f"/overview?period=month_to_date&channel={id_of('Website')}")
    seen = Dashboard(page=page, address=shop.address)
    title(page)
    seen.settle()
    seen.part("take-along").locator("button").first.click()
    download = seen.download("page-pdf")
    assert download.suggested_filename == "hudson-vale_overview_2026-03-01_2026-03-18_website.pdf"
    assert "Net sales $290.50" in said_in(Path(download.path()).read_bytes())

    seen.choose_mailing("every", "Weekly")
    seen.choose_mailing("weekday", "Friday")
    expect(page.get_by_text("to 11@house.example")).to_be_visible()
    seen.part("mail-me").locator("button").click()
    listed = seen.part("mailing-list")
    expect(listed).to_contain_text("Overview · Weekly, Friday · PDF", timeout=_TIMEOUT)
    own = PageSubscriptions.of(shop.settings, tenant_id=1, user_id=11)
    (kept,) = own.all()
    assert (kept.recipient, kept.weekday) == ("11@house.example", 5)
    assert kept.address == {"period": ["month_to_date"], "channel": [str(id_of("Website"))]}
    assert Axe().run(page).response["violations"] == []

    listed.get_by_role("button", name="Send no more").click()
    expect(listed.get_by_role("button")).to_have_count(0, timeout=_TIMEOUT)
    seen.settle()
    assert own.all() == ()

    seen.part("alert-rules").locator("input").click()
    page.get_by_role("option", name="A good seller is out of stock").click()
    keep = seen.part("choose-alerts").locator("button")
    expect(keep).to_be_enabled(timeout=_TIMEOUT)
    keep.click()
    expect(keep).to_be_disabled(timeout=_TIMEOUT)
    alerts = ChosenAlerts.of(shop.settings, tenant_id=1, user_id=11)
    assert alerts.rules() == {"stock_out"}


def test_a_cookie_that_was_copied_ends_with_the_session(
    shop: Shop, page: Page, browser: Browser
) -> None:
    sign_in(page, shop, "11")
    title(page)
    stolen = page.context.cookies()
    page.locator(".st-key-account button").first.click()
    page.locator(".st-key-sign-out button").click()
    expect(page.locator(".st-key-title")).to_have_count(0, timeout=_TIMEOUT)

    other = browser.new_context()
    other.add_cookies(stolen)  # type: ignore[arg-type]
    thief = other.new_page()
    thief.goto(shop.address)
    expect(thief.locator("text=This session has ended.")).to_be_visible(timeout=_TIMEOUT)
    expect(thief.locator(".st-key-title")).to_have_count(0)
    other.close()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("99", "No shop knows your address."),
        ("13", "not active any more"),
        ("21", "address is not verified"),
        ("31", ""),
        ("14", ""),
    ],
    ids=["unknown", "inactive", "unverified address", "wrong audience", "expired token"],
)
def test_who_may_not_sees_a_friendly_page_and_nothing_else(
    shop: Shop, page: Page, name: str, message: str
) -> None:
    received: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: received.append(text_of(frame))),
    )
    sign_in(page, shop, name)

    if message:
        expect(page.locator(f"text={message}").first).to_be_visible(timeout=_TIMEOUT)
    else:  # the token is refused before it becomes a session
        expect(page.locator(".st-key-sign-in-button, .st-key-message").first).to_be_visible(
            timeout=_TIMEOUT
        )
    assert page.locator(".st-key-title").count() == 0
    everything = "".join(received) + page.content()
    for secret in ("Hudson", "Ngọc Lan", "Ada Frost", "6,690", "Boutique"):
        assert secret not in everything


def test_a_shared_link_is_there_after_signing_in(shop: Shop, page: Page) -> None:
    link = "/sales?period=last_month&measure=orders"
    sign_in(page, shop, "11", f"{link}&next=https%3A%2F%2Felsewhere.example")

    expect(page.locator(".st-key-title")).to_contain_text("Sales", timeout=_TIMEOUT)
    for choice, value in (("measure", "Orders"), ("period", "Last month")):
        chosen = page.locator(f".st-key-choice-{choice}").get_by_role("combobox")
        expect(chosen).to_have_value(value, timeout=_TIMEOUT)
    assert page.url.startswith(f"{shop.address}/sales?")
    assert {"period=last_month", "measure=orders"} == set(page.url.partition("?")[2].split("&"))
    Dashboard(page=page, address=shop.address).choose_page("Overview")
    expect(page.locator(".st-key-title")).to_contain_text("Overview", timeout=_TIMEOUT)
    page.reload()  # a link leads on once
    expect(page.locator(".st-key-title")).to_contain_text("Overview", timeout=_TIMEOUT)


@pytest.mark.parametrize(
    "wanted",
    ["https://elsewhere.example/sales", "//elsewhere.example/sales", "/\\elsewhere.example",
     "/secret", "javascript:alert(1)", "/sales/../oauth2/logout", "%%%"],
)  # fmt: skip
def test_a_tab_leads_nowhere_but_to_pages_of_this_place(
    shop: Shop, page: Page, wanted: str
) -> None:
    page.goto(shop.address)
    expect(page.locator(".st-key-sign-in-button")).to_be_visible(timeout=_TIMEOUT)
    page.wait_for_function("sessionStorage.getItem('facet-wanted') !== null")
    page.evaluate("wanted => sessionStorage.setItem('facet-wanted', wanted)", wanted)
    page.locator(".st-key-sign-in-button button").click(timeout=_TIMEOUT)
    page.get_by_role("button", name="11", exact=True).click(timeout=_TIMEOUT)

    title(page)
    page.wait_for_function("sessionStorage.getItem('facet-wanted') === null")
    page.wait_for_timeout(500)
    expect(page.locator(".st-key-title")).to_contain_text("Home")
    assert page.url.partition("?")[0] == f"{shop.address}/"


def test_who_works_for_two_shops_switches_among_theirs(shop: Shop, page: Page) -> None:
    sign_in(page, shop, "12")

    title = page.locator(".st-key-title")  # at this shop a member of staff, at the other its owner
    expect(title).to_contain_text("Home", timeout=_TIMEOUT)
    seen = Dashboard(page=page, address=shop.address)
    seen.settle()
    seen.choose_page("Sales team")
    expect(title).to_contain_text("Sales team", timeout=_TIMEOUT)
    expect(title).to_contain_text("Hudson & Vale")
    page.locator(".st-key-account button").first.click()
    page.locator(".st-key-shop-1").get_by_role("combobox").click()
    options = page.get_by_role("option")
    expect(options).to_have_text(["Hudson & Vale", "Ngọc Lan"])
    options.nth(1).click()
    expect(title).to_contain_text("Ngọc Lan", timeout=_TIMEOUT)
    seen.settle()
    seen.choose_page("Tổng quan")
    expect(page.locator(".st-key-tile-net_sales")).to_be_visible(timeout=_TIMEOUT)


def test_a_right_that_is_revoked_is_gone_with_the_next_click(shop: Shop, page: Page) -> None:
    sign_in(page, shop, "11", "/overview")
    expect(page.locator(".st-key-tile-net_sales")).to_be_visible(timeout=_TIMEOUT)
    try:
        shop.grant(((1, 11, None, "Ada Frost", "sales", True),))
        Dashboard(page=page, address=shop.address).choose_page("Sales")
        expect(page.locator("text=This page is not among")).to_be_visible(timeout=_TIMEOUT)
        assert page.locator("[class*=st-key-tile-]").count() == 0
        shop.grant(((1, 11, None, "Ada Frost", "", True),))
        page.reload()
        expect(page.locator("text=You have no role")).to_be_visible(timeout=_TIMEOUT)
        shop.grant(STAFF, suspended=(1,))
        page.reload()
        expect(page.locator("text=Your shop is suspended")).to_be_visible(timeout=_TIMEOUT)
    finally:
        shop.grant(TWO_SHOPS)


def test_what_the_address_says_never_leads_to_another_shop(shop: Shop, page: Page) -> None:
    """Neither where it is followed once its reader is known, nor where they are."""
    paths = (
        "/?channel=x'%20or%201%3D1--&measure=net_sales)%20union%20select%201",
        f"/?channel={id_of('Cửa hàng')}",
        "/?person=21&campaign=2001",
        "/overview?tenant=2",
        "/sales?shop=2&tenant_id=2",
    )
    seen = Dashboard(page=page, address=shop.address)
    sign_in(page, shop, "11", paths[0])
    title(page)
    seen.settle()
    for path in paths:
        page.goto(shop.address + path)
        title(page)
        seen.settle()
        figures = page.locator("[class*=st-key-tile-], .st-key-home-needs")
        expect(figures.first).to_be_visible(timeout=_TIMEOUT)
        assert "Hudson & Vale" in page.locator(".st-key-title").inner_text(), path
        for other in ("Ngọc Lan", "Cửa hàng", "Zalo", "₫"):
            assert other not in page.content(), path


def test_idle_time_ends_a_session(tmp_path: Path, semantic_manifest: Path, page: Page) -> None:
    with shop_of(tmp_path, semantic_manifest, idle=timedelta(seconds=8)) as shop:
        sign_in(page, shop, "11")
        title(page)
        page.wait_for_timeout(9_000)
        Dashboard(page=page, address=shop.address).choose_page("Sales")
        expect(page.locator("text=Nobody clicked here")).to_be_visible(timeout=_TIMEOUT)
        assert page.locator("[class*=st-key-tile-]").count() == 0


def test_guessed_files_are_not_served(shop: Shop, page: Page) -> None:
    """Whatever is asked for, there is an error or the empty frame that everybody gets."""
    for path in (
        "/app/static/tenant_2.duckdb", "/media/tenant_2.duckdb", "/static/../secret",
        "/_stcore/../../rights/rights.json", "/sign_in.toml", "/component/../secret",
    ):  # fmt: skip
        response = page.request.get(shop.address + path)
        body = response.body()
        assert response.status in (400, 403, 404) or b'<div id="root">' in body, path
        for secret in (b"DUCK", b"email_key", b"client_secret", b"Hudson"):
            assert secret not in body, path
