"""What was queried is kept for who sees the same, and files are kept open up to a limit."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from facet.release import Release
from facet.reporting.identity.identity import Principal
from facet.reporting.query.cache import LruCache
from facet.reporting.query.gateway import CacheKey, Gateway, cache_key, cells
from facet.reporting.query.table import Table
from tests.facet.reporting.fixtures import SignIn

LEDGER = "warehouse.facet_marts.fct_sales_ledger"


def test_files_are_kept_open_up_to_a_limit_and_threads_do_not_disturb_each_other(
    house: Release, signed_in: SignIn
) -> None:
    gateway = Gateway(connections_kept=1, cells_kept=0)
    statement = f"select count(distinct order_id) as orders, any_value(tenant_id) from {LEDGER}"

    def query(tenant_id: int) -> tuple[object, ...]:
        return gateway.query(signed_in(tenant_id), house, statement).rows[0]

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(query, [1, 2, 3] * 20))

    assert results == [(6, 1), (2, 2), (0, None)] * 20
    assert len(gateway._connections.clear()) == 1
    assert query(1) == (6, 1)
    gateway.close()
    assert query(1) == (6, 1)


def test_a_query_has_its_result_though_its_file_is_evicted_meanwhile(
    house: Release, signed_in: SignIn
) -> None:
    gateway = Gateway(connections_kept=1)
    with gateway._cursor(signed_in(1), house) as cursor:
        cursor.execute(f"select count(distinct order_id) from {LEDGER}")
        gateway.query(signed_in(2), house, "select 1")
        assert cursor.fetchall() == [(6,)]
        assert len(gateway._connections.clear()) == 1


def test_a_result_is_cached_for_whoever_sees_the_same_and_for_nobody_else(
    house: Release, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway, ran = Gateway(), list[tuple[int, str]]()
    run = gateway._run

    def counted(principal: Principal, *given: Any) -> Table:
        ran.append((principal.tenant_id, principal.scope))
        return run(principal, *given)

    monkeypatch.setattr(gateway, "_run", counted)
    mine, other = signed_in(1), signed_in(2)
    junior = replace(mine, people=frozenset())
    statement = f"select count(*) as sales from {LEDGER} where event_type = $event"

    def query(principal: Principal, event: str) -> object:
        return gateway.query(principal, house, statement, {"event": event}).rows[0][0]

    first = [
        query(mine, "sale"),
        query(other, "sale"),
        query(mine, "refund"),
        query(junior, "sale"),
    ]
    again = [
        query(mine, "sale"),
        query(other, "sale"),
        query(mine, "refund"),
        query(junior, "sale"),
    ]
    assert again == first
    assert first[0] != first[1]
    assert ran == [(1, mine.scope), (2, other.scope), (1, mine.scope), (1, junior.scope)]
    assert junior.scope != mine.scope


def test_results_not_used_for_longest_make_room() -> None:
    results = LruCache[Table](6, size=cells)
    small, large = Table.of(["a"], [[1]]), Table.of(["a", "b"], [[1, 2], [3, 4]])
    for key in ("first", "second", "third"):
        results.put(key, small)
    assert results.get("first") == small
    results.put("fourth", small)  # eight cells of six
    assert [results.get(key) for key in ("first", "second", "third", "fourth")] == [
        small,
        None,
        small,
        small,
    ]
    results.put("first", large)  # alone as large as all that is kept
    assert results.get("first") == large
    assert results.get("fourth") is None


def test_cache_keys_hold_tenant_scope_and_release(house: Release, signed_in: SignIn) -> None:
    principal = signed_in(2)
    content = hashlib.sha256(house.file_of(2).read_bytes()).hexdigest()
    release = f"{house.id}:{content}"  # a person may be erased from a release that is out
    assert cache_key(principal, house) == CacheKey(2, principal.scope, release)
    assert principal.scope.endswith("+names")


def test_what_is_made_is_made_once_even_if_it_is_nothing() -> None:
    cache = LruCache[str | None](2)
    made: list[str] = []

    def make(name: str) -> str | None:
        made.append(name)
        return None if name == "none" else name

    for name in ("none", "a", "none", "b", "none", "a"):
        assert cache.made(name, lambda name=name: make(name)) == (None if name == "none" else name)  # type: ignore[misc]
    assert made == ["none", "a", "b", "a"]  # `a` made room for `b`
