"""The schema's quality as numbers: what there is, held against what there should be.

The review's seven measures, and before them whether all tables and columns exist: from the
catalogue and from the rows, in one read-only transaction.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import get_args

from facet.errors import OperationalError
from facet.operational.catalogue import Catalogue, expected, read_catalogue
from facet.operational.comparison import Comparison, MeasureName, Verdict, in_reach
from facet.operational.connection import reader, reading, where
from facet.operational.findings import Execute, Finding, find
from facet.operational.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Offender:
    """One thing that is not as it should be, and of how many rows, if that is a matter of rows.

    ``item`` is a column, several, or a definition; empty for the table itself. ``rows`` counts by
    tenant; None has those that are nobody's.
    """

    table: str
    item: str
    problem: Problem
    rows: Mapping[int | None, int] | None = None

    def __str__(self) -> str:
        rows = "" if self.row_count is None else f" ({self.row_count:,} rows)"
        return f"{' '.join(filter(None, (self.table, self.item)))} {self.problem}{rows}"

    @property
    def row_count(self) -> int | None:
        """Rows of all tenants."""
        return None if self.rows is None else sum(self.rows.values())


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One measure: of so many things, these are not as they should be."""

    name: MeasureName
    total: int
    offenders: tuple[Offender, ...]

    @property
    def passed(self) -> int:
        """How many things are as they should be; one with two faults counts once."""
        return self.total - len({(offender.table, offender.item) for offender in self.offenders})

    @property
    def share(self) -> float:
        """The share that is as it should be, 0–1; of nothing, all is."""
        return self.passed / self.total if self.total else 1.0


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """The measures of one database at one moment."""

    database: str
    schema: str
    measured_at: datetime
    measures: tuple[Measure, ...]

    def below(self, threshold: float) -> tuple[Measure, ...]:
        """The measures whose share is below a threshold."""
        return tuple(measure for measure in self.measures if measure.share < threshold)


def check(url: str, *, schema: str = "public") -> Scorecard:
    """Measure a database in one read-only transaction.

    Raises:
        OperationalError: it cannot be reached, has none of the tables, or may not be read.
    """
    with reading(url) as connection:
        catalogue = read_catalogue(connection, schema)
        return score(catalogue, execute=reader(connection), database=where(url), schema=schema)


def to_json(scorecard: Scorecard, *, time_zones: Sequence[str] = ()) -> str:
    """A scorecard for programs, with the findings about tenants' time zones."""
    measures = [
        {
            "name": measure.name,
            "whole": measure.passed,
            "total": measure.total,
            "share": measure.share,
            "offenders": [
                {
                    "table": offender.table,
                    "item": offender.item,
                    "problem": str(offender.problem),
                    "rows": offender.row_count,
                }
                for offender in measure.offenders
            ],
        }
        for measure in scorecard.measures
    ]
    return json.dumps(
        {
            "database": scorecard.database,
            "schema": scorecard.schema,
            "measured_at": scorecard.measured_at.isoformat(),
            "measures": measures,
            "time_zones": list(time_zones),
        },
        indent=2,
        ensure_ascii=False,
    )


def score(
    catalogue: Catalogue,
    *,
    execute: Execute,
    database: str,
    schema: str,
    copy: Catalogue | None = None,
) -> Scorecard:
    """Measure a catalogue and its rows.

    Args:
        catalogue: of the database.
        execute: where the rows are read: the database, or a copy of it.
        database: its name, for the reader.
        schema: where the tables are, for ``execute`` too.
        copy: the tables and columns that ``execute`` can read; by default all.

    Raises:
        OperationalError: there is none of the tables.
    """
    comparison = Comparison(expected(), catalogue)
    if not comparison.tables:
        raise OperationalError(
            database,
            why=f"Its schema {schema!r} has none of the operational tables.",
            next_step="Name another: --url or FACET_OPERATIONAL_URL, --schema or"
            " FACET_OPERATIONAL_SCHEMA.",
        )
    legible = comparison
    if copy is not None:
        shared = catalogue.keys() & copy.keys()
        within = {name: in_reach(name, catalogue[name], copy) for name in shared}
        legible = Comparison(expected(), within)
    findings = find(execute, schema, legible.tables, legible.references)
    return Scorecard(
        database=database,
        schema=schema,
        measured_at=datetime.now(UTC),
        measures=_measures([*comparison.verdicts()], findings),
    )


def _measures(verdicts: list[Verdict], findings: Iterable[Finding]) -> tuple[Measure, ...]:
    offenders: dict[MeasureName, list[Offender]] = {name: [] for name in get_args(MeasureName)}
    for verdict in verdicts:
        if verdict.problem:
            offenders[verdict.measure].append(
                Offender(table=verdict.table, item=verdict.item, problem=verdict.problem)
            )
    for finding in findings:
        offenders[finding.measure].append(
            Offender(
                table=finding.table, item=finding.item, problem=finding.problem, rows=finding.rows
            )
        )
    return tuple(
        Measure(
            name=name,
            total=len({(v.table, v.item) for v in verdicts if v.measure == name}),
            offenders=tuple(sorted(found, key=lambda offender: (offender.table, offender.item))),
        )
        for name, found in offenders.items()
    )
