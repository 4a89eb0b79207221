"""Who makes a page, and who waits."""

import threading
import time
from collections.abc import Callable

import pytest

from facet.reporting.query import turn as turns
from facet.reporting.query.turn import others_turn, turn

_SOON = 10.0


class _Pages:
    """Pages in threads of their own; each is held until it is told to end."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.ends = {name: threading.Event() for name in "abcd"}
        self._threads: list[threading.Thread] = []

    def begin(self, name: str, work: Callable[[], None] | None = None) -> None:
        """Begin a page; returns when it is made, or waits."""

        def page() -> None:
            with turn():
                self.made.append(name)
                (work or self.ends[name].wait)()

        thread = threading.Thread(target=page)
        thread.start()
        self._threads.append(thread)
        time.sleep(0.05)

    def until(self, *names: str) -> None:
        """Wait until these are made, in this order."""
        ends = time.monotonic() + _SOON
        while len(self.made) < len(names) and time.monotonic() < ends:
            time.sleep(0.005)
        assert self.made == list(names)

    def close(self) -> None:
        """End all."""
        for end in self.ends.values():
            end.set()
        for thread in self._threads:
            thread.join(_SOON)


@pytest.fixture
def pages() -> _Pages:
    return _Pages()


def test_two_pages_are_made_and_the_third_when_one_of_them_is(pages: _Pages) -> None:
    for name in "abc":
        pages.begin(name)
    pages.until("a", "b")

    pages.ends["b"].set()
    pages.until("a", "b", "c")
    pages.close()


def test_who_waits_for_a_database_lets_others_on_and_then_waits_for_a_turn(pages: _Pages) -> None:
    answered, back = threading.Event(), threading.Event()

    def asks() -> None:
        with others_turn():
            answered.wait()
        back.set()

    pages.begin("a", asks)
    for name in "bcd":
        pages.begin(name)
    pages.until("a", "b", "c")  # `a` waits for its answer, so that two others are made

    answered.set()
    assert not back.wait(0.1)
    for name in "bcd":
        pages.ends[name].set()
    assert back.wait(_SOON)
    pages.close()


def test_who_is_stuck_with_a_turn_keeps_nobody_for_long(
    pages: _Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_SECONDS", 0.1)
    for name in "abc":
        pages.begin(name)

    pages.until("a", "b", "c")
    pages.close()
    monkeypatch.undo()

    again = _Pages()  # who went on without a turn gave none back
    for name in "abc":
        again.begin(name)
    again.until("a", "b")
    again.close()


def test_a_query_of_no_page_takes_no_turn() -> None:
    with others_turn():
        pass
    with turn(), pytest.raises(ValueError, match="as it is"), others_turn():
        raise ValueError("as it is")
    taken = [turns._TURNS.acquire(timeout=1), turns._TURNS.acquire(timeout=1)]
    assert taken == [True, True]
    assert not turns._TURNS.acquire(blocking=False)
    turns._TURNS.release(2)
