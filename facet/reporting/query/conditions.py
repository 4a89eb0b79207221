"""Conditions of a query, of one meaning for metrics and for marts."""

from collections.abc import Callable, Mapping, Sequence

from facet.reporting.query.folding import folded_sql
from facet.reporting.query.table import Cell

#: The values to keep of a column or dimension. One that is absent keeps all, an empty list keeps
#: nothing, and None in a list keeps what has no value.
Where = Mapping[str, Sequence[Cell]]
#: The least and the greatest value to keep of a column.
Between = Mapping[str, tuple[Cell, Cell]]


class Conditions:
    """Conditions of a statement; their values stand beside it as parameters.

    Args:
        reference: how the statement speaks of a column or dimension.
    """

    def __init__(self, reference: Callable[[str], str]) -> None:
        self._reference = reference
        self.texts: list[str] = []
        self.parameters: dict[str, Cell] = {}

    def placed(self, value: Cell) -> str:
        """The parameter that a value becomes."""
        key = f"value_{len(self.parameters)}"
        self.parameters[key] = value
        return f"${key}"

    def keep(self, where: Where) -> None:
        """Keep the rows that have one of the values of each column."""
        for name, values in where.items():
            column = self._reference(name)
            placeholders = [self.placed(value) for value in values if value is not None]
            # `in (null)` is true of nothing, and names the column, without which MetricFlow
            # would not know of what it is a condition
            either = [f"{column} in ({', '.join(placeholders) or 'null'})"]
            either += [f"{column} is null"] if None in values else []
            self.texts.append(f"({' or '.join(either)})")

    def keep_between(self, between: Between) -> None:
        """Keep the rows from the least to the greatest value of each column."""
        for name, (least, greatest) in between.items():
            ends = f"{self.placed(least)} and {self.placed(greatest)}"
            self.texts.append(f"{self._reference(name)} between {ends}")

    def keep_words(self, words: Sequence[str], among: Sequence[str]) -> str:
        """Keep the rows that have each of some folded words somewhere in their columns.

        Returns:
            What orders these, the best first: 0 where a column is just these words, 1 where it
            begins with them, 2 where words begin so, 3 where they are anywhere.
        """
        columns = [self._reference(name) for name in among]
        text = folded_sql(f"concat_ws(' ', {', '.join(columns)})")
        placed = [self.placed(word) for word in words]
        self.texts += [f"contains({text}, {word})" for word in placed]
        whole = self.placed(" ".join(words))
        begin = " and ".join(f"contains(' ' || {text}, ' ' || {word})" for word in placed)
        each = [folded_sql(column) for column in columns]
        return (
            f"case when {' or '.join(f'{column} = {whole}' for column in each)} then 0"
            f" when {' or '.join(f'starts_with({column}, {whole})' for column in each)} then 1"
            f" when {begin} then 2 else 3 end"
        )
