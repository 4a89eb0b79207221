"""What a column of a model is made of, read from the SQL that dbt compiled, down to the sources.

Followed are the expressions that make a value, through common table expressions, unions and the
models below. Rows that cannot be among those asked for are left out: a part of a union whose
``event_type`` is ``payment`` says nothing of a sum over sales. Which rows there are besides, joins
and filters decide; of these nothing is said. What cannot be followed is told, not guessed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final, cast

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope
from sqlglot.schema import MappingSchema

#: Values that a column is known to have in the rows asked for.
Kept = Mapping[str, frozenset[str]]
_Kept = frozenset[tuple[int, frozenset[str]]]
_EVERYTHING: Final[_Kept] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A table or view: the columns that it is known to have, and the SQL that makes it, if any."""

    name: str
    columns: tuple[str, ...]
    sql: str | None = None


@dataclass(frozen=True, kw_only=True, order=True)
class Read:
    """A column of a relation that is read, for its value or only to choose between values."""

    relation: str
    column: str
    is_value: bool


@dataclass(frozen=True, kw_only=True)
class Lineage:
    """Everything that is read, and what could not be followed, as ``relation: expression``."""

    read: set[Read] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)


class Tracer:
    """Follows columns through relations, each parsed once."""

    def __init__(self, relations: Iterable[Relation], *, dialect: str) -> None:
        """Know the relations by their full names, ``database.schema.name``."""
        self._relations = {relation.name: relation for relation in relations}
        self._dialect = dialect
        self._scopes: dict[str, Scope | None] = {}
        self._schema = MappingSchema(dialect=dialect)
        for relation in self._relations.values():
            if relation.columns:
                columns = dict.fromkeys(relation.columns, "text")
                self._schema.add_table(relation.name, columns, match_depth=False)

    def trace(self, relation: str, expression: str, lineage: Lineage) -> None:
        """Add to a lineage what an expression over a relation reads.

        Args:
            relation: its full name.
            expression: SQL over its columns, as of a measure.
            lineage: what is known so far.
        """
        tree = sqlglot.parse_one(expression, dialect=self._dialect)
        kept = _kept_by(tree)
        work = _Work(self, lineage)
        for column, is_value in _columns(tree):
            work.column(relation, column.name, kept, is_value=is_value)

    def known(self, relation: str) -> Relation | None:
        """The relation of that name, if there is one."""
        return self._relations.get(relation)

    def scope(self, relation: Relation) -> Scope | None:
        """The query that makes a relation, its columns told apart by table; None if unreadable."""
        if relation.name not in self._scopes:
            try:
                tree = sqlglot.parse_one(cast(str, relation.sql), dialect=self._dialect)
                qualified = qualify(
                    tree,
                    schema=self._schema,
                    dialect=self._dialect,
                    validate_qualify_columns=False,
                    quote_identifiers=False,
                )
                self._scopes[relation.name] = build_scope(qualified)
            except SqlglotError:
                self._scopes[relation.name] = None
        return self._scopes[relation.name]


class _Work:
    """One walk down; each column of each query is passed once per what is asked of it.

    Each step tells whether there is anything: a union has nothing whose parts cannot be asked for.
    """

    def __init__(self, tracer: Tracer, lineage: Lineage) -> None:
        self._tracer = tracer
        self._lineage = lineage
        self._passed: dict[tuple[object, ...], bool] = {}

    def column(self, name: str, column: str, kept: Kept, *, is_value: bool) -> bool:
        """A column of a relation."""
        relation = self._tracer.known(name)
        is_there = True
        if relation is None:
            self._lineage.unknown.add(f"{name}: not among the models and sources")
        elif relation.sql is not None:
            scope = self._tracer.scope(relation)
            if scope is None:
                self._lineage.unknown.add(f"{name}: its SQL cannot be read")
            else:
                is_there = self._named(name, scope, column, kept, is_value=is_value)
        if is_there:
            self._lineage.read.add(Read(relation=name, column=column, is_value=is_value))
        return is_there

    def _named(self, name: str, scope: Scope, column: str, kept: Kept, *, is_value: bool) -> bool:
        names = _names(scope)
        if column not in names:
            self._lineage.unknown.add(f"{name}: {column}")
            return True
        by_position = frozenset(
            (names.index(one), values) for one, values in kept.items() if one in names
        )
        return self._at(name, scope, names.index(column), by_position, is_value=is_value)

    def _at(self, name: str, scope: Scope, position: int, kept: _Kept, *, is_value: bool) -> bool:
        step = (id(scope), position, kept, is_value)
        if step not in self._passed:
            self._passed[step] = True  # of a query that reads itself
            if parts := scope.set_operation_scopes:
                found = [self._at(name, one, position, kept, is_value=is_value) for one in parts]
                self._passed[step] = any(found)
            else:
                self._passed[step] = self._select(name, scope, position, kept, is_value=is_value)
        return self._passed[step]

    def _select(
        self, name: str, scope: Scope, position: int, kept: _Kept, *, is_value: bool
    ) -> bool:
        selects = [one.unalias() for one in _selects(scope)]
        if any(_cannot_be(selects[one], values) for one, values in kept):
            return False
        below = _kept_below(scope, selects, kept)
        found = [
            self._source(name, scope, column, below, is_value=is_value and of_value)
            for column, of_value in _columns(selects[position])
        ]
        inner = {id(query) for query in selects[position].find_all(exp.Query)}
        found += [
            self._at(name, one, 0, _EVERYTHING, is_value=is_value)
            for one in scope.subquery_scopes
            if id(one.expression) in inner
        ]
        return any(found) or not found

    def _source(
        self,
        name: str,
        scope: Scope,
        column: exp.Column,
        kept: Mapping[tuple[str, str], frozenset[str]],
        *,
        is_value: bool,
    ) -> bool:
        source = scope.sources.get(column.table)
        of_source = {one: values for (table, one), values in kept.items() if table == column.table}
        if isinstance(source, exp.Table):
            return self.column(_full_name(source), column.name, of_source, is_value=is_value)
        if isinstance(source, Scope):
            return self._named(name, source, column.name, of_source, is_value=is_value)
        self._lineage.unknown.add(f"{name}: {column.sql()}")
        return True


def _selects(scope: Scope) -> list[exp.Expr]:
    return cast(exp.Query, scope.expression).selects


def _names(scope: Scope) -> list[str]:
    return [one.alias_or_name for one in _selects(scope)]


def _full_name(table: exp.Table) -> str:
    return ".".join(part.name for part in table.parts)


def _columns(tree: exp.Expr) -> Iterator[tuple[exp.Column, bool]]:
    """The columns of an expression, and whether they make its value or choose between values."""
    if isinstance(tree, exp.Column):
        yield tree, True
        return
    if isinstance(tree, exp.Window):  # what a window is over, not how it is cut or ordered
        yield from _columns(tree.this)
        return
    if isinstance(tree, exp.Subquery):
        return
    for name, found in tree.args.items():
        chooses = (isinstance(tree, exp.If | exp.Case) and name == "this") or isinstance(
            tree, exp.Predicate | exp.Filter
        )
        for child in found if isinstance(found, list) else [found]:
            if isinstance(child, exp.Expr):
                for column, is_value in _columns(child):
                    yield column, is_value and not chooses


def _bare(tree: exp.Expr) -> exp.Expr:
    """An expression without what changes its type alone."""
    while isinstance(tree, exp.Cast | exp.Paren | exp.Alias):
        tree = tree.this
    return tree


def _cannot_be(tree: exp.Expr, values: frozenset[str]) -> bool:
    """Whether an expression is one of known literals, none of them among the values."""
    texts = _texts(tree)
    return texts is not None and texts.isdisjoint(values)


def _texts(tree: exp.Expr) -> frozenset[str] | None:
    """The texts and numbers that an expression can be; None where that is not known."""
    tree = _bare(tree)
    if isinstance(tree, exp.Literal):
        return frozenset({_comparable(tree.name)})
    if isinstance(tree, exp.Null):
        return frozenset()
    if isinstance(tree, exp.Case):
        last = tree.args.get("default")
        parts = [one.args["true"] for one in tree.args["ifs"]] + ([last] if last else [])
        found = [_texts(part) for part in parts]
        if all(one is not None for one in found):
            return frozenset[str]().union(*(one for one in found if one is not None))
    return None


def _comparable(text: str) -> str:
    """A literal such that equal ones are the same text: 1 and 1.0, which engines compare alike."""
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return text


def _kept_below(
    scope: Scope, selects: list[exp.Expr], kept: _Kept
) -> dict[tuple[str, str], frozenset[str]]:
    """What is known of the columns of a query's sources, by table and column."""
    where = scope.expression.args.get("where")
    below = _texts_where(where.this) if where is not None else {}
    for position, values in kept:
        column = _bare(selects[position])
        if isinstance(column, exp.Column):
            key = (column.table, column.name)
            below[key] = values & below.get(key, values)
    return below


def _kept_by(tree: exp.Expr) -> Kept:
    """What an expression asks of columns before it has a value other than 0 or null."""
    kept: dict[str, frozenset[str]] = {}
    case = _bare(tree)
    while isinstance(case, exp.Case) and len(case.args["ifs"]) == 1 and not case.args.get("this"):
        last = case.args.get("default")
        if last is not None and not isinstance(last, exp.Null) and last.sql() != "0":
            break
        for (_, column), values in _texts_where(case.args["ifs"][0].this).items():
            kept[column] = values & kept.get(column, values)
        case = _bare(case.args["ifs"][0].args["true"])
    return kept


def _texts_where(condition: exp.Expr) -> dict[tuple[str, str], frozenset[str]]:
    """The texts and numbers that a condition leaves to columns, by table and column."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    parts = condition.flatten() if isinstance(condition, exp.And) else [condition]
    for part in parts:
        column = _bare(part.this) if isinstance(part, exp.In | exp.EQ) else None
        given = (part.args.get("expressions") or []) if isinstance(part, exp.In) else []
        given = [part.expression] if isinstance(part, exp.EQ) else given
        if isinstance(column, exp.Column) and given:
            values = [_texts(one) for one in given]
            if all(values):
                key = (column.table, column.name)
                texts = frozenset[str]().union(*(one for one in values if one))
                found[key] = texts & found.get(key, texts)
    return found
