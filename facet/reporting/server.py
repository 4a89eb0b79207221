"""Serving the dashboards: Streamlit in a process of its own, on the loopback address."""

import gc
import hashlib
import hmac
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from facet.config import Settings
from facet.errors import ConfigurationError, FacetError
from facet.rights.keys import secret_of

ADDRESS: Final = "127.0.0.1"
_STOP_SECONDS: Final = 10
_WITH_CALLER: Final = "--stop-with-caller"


class ServerError(FacetError):
    """The dashboards did not start, or stopped by themselves."""


@contextmanager
def serving(settings: Settings, *, timeout_seconds: float = 60) -> Iterator[str]:
    """Serve the dashboards while the block runs; yields their address once they answer.

    Raises:
        ConfigurationError: the port is taken.
        ServerError: the server does not answer.
    """
    process = start(settings)
    try:
        wait_until_ready(settings.port, process=process, timeout_seconds=timeout_seconds)
        yield f"http://{ADDRESS}:{settings.port}"
    finally:
        stop(process)


def serve(settings: Settings) -> int:
    """Serve the dashboards until Ctrl-C; returns the exit code of the server.

    Raises:
        ConfigurationError: the port is taken.
    """
    process = start(settings)
    try:
        return process.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        stop(process)


def start(settings: Settings) -> subprocess.Popen[bytes]:
    """Start the server and return at once. It reads releases of `settings.home`.

    Raises:
        ConfigurationError: the port is taken.
    """
    _require_free(settings.port)
    settings.create_home()
    return subprocess.Popen(
        [sys.executable, "-m", "facet.reporting", _WITH_CALLER],
        cwd=settings.project_dir / "dashboards",
        env=os.environ | _environment(settings),
        stdin=subprocess.PIPE,  # closed with the caller, however that ends
        start_new_session=True,  # Ctrl-C is for the caller, who then stops the server
    )


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a server that `start` started, by force where it does not go; harmless where it has."""
    if process.stdin is not None:
        process.stdin.close()
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_ready(
    port: int,
    *,
    process: subprocess.Popen[bytes] | None = None,
    timeout_seconds: float = 60,
) -> None:
    """Wait until a server answers on a port of the loopback address.

    Raises:
        ServerError: it does not in time, or its process has ended.
    """
    deadline = time.monotonic() + timeout_seconds
    while time.monotonic() < deadline:
        if process is not None and process.poll() is not None:
            raise ServerError(
                f"The dashboards on port {port}",
                why=f"Their server ended with exit code {process.returncode}.",
                next_step="Read what it printed above, and start again with `facet dashboards`.",
            )
        try:
            with urlopen(f"http://{ADDRESS}:{port}/_stcore/health", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise ServerError(
        f"The dashboards on port {port}",
        why=f"They did not answer within {timeout_seconds:.0f} seconds.",
        next_step="Look at what the server printed, and start again with `facet dashboards`.",
    )


def _environment(settings: Settings) -> dict[str, str]:
    """The variables by which the server's process has the same settings."""
    variables = {
        "FACET_HOME": str(settings.home),
        "FACET_PORT": str(settings.port),
        "FACET_RIGHTS_MAX_AGE": f"{settings.rights_max_age.total_seconds():.0f}",
        "FACET_SESSION_IDLE": f"{settings.session_idle.total_seconds():.0f}",
        "FACET_SESSION_MAX": f"{settings.session_max.total_seconds():.0f}",
        "FACET_PUBLIC_URL": settings.public_url or "",
        "STREAMLIT_SERVER_PORT": str(settings.port),
    }
    if settings.oidc is not None:
        variables |= {
            "FACET_OIDC_ISSUER": settings.oidc.issuer,
            "FACET_OIDC_CLIENT_ID": settings.oidc.client_id,
            "FACET_OIDC_CLIENT_SECRET": settings.oidc.client_secret,
        }
    return variables


def _require_free(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except (OSError, OverflowError) as error:
            raise ConfigurationError(
                f"Port {port}",
                why=f"The dashboards cannot listen on it: {error}.",
                next_step="Choose another with `--port` or FACET_PORT, or stop what uses it.",
            ) from error


def run_here(arguments: Sequence[str]) -> None:
    """Run Streamlit in this process, preparing the metrics while it starts."""
    from streamlit.web.cli import main

    if _WITH_CALLER in arguments:
        threading.Thread(target=_stop_with_caller, name="stop", daemon=True).start()
    threading.Thread(target=_prepare, name="warm-up", daemon=True).start()
    secrets = sign_in_secrets(Settings.from_environment())
    main(["run", "streamlit_app.py", *(["--secrets.files", str(secrets)] if secrets else [])])


def sign_in_secrets(settings: Settings) -> Path | None:
    """Write what Streamlit needs to know of the OpenID provider, for this process's owner alone.

    Returns:
        The file; None where there is no provider.
    """
    oidc = settings.oidc
    if oidc is None:
        return None
    settings.create_home()
    public_url = settings.public_url or f"http://{ADDRESS}:{settings.port}"
    cookies = hmac.new(secret_of(settings), b"cookies", hashlib.sha256).hexdigest()
    values = {
        "redirect_uri": f"{public_url}/oauth2callback",
        "cookie_secret": cookies,
        "client_id": oidc.client_id,
        "client_secret": oidc.client_secret,
        "server_metadata_url": f"{oidc.issuer}/.well-known/openid-configuration",
    }
    path = settings.home / "sign_in.toml"
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("[auth]\n")
        file.writelines(f"{name} = {json.dumps(value)}\n" for name, value in values.items())
    return path


def _stop_with_caller() -> None:
    sys.stdin.buffer.read()  # returns when the other end is closed
    os.kill(os.getpid(), signal.SIGTERM)


def _prepare() -> None:
    """Import what pages need, and the metrics of the release; nothing depends on it.

    What is loaded by then stays: the collector need not look at it again, a tenth of a second for
    everybody who waits.
    """
    from facet.release import current
    from facet.reporting import screen
    from facet.reporting.query.catalogue import warm_up

    for module in walk_packages(screen.__path__, f"{screen.__name__}."):
        import_module(module.name)
    warm_up()
    with suppress(FacetError):  # the first page says what is missing
        warm_up(current(Settings.from_environment().releases_dir))
    gc.collect()
    gc.freeze()
