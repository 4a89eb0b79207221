"""Records in the order of the tree that they are."""

from collections.abc import Iterator, Mapping, Sequence

from facet.reporting.query.table import Cell, Record


def as_tree(records: Sequence[Record], *, key: str, parent: str) -> Iterator[tuple[Record, int]]:
    """Records below their parents, in their order, each once: with how deep they stand, 0 on top.

    Whose parent is not among them stands on top. A circle of parents begins at the record of it
    that comes first.

    Args:
        records: in the order in which those of one parent are told.
        key: the column by which a record is known; one without is nobody's parent.
        parent: the column with the key of its parent.
    """
    keys = {record[key] for record in records}
    children: dict[Cell, list[Record]] = {}
    for record in records:
        children.setdefault(record[parent], []).append(record)
    placed: set[Cell] = set()
    tops = [r for r in records if r[parent] is None or r[parent] not in keys]
    for top in (*tops, *records):
        yield from _branch(top, key, children, placed)


def _branch(
    top: Record, key: str, children: Mapping[Cell, Sequence[Record]], placed: set[Cell]
) -> Iterator[tuple[Record, int]]:
    waiting = [(top, 0)]
    while waiting:
        record, depth = waiting.pop()
        if record[key] in placed:
            continue
        placed.add(record[key])
        yield record, depth
        if record[key] is not None:
            below = children.get(record[key], ())
            waiting += [(child, depth + 1) for child in reversed(below)]
