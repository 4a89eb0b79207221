"""What a real browser receives while every page is visited, frame by frame; and guessed files."""

import http.client
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, WebSocket, expect

from facet.config import Oidc, Settings
from facet.reporting.screen.registry import PAGES
from facet.reporting.server import serving
from tests.dashboards.conftest import free_port
from tests.dashboards.driver import Dashboard
from tests.dashboards.everything_sent import text_of
from tests.dashboards.kinds import KINDS, everything
from tests.dashboards.test_who_sees_what import THERE
from tests.facet.reporting.house_whole import grant, publish_whole

_TIMEOUT = 60_000
#: A browser clicks on nothing here: these are in what is behind a bar.
BEHIND_BARS = ("Buyer ", "1-00", "2-00")


@dataclass
class Received:
    """The frames that the server sent to a window; the browser has unpacked what was compressed."""

    frames: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        def opened(socket: WebSocket) -> None:
            socket.on("framereceived", lambda frame: self.frames.append(text_of(frame)))

        page.on("websocket", opened)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> Iterator[str]:
    """The whole house behind a provider, which knows everybody of `KINDS`."""
    users = [
        User(sub=str(user), claims={"email": f"{user}@house.example", "email_verified": True})
        for user in sorted({who.user for who in KINDS.values()})
    ]
    with run_server_in_thread(user_claims=users) as provider:
        settings = Settings(home=tmp_path_factory.mktemp("received"), port=free_port())
        publish_whole(settings, semantic_manifest)
        grant(settings)
        oidc = Oidc(
            issuer=f"http://localhost:{provider.server_port}",
            client_id="facet",
            client_secret="secret",
        )
        with serving(replace(settings, oidc=oidc)) as served:
            yield served


@pytest.mark.parametrize("kind", ["owner", "member of staff", "another shop's owner"])
def test_every_frame_is_of_what_somebody_may_see(browser: Browser, address: str, kind: str) -> None:
    who, received, wrong = KINDS[kind], Received(), {}
    window = browser.new_context(viewport={"width": 1280, "height": 900})
    page = window.new_page()
    received.watch(page)
    dashboard = Dashboard(page=page, address=address)
    page.goto(f"{address}/migration?tenant=2")  # a link to a page, before anybody has signed in
    page.locator(".st-key-sign-in-button button").click(timeout=_TIMEOUT)
    page.get_by_role("button", name=str(who.user), exact=True).click(timeout=_TIMEOUT)
    expect(page.locator(".st-key-title")).to_be_visible(timeout=_TIMEOUT)
    dashboard.settle()  # what still comes is of this page, not of the first below
    for name in (page.name for page in PAGES):
        received.frames.clear()
        dashboard.open(f"/{name}?period=month_to_date&tenant=2&shop=2&person=12&campaign=2001")
        expect(page.locator(".st-key-title")).to_be_visible(timeout=_TIMEOUT)
        text = "\n".join(received.frames)
        seen = {marker for marker in everything() if marker in text}
        there = {m for m in THERE.get((kind, name), ()) if not m.startswith(BEHIND_BARS)}
        if too_much := seen - who.may(name):
            wrong[name, "must not be received"] = too_much
        if missing := there - seen:
            wrong[name, "was not received"] = missing
    window.close()
    assert not wrong


@pytest.mark.parametrize(
    "folder", ["", "/media", "/app/static", "/static", "/_stcore", "/component"]
)
def test_no_path_leads_out_of_what_is_served(address: str, folder: str) -> None:
    """Paths go to the server as they stand: a browser would have tidied them."""
    for up in ("..", "%2e%2e", "..%2f..", "%2e%2e%5c..", "..%252f"):
        for file in ("rights/rights.json", "sessions.sqlite", "secret", "etc/passwd"):
            path = f"{folder}/{'/'.join([up] * 6)}/{file}"
            status, body = _get(address, path)
            assert status in (400, 403, 404) or b'<div id="root">' in body, path
            for secret in (b"email_key", b"root:x:", b"SQLite", b"Hudson"):
                assert secret not in body, path


def _get(address: str, path: str) -> tuple[int, bytes]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()
