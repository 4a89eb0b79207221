"""Reading rights again and again, beside the dashboards: a revoked right is gone in a minute."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from facet.config import Settings
from facet.errors import FacetError
from facet.operational.server import operational_url
from facet.rights.reading import refresh


def watch(settings: Settings, *, every_seconds: float, stop: threading.Event | None = None) -> None:
    """Refresh rights every so many seconds until `stop` is set.

    A database that does not answer is said once and tried again: the rights that are known stay
    until they are too old.
    """
    stop = stop or threading.Event()
    is_troubled = False
    while not stop.is_set():
        try:
            with operational_url(settings) as url:
                refresh(settings, url)
            is_troubled = False
        except FacetError as error:
            if not is_troubled:
                print(f"Rights are not refreshed: {error}", file=sys.stderr, flush=True)
            is_troubled = True
        stop.wait(every_seconds)


@contextmanager
def watching(settings: Settings, *, every_seconds: float = 60) -> Iterator[None]:
    """Refresh rights beside a block, where there is an operational database to read them from."""
    if settings.operational_url is None and not (settings.home / "postgres").exists():
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(
        target=watch,
        args=(settings,),
        kwargs={"every_seconds": every_seconds, "stop": stop},
        name="rights",
        daemon=True,
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
