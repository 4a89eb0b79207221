"""Messages of pgoutput, written by hand, become keys of rows."""

import struct

import pytest

from facet.sync.decoding import Decoder, Seen

ORDERS, LINES = 16385, 16390


def begin(transaction: int) -> bytes:
    return b"B" + struct.pack("!QQI", 0, 0, transaction)


def commit(end: int) -> bytes:
    return b"C\0" + struct.pack("!QQQ", end - 8, end, 0)


def relation(oid: int, *columns: str) -> bytes:
    described = b"".join(
        b"\1" + name.encode() + b"\0" + struct.pack("!Ii", 20, -1) for name in columns
    )
    return (
        b"R"
        + struct.pack("!I", oid)
        + b"public\0t\0d"
        + struct.pack("!H", len(columns))
        + described
    )


def row(*values: str | None) -> bytes:
    written = (
        b"n" if value is None else b"t" + struct.pack("!I", len(value)) + value.encode()
        for value in values
    )
    return struct.pack("!H", len(values)) + b"".join(written)


def test_keys_are_those_of_transactions_that_the_snapshot_shows() -> None:
    decoder = Decoder(keys={ORDERS: "id"}, seen=Seen.parse("700:710:704"))
    for message in (
        begin(703),
        relation(ORDERS, "note", "id"),
        b"I" + struct.pack("!I", ORDERS) + b"N" + row("12", "1"),
        b"U" + struct.pack("!I", ORDERS) + b"K" + row(None, "2") + b"N" + row(None, "3"),
        commit(1000),
        begin(704),  # running in the snapshot
        b"D" + struct.pack("!I", ORDERS) + b"K" + row(None, "4"),
        commit(2000),
        begin(705),
        b"D" + struct.pack("!I", ORDERS) + b"O" + row("x", "5"),
        relation(LINES, "id"),  # a relation whose key nobody asked for
        b"I" + struct.pack("!I", LINES) + b"N" + row("6"),
        commit(3000),
    ):
        decoder.feed(message)
    assert decoder.touched == {ORDERS: {1, 2, 3, 5}, LINES: None}
    assert (decoder.position, decoder.is_complete) == (1000, False)


def test_a_truncated_relation_has_no_keys_that_are_known() -> None:
    decoder = Decoder(keys={ORDERS: "id"}, seen=Seen.parse("700:700:"))
    for message in (
        begin(699),
        b"T" + struct.pack("!IBII", 2, 0, LINES, ORDERS),
        relation(ORDERS, "id"),
        b"I" + struct.pack("!I", ORDERS) + b"N" + row("1"),
        commit(1000),
    ):
        decoder.feed(message)
    assert decoder.touched == {ORDERS: None, LINES: None}
    assert (decoder.position, decoder.is_complete) == (1000, True)


@pytest.mark.parametrize(
    ("snapshot", "number", "expected"),
    [
        ("10:12:10", 9, True),
        ("10:12:10", 10, False),
        ("10:12:10", 11, True),
        ("10:12:10", 12, False),
        ("8589934597:8589934600:8589934598", 2**32 - 1, True),  # of the round before
        ("8589934597:8589934600:8589934598", 6, False),
        ("8589934597:8589934600:8589934598", 7, True),
        ("8589934597:8589934600:8589934598", 9, False),
    ],
)
def test_a_transaction_is_shown_or_not_by_the_32_bits_of_its_number(
    snapshot: str, number: int, expected: bool
) -> None:
    assert Seen.parse(snapshot).shows(number) == expected
