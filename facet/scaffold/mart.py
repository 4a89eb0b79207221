"""A new mart: model, contract, unit test, a first metric in two languages, and its oracle."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from facet.errors import ConfigurationError
from facet.scaffold.definitions import column_types, require_new_metric
from facet.scaffold.drafts import Draft, filled, require_name
from facet.scaffold.metric import oracle_files

_KINDS: Final = ("fct_", "dim_", "rpt_")
_TEXT, _NUMBER = "a", "1"


def draft_mart(
    root: Path,
    name: str,
    *,
    area: str,
    reads: str,
    keys: Sequence[str],
    day: str,
    row: str,
    english: str,
    vietnamese: str,
    permission: str,
) -> Draft:
    """Draft a mart of an area that reads a model, with a count of its rows by `day` as metric.

    Args:
        root: the project's folder.
        name: fct_<events>, dim_<entities> or rpt_<question>; its metric is called by the rest.
        area: the folder under models/marts.
        reads: the mart or intermediate model that it begins with.
        keys: columns of that model which with tenant_id are the grain.
        day: its column of the local day that the metric goes by.
        row: what a row is.
        english: the metric's label.
        vietnamese: the same in Vietnamese.
        permission: the code that lets somebody ask for it.

    Raises:
        ConfigurationError: a name or a column is not what it must be, or is there already.
    """
    require_name(name, "Mart")
    kind, metric = name[:4], name[4:]
    if kind not in _KINDS or not metric:
        raise ConfigurationError(
            f"Mart {name}",
            why="Marts are called fct_<events>, dim_<entities> or rpt_<question>.",
            next_step="Choose one of these beginnings.",
        )
    require_name(area, "Area")
    require_new_metric(root, metric)
    types = column_types(root, reads)
    _require_columns(types, reads, keys=keys, day=day)
    given = ", ".join(f"{key}: {_TEXT if types[key] == 'text' else _NUMBER}" for key in keys)
    gaps = {
        "name": name,
        "metric": metric,
        "reads": reads,
        "step": reads.partition("__")[2] or reads[4:],
        "keys": ", ".join(keys),
        "casts": "\n".join(f"    cast({key} as {types[key]}) as {key}," for key in keys),
        "columns": "\n".join(f"      - name: {k}\n        data_type: {types[k]}" for k in keys),
        "given": given,
        "day": day,
        "row": row,
        "entity": row.replace(" ", "_"),
        "english": english,
        "vietnamese": vietnamese,
        "permission": permission,
    }
    folder = Path("models/marts") / area
    calendar = (root / "models/intermediate/platform/int_platform__days_spanned.sql").read_text()
    known = f"'{reads}'" in calendar
    return Draft(
        new={
            folder / f"{name}.sql": filled("mart.sql", **gaps),
            folder / f"{name}.yml": filled("mart.yml", **gaps),
            Path(f"models/semantic/{metric}.yml"): filled("semantic.yml", **gaps),
            **oracle_files(metric, english),
        },
        changed={},
        left=(
            "docs/definitions.md: what it is, in the words of the field",
            f"{folder}/{name}.yml: description, columns, `within_tenant` for what it refers to,"
            " a unit test per business rule",
            f"models/semantic/{metric}.yml: description and description_vi, dimensions",
            f"tests/oracle/{metric}.sql: what must come out; its test fails until it says so",
            *(
                ()
                if known
                else (
                    "int_platform__days_spanned and assert_calendars_have_every_day_of_facts:"
                    f" {name}.{day}, unless its days are others' days already",
                )
            ),
        ),
    )


def _require_columns(
    types: Mapping[str, str], reads: str, *, keys: Sequence[str], day: str
) -> None:
    if unknown := [column for column in (*keys, day) if column not in types]:
        raise ConfigurationError(
            f"{reads}.{unknown[0]}",
            why="It has no such column.",
            next_step=f"Name some of these: {', '.join(types)}.",
        )
    if "tenant_id" not in types or "tenant_id" in keys or types[day] != "date":
        days = [name for name, kind in types.items() if kind == "date"]
        raise ConfigurationError(
            f"{reads}: keys {', '.join(keys)}, day {day}",
            why="A mart's key is tenant_id, which need not be named, and what is named;"
            " its day is a local date.",
            next_step=f"Its dates are: {', '.join(days) or 'none'}.",
        )
