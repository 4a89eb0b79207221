"""docs/nginx.conf as it stands: a person works through a real nginx, with TLS and its headers."""

import base64
import hashlib
import http.client
import json
import re
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Browser, Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from facet.config import PROJECT_DIR, Oidc, Settings
from facet.release import Release
from facet.reporting.server import serving
from tests.dashboards.conftest import free_port, serve_home
from tests.dashboards.driver import Dashboard
from tests.dashboards.test_sign_in import TWO_SHOPS, USERS, Shop
from tests.facet.reporting.fixtures import house, semantic_manifest
from tests.facet.reporting.house import publish_house
from tests.proxy.site import Site, proxied

__all__ = ["house", "semantic_manifest"]

_TIMEOUT = 60_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> Iterator[Site]:
    """A house behind a provider, behind the proxy."""
    port, plain_port, facet_port = free_port(), free_port(), free_port()
    with run_server_in_thread(user_claims=USERS) as provider:
        settings = Settings(
            home=tmp_path_factory.mktemp("proxied"),
            port=facet_port,
            oidc=Oidc(
                issuer=f"http://localhost:{provider.server_port}",
                client_id="facet",
                client_secret="secret",
            ),
            public_url=f"https://localhost:{port}",
        )
        publish_house(settings, semantic_manifest, is_demo=False)
        folder = tmp_path_factory.mktemp("nginx")
        with (
            serving(settings) as address,
            proxied(folder, port=port, plain_port=plain_port, facet_port=facet_port) as site,
        ):
            Shop(settings, address).grant(TWO_SHOPS)
            yield site


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page that trusts the certificate; ends where it logged an error or broke the policy."""
    window = browser.new_context(
        ignore_https_errors=True, viewport={"width": 1440, "height": 900}, accept_downloads=True
    )
    page = window.new_page()
    problems: list[str] = []

    def logged(kind: str, text: str, url: str) -> None:
        is_search = re.search(r"/[^/]+/_stcore/(health|host-config)$", url)
        if kind == "error" and url.startswith(site.address) and not is_search:
            problems.append(f"{text}: {url}")

    page.on("console", lambda message: logged(message.type, message.text, message.location["url"]))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', event => console.error("
        "`policy: ${event.violatedDirective} ${event.blockedURI}`))"
    )
    yield page
    window.close()
    assert problems == []


def test_a_person_signs_in_reads_draws_and_takes_along(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/overview")
    page.locator(".st-key-sign-in-button button").click(timeout=_TIMEOUT)
    page.get_by_role("button", name="11", exact=True).click(timeout=_TIMEOUT)
    dashboard = Dashboard(page=page, address=site.address)
    expect(page.locator(".st-key-title")).to_contain_text("Hudson & Vale", timeout=_TIMEOUT)
    dashboard.settle()
    assert re.search(r"\d", dashboard.tile("net_sales"))
    expect(page.locator(".js-plotly-plot svg.main-svg").first).to_be_visible(timeout=_TIMEOUT)

    dashboard.go_to("Sales")
    expect(page.locator(".js-plotly-plot svg.main-svg").first).to_be_visible(timeout=_TIMEOUT)
    with page.expect_download(timeout=_TIMEOUT) as download:
        page.get_by_role("button", name="CSV").first.click()
    assert download.value.suggested_filename.endswith(".csv")
    assert "," in Path(download.value.path()).read_text(encoding="utf-8-sig")

    cookies = page.context.cookies(site.address)
    assert cookies
    assert all(cookie["secure"] for cookie in cookies)


def test_each_answer_has_the_headers_of_security(site: Site) -> None:
    for path in ("/", "/sales", "/_stcore/health", "/no/such/thing", "/_stcore/metrics"):
        headers = site.get(path).headers
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Strict-Transport-Security"] == "max-age=31536000"
        policy = dict(
            part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
        )
        assert policy["default-src"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        assert re.fullmatch(r"'self'( 'sha256-[\w+/]+='){2}", policy["script-src"])
        assert headers["Server"] == "nginx"


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "//_stcore/metrics",
        "/_stcore/%6detrics",
        "/x/../_stcore/metrics",
        "/_STCORE/metrics",
        "/_stcore/agent/openapi.json",
    ],
)
def test_what_the_server_says_of_itself_is_not_passed_on(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status == 404
    assert b"streamlit" not in answer.read().lower()


def test_without_tls_one_is_sent_to_where_there_is(site: Site) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.plain_port, timeout=20)
    connection.request("GET", "/sales?period=month", headers={"Host": "localhost"})
    answer = connection.getresponse()
    assert answer.status == 301
    assert answer.headers["Location"] == f"{site.address}/sales?period=month"


def test_another_name_gets_nothing(site: Site) -> None:
    with pytest.raises(ssl.SSLError):
        site.get("/", name="evil.example")
    with pytest.raises(http.client.RemoteDisconnected):
        site.get("/", Host="evil.example")
    connection = http.client.HTTPConnection("127.0.0.1", site.plain_port, timeout=20)
    connection.request("GET", "/", headers={"Host": "evil.example"})
    with pytest.raises(http.client.RemoteDisconnected):
        connection.getresponse()


def test_a_page_of_another_site_gets_no_websocket(site: Site) -> None:
    """Not even if it could say the right host: what Facet compares with is what the proxy says."""
    url = f"wss://localhost:{site.port}/_stcore/stream"
    context = ssl._create_unverified_context()
    with pytest.raises(InvalidStatus) as refused:
        connect(url, ssl=context, origin=Origin("https://evil.example"), proxy=None)
    assert refused.value.response.status_code == 403
    with connect(url, ssl=context, origin=Origin(site.address), proxy=None) as socket_:
        assert socket_.response is not None
        assert socket_.response.status_code == 101


def test_the_sign_in_of_the_demo_is_not_for_who_comes_through_a_proxy(
    tmp_path: Path, browser: Browser, house: Release
) -> None:
    with serve_home(house.directory.parent.parent) as address:
        facet_port = int(address.rpartition(":")[2])
        with proxied(
            tmp_path, port=free_port(), plain_port=free_port(), facet_port=facet_port
        ) as site:
            window = browser.new_context(ignore_https_errors=True)
            page = window.new_page()
            page.goto(site.address)
            Dashboard(page=page, address=site.address).settle()
            expect(page.locator(".st-key-message, .st-key-title, .stAlert").first).to_be_visible(
                timeout=_TIMEOUT
            )
            expect(page.locator(".st-key-sign-in-tenant")).to_have_count(0)
            assert "Hudson" not in page.content()
            window.close()


def test_the_policy_knows_every_script_that_a_page_has() -> None:
    """Streamlit's and Facet's: another text has another digest, and a browser would refuse it."""
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", index.read_text(), re.S)
    scripts.append((PROJECT_DIR / "dashboards" / "page.js").read_text(encoding="utf-8"))
    digests = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts
    ]
    configuration = (PROJECT_DIR / "docs" / "nginx.conf").read_text()
    assert re.findall(r"'sha256-([^']+)'", configuration) == digests, json.dumps(digests)
