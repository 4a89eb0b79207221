"""A new operational table: its declaration, and its line in the list of tables."""

import csv
import re
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Final

from facet.errors import ConfigurationError
from facet.scaffold.drafts import Draft, require_name
from facet.staging.declarations import declared_tables, sources_path
from facet.staging.sources import Naming, sources_yaml

_TABLES: Final = Path("seeds/operational_tables.csv")
#: By which column a row is a person's, and the table that it refers to.
_PERSONS: Final = {"personal_key_id": "crm_personal_keys", "customer_id": "crm_customers"}


def draft_source(
    root: Path,
    table: str,
    *,
    url: str,
    schema: str,
    domain: str,
    entity: str,
    model: str,
    personal: Sequence[str],
    named_in: str,
) -> Draft:
    """Draft the declaration of a table that stands in a database.

    Args:
        root: the project's folder.
        table: its name in PostgreSQL.
        url: libpq URL of a database that holds it.
        schema: the schema that it is in.
        domain: the source that it belongs to.
        entity: what a row is called.
        model: what its rows are called.
        personal: its columns that say something of a person; none says that there are none.
        named_in: the part of the schema's document that names it.

    Raises:
        ConfigurationError: it is declared already, there is no such domain, or it does not exist.
        OperationalError: no server answers.
    """
    for name, what in ((table, "Table"), (entity, "Entity"), (model, "Model")):
        require_name(name, what)
    path = sources_path(Path(), domain)
    _require_new(root, table, path)
    naming = {table: Naming(entity=entity, model=model)}
    whole = sources_yaml(url, schema=schema, domain=domain, description="", tables=naming)
    _, _, entry = whole.partition("    tables:\n")
    columns = re.findall(r"^ +- \{name: (\w+)", entry, re.M)
    if unknown := [name for name in personal if name not in columns]:
        raise ConfigurationError(
            f"{table}.{unknown[0]}",
            why="It has no such column.",
            next_step=f"Name some of these: {', '.join(columns)}; or none.",
        )
    entry = entry.replace("}}\n", f"{_decided(personal, columns)}, screen: {{}}}}}}\n", 1)
    text = (root / path).read_text("utf-8").rstrip("\n")
    return Draft(
        new={},
        changed={
            path: f"{text}\n\n{entry}",
            _TABLES: _listed(root, table, domain, named_in),
        },
        left=(
            "facet operational expect: what `facet operational check` compares with",
            f"{path}: `screen`, which says when a row can be counted (docs/decisions/0019)",
            "models/intermediate/ or models/marts/: what reads it; facet new mart",
        ),
    )


def _require_new(root: Path, table: str, path: Path) -> None:
    if any(declared.name == table for declared in declared_tables(root)):
        raise ConfigurationError(
            f"Table {table}",
            why="The sources declare it already. Nothing was written.",
            next_step="Change what they say, then run facet staging render.",
        )
    if not (root / path).exists():
        domains = sorted({declared.domain for declared in declared_tables(root)})
        raise ConfigurationError(
            str(path),
            why="There is no such domain.",
            next_step=f"Name one of these: {', '.join(domains)}.",
        )


def _decided(personal: Sequence[str], columns: Sequence[str]) -> str:
    person = next((column for column in _PERSONS if column in columns), None)
    says = f", personal: [{', '.join(personal)}]"
    return says if person is None else f"{says}, person: {{{person}: {_PERSONS[person]}}}"


def _listed(root: Path, table: str, domain: str, named_in: str) -> str:
    """The list of tables with a line more, after the last of its domain."""
    lines = (root / _TABLES).read_text("utf-8").splitlines()
    rows = [*csv.reader(lines)]
    last = max(number for number, row in enumerate(rows) if row[1] == domain)
    line = StringIO()
    csv.writer(line, lineterminator="").writerow(
        [table, domain, named_in, "", table.replace("_", " ").capitalize()]
    )
    lines.insert(last + 1, line.getvalue())
    return "\n".join(lines) + "\n"
