"""Starting and stopping the server."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.request import urlopen

import pytest

from facet.config import PROJECT_DIR, Settings
from facet.errors import ConfigurationError
from facet.reporting.server import ServerError, serving, start, wait_until_ready


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_server_answers_on_the_loopback_address_and_is_gone_afterwards(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, port=free_port())
    with serving(settings) as address:
        assert address == f"http://127.0.0.1:{settings.port}"
        with urlopen(address) as answer:
            assert answer.status == 200
        others = subprocess.run(
            ["hostname", "-I"], capture_output=True, text=True, check=False
        ).stdout.split()
        for other in others:
            with socket.socket() as probe:
                if ":" not in other:
                    assert probe.connect_ex((other, settings.port)) != 0
    assert is_free(settings.port)


def test_a_taken_port_is_named_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError) as caught:
            start(Settings(home=tmp_path, port=port))
    assert caught.value.what == f"Port {port}"
    assert "--port" in caught.value.next_step
    assert caught.value.exit_code == 3


def test_a_server_that_does_not_start_is_reported(tmp_path: Path) -> None:
    settings = replace(Settings(home=tmp_path, port=free_port()))
    with pytest.raises(ServerError, match="did not answer within 0 seconds"):
        wait_until_ready(settings.port, timeout_seconds=0.3)
    process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(9)"])
    process.wait()
    with pytest.raises(ServerError, match="exit code 9"):
        wait_until_ready(settings.port, process=process)


#: Warms up, and says of each module that the dashboards import whether it is there.
_WARM: Final = """
import ast, json, sys
from pathlib import Path
from facet.reporting.server import _prepare

_prepare()
trees = (ast.parse(path.read_text()) for path in Path(sys.argv[1]).rglob("*.py"))
nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
print(json.dumps({node.module: node.module in sys.modules for node in nodes}))
"""


def test_whatever_a_page_imports_is_there_before_somebody_opens_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WARM, str(PROJECT_DIR / "dashboards")],
        env={**os.environ, "FACET_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = json.loads(done.stdout)
    assert "facet.reporting.screen.parts.tiles" in loaded
    assert set(loaded.values()) == {True}, loaded


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(
    "how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda s: s.name
)
def test_however_the_command_ends_the_server_ends_with_it(
    tmp_path: Path, how: signal.Signals
) -> None:
    port = free_port()
    command = subprocess.Popen(
        [Path(sys.executable).with_name("facet"), "dashboards", "--port", str(port)],
        env=os.environ | {"FACET_HOME": str(tmp_path)},
        stdout=subprocess.DEVNULL,
    )
    wait_until_ready(port, process=command)
    command.send_signal(how)
    code = command.wait(timeout=30)

    deadline = time.monotonic() + 20
    while not is_free(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert is_free(port)
    if how is signal.SIGINT:
        assert code == 0
