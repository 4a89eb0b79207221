"""Garbage is looked for rarely in a block, and as before once it ends, well or badly."""

import gc

import pytest

from facet.pipeline.garbage import collecting_rarely


def test_garbage_is_looked_for_rarely_and_afterwards_as_before() -> None:
    before = gc.get_threshold()
    during = []

    def fail() -> None:
        with collecting_rarely():
            during.append((gc.isenabled(), gc.get_threshold()[0] > 10 * before[0]))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert during == [(True, True)]
    assert gc.get_threshold() == before
