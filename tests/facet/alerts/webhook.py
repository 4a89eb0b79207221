"""A real webhook that keeps what it is given."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Webhook:
    """A server that takes messages. Paths in `refusing` are answered with 503."""

    port: int
    received: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refusing: set[str] = field(default_factory=set)

    def url(self, path: str) -> str:
        return f"json://127.0.0.1:{self.port}/{path}"

    def titles(self, path: str) -> list[str]:
        """What has come in on a path since this was last asked."""
        found = [str(body["title"]) for at, body in self.received if at == f"/{path}"]
        self.received[:] = [one for one in self.received if one[0] != f"/{path}"]
        return found


@contextmanager
def serving() -> Iterator[Webhook]:
    """A webhook while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            is_refused = self.path.removeprefix("/") in hook.refusing
            if not is_refused:
                hook.received.append((self.path, body))
            self.send_response(503 if is_refused else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook = Webhook(port=server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
