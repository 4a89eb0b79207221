"""Unsubscribing over HTTP without signing in, for one click in a mail (RFC 8058).

Looking at the page ends nothing: programs that look at every link of a mail do that. It takes a
POST, by the page's button or by the recipient's mail program.
"""

import html
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from facet.config import Settings
from facet.errors import ConfigurationError, FacetError, ReleaseError
from facet.release import current
from facet.reporting.present.languages import Language, language_of
from facet.reporting.present.texts import text
from facet.reports.subscriptions import Subscription
from facet.reports.unsubscribing import subscription_of, unsubscribe

#: A peer that says nothing for so long is let go of.
_PATIENCE_SECONDS: Final = 10
#: A form has a few letters; more is not read.
_LENGTH: Final = 1000
_PAGE: Final = """<!doctype html>
<html lang="{language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<title>Facet</title><body><p>{said}</p>{form}</body></html>
"""


class UnsubscribeServer(ThreadingHTTPServer):
    """Answers for one home at an address.

    Raises:
        ConfigurationError: it cannot be listened on.
    """

    daemon_threads = True

    def __init__(self, settings: Settings, address: tuple[str, int]) -> None:
        self.settings = settings
        try:
            super().__init__(address, _Handler)
        except OSError as error:
            raise ConfigurationError(
                f"--address {address[0]}:{address[1]}",
                why=f"It cannot be listened on: {error.strerror or error}.",
                next_step="Choose another port or address, or stop what uses it.",
            ) from error


class _Handler(BaseHTTPRequestHandler):
    """Answers GET with a question and POST with what was done."""

    server: UnsubscribeServer
    timeout = _PATIENCE_SECONDS
    server_version, sys_version = "facet", ""

    def do_GET(self) -> None:
        """Ask whether the report is to end."""
        subscription, language = self._subscription(), self._language()
        if subscription is not None:
            shop = self._shop(subscription.tenant_id)
            said = text(language, "report.unsubscribe_ask", name=subscription.name, shop=shop)
            button = html.escape(text(language, "report.unsubscribe_button"))
            form = f'<form method="post"><button>{button}</button></form>'
            self._answer(200, language, said, form)

    def do_POST(self) -> None:
        """End the report."""
        self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _LENGTH))
        subscription = self._subscription()
        if subscription is not None:
            unsubscribe(self.server.settings, self._parameter("token"))
            language = self._language()
            self._answer(200, language, text(language, "report.unsubscribed"))

    def log_message(self, *_: Any) -> None:
        """Say nothing of each request: its address has the token."""

    def _parameter(self, name: str) -> str:
        return parse_qs(urlsplit(self.path).query).get(name, [""])[0]

    def _language(self) -> Language:
        """The language of the mail."""
        return language_of(self._parameter("lang"))

    def _shop(self, tenant_id: int) -> str:
        """What the shop is called, as far as a release says."""
        try:
            release = current(self.server.settings.releases_dir)
            return release.tenant(tenant_id).tenant_name
        except ReleaseError:
            return f"#{tenant_id}"

    def _subscription(self) -> Subscription | None:
        """What the address is of; where of nothing, that is answered."""
        try:
            if urlsplit(self.path).path.endswith("/unsubscribe"):
                return subscription_of(self.server.settings, self._parameter("token"))
        except FacetError:
            pass
        language = self._language()
        self._answer(404, language, text(language, "report.unsubscribe_unknown"))
        return None

    def _answer(self, code: int, language: Language, said: str, form: str = "") -> None:
        body = _PAGE.format(language=language, said=html.escape(said), form=form).encode()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", "default-src 'none'; form-action 'self'")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)
