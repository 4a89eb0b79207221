"""A pass that fails leaves the copy as it was, and says why."""

import signal
import subprocess
import sys
from resource import RLIMIT_FSIZE, getrlimit, setrlimit

import pytest

from facet.config import Settings
from facet.errors import BusyError, FacetError, OperationalError, WarehouseError
from facet.sync import TableSync, sync
from tests.facet.sync.conftest import Execute, Read, changes


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("fault", ["interrupt", "table dropped", "connection ended", "disk full"])
def test_a_failure_midway_leaves_the_copy_as_it_was(
    fault: str, settings: Settings, url: str, execute: Execute, source_rows: Read, copied_rows: Read
) -> None:
    sync(settings, url)
    before = copied_rows()
    execute("update order_lines set quantity = quantity + 1")
    execute("insert into orders (tenant_id, order_number) select 1, md5(n::text) || repeat('x', 90)"
            " from generate_series(1, 10000) as n")  # fmt: skip
    soft, hard = getrlimit(RLIMIT_FSIZE)
    expected: type[BaseException] = {
        "interrupt": KeyboardInterrupt, "disk full": WarehouseError
    }.get(fault, OperationalError)  # fmt: skip

    def fail(done: TableSync) -> None:
        if done.name != "order_tags":  # the table before orders
            return
        if fault == "interrupt":
            signal.raise_signal(signal.SIGINT)
        elif fault == "table dropped":
            execute("alter table orders rename to orders_gone")
        elif fault == "connection ended":
            execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where application_name = 'facet sync' and datname = current_database()"
            )
        else:
            setrlimit(RLIMIT_FSIZE, (64 * 1024, hard))

    try:
        with pytest.raises(expected) as caught:
            sync(settings, url, progress=fail)
    finally:
        setrlimit(RLIMIT_FSIZE, (soft, hard))

    assert copied_rows() == before
    if isinstance(caught.value, FacetError):
        named = str(settings.warehouse_path) if fault == "disk full" else "Table orders"
        assert named in caught.value.what
    if fault == "table dropped":
        execute("alter table orders_gone rename to orders")
    sync(settings, url)
    assert copied_rows() == source_rows()


def test_a_warehouse_that_is_open_elsewhere_is_told(settings: Settings, url: str) -> None:
    sync(settings, url)
    holder = (
        "import duckdb, sys; connection = duckdb.connect(sys.argv[1]); print('open', flush=True);"
        " sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(settings.warehouse_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        with pytest.raises(BusyError, match="Another process has it open"):
            sync(settings, url)
        process.communicate()
    assert changes(sync(settings, url)) == {}
