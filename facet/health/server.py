"""``/healthz`` and ``/metrics`` over HTTP, in a process of their own."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from facet.config import Settings
from facet.errors import ConfigurationError
from facet.health.metrics import HomeCollector
from facet.health.state import as_json, health_of

#: A peer that says nothing for so long is let go of.
_PATIENCE_SECONDS: Final = 10


class HealthServer(ThreadingHTTPServer):
    """Answers for one home.

    Raises:
        ConfigurationError: the settings name no address, or it cannot be listened on.
    """

    daemon_threads = True

    def __init__(self, settings: Settings) -> None:
        if settings.health_address is None:
            raise ConfigurationError(
                "FACET_HEALTH_ADDRESS",
                why="Health is served only where somebody says so.",
                next_step="Set it to a port of the loopback address, such as 8502, or to an"
                " address and a port, such as 10.0.0.5:8502; or give `--address`.",
            )
        host, port = settings.health_address
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.settings = settings
        self.registry = CollectorRegistry()
        self.registry.register(HomeCollector(settings))
        try:
            super().__init__((host, port), _Handler)
        except OSError as error:
            raise ConfigurationError(
                f"FACET_HEALTH_ADDRESS={host}:{port}",
                why=f"It cannot be listened on: {error.strerror or error}.",
                next_step="Choose another port or address, or stop what uses it.",
            ) from error

    def server_bind(self) -> None:
        """Bind without asking the name service for this machine's name, which may take long."""
        self.socket.bind(self.server_address)
        host, port = self.socket.getsockname()[:2]
        self.server_address, self.server_name, self.server_port = (host, port), host, port

    @property
    def url(self) -> str:
        """Where it answers."""
        host, port = self.server_name, self.server_port
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def serving_health(settings: Settings) -> Iterator[str]:
    """Serve while the block runs; yields the address.

    Raises:
        ConfigurationError: the settings name no address, or it cannot be listened on.
    """
    with HealthServer(settings) as server:
        thread = Thread(target=server.serve_forever, name="health", daemon=True)
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD of the two addresses."""

    server: HealthServer
    timeout = _PATIENCE_SECONDS
    server_version, sys_version = "facet", ""

    def do_GET(self) -> None:
        """Answer, with a body unless it is HEAD that is asked."""
        match self.path.partition("?")[0]:
            case "/healthz":
                health = health_of(self.server.settings)
                body = json.dumps(as_json(health)).encode() + b"\n"
                self._answer(503 if health.problems else 200, body, "application/json")
            case "/metrics":
                encode, content_type = choose_encoder(self.headers.get("Accept", ""))
                self._answer(200, encode(self.server.registry), content_type)
            case _:
                self._answer(404, b"There are /healthz and /metrics.\n", "text/plain")

    do_HEAD = do_GET

    def log_message(self, *_: Any) -> None:
        """Log no request."""

    def _answer(self, code: int, body: bytes, content_type: str) -> None:
        self.send_response(code)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
