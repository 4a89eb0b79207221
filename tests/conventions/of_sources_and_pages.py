"""What holds of every operational table and of every page."""

import csv
from io import StringIO
from pathlib import Path
from typing import Final

from facet.reporting.present.languages import LANGUAGES
from tests.conventions.project import PAGES, Entry, Found, Project, Rule

_TABLES: Final = Path("seeds/operational_tables.csv")
_SCRIPTS: Final = Path("dashboards/app_pages")
#: Columns by which a row is about a customer or somebody who may become one.
_ABOUT_PEOPLE: Final = {"personal_key_id", "customer_id", "lead_id", "contact_id"}
#: The longest that a page's script may be.
_LINES: Final = 60


def _meta(table: Entry) -> Entry:
    meta: Entry = (table.get("config") or {}).get("meta") or {}
    return meta


def _rows(project: Project) -> Found:
    for path, _, table in project.tables():
        if " one row per " not in f" {table.get('description', '')}".lower():
            yield path, f"{table['name']} does not say what a row of it is"


def _personal(project: Project) -> Found:
    for path, _, table in project.tables():
        about = [c["name"] for c in table["columns"] if c["name"] in _ABOUT_PEOPLE]
        if about and _meta(table).keys().isdisjoint({"personal", "person"}):
            yield path, f"{table['name']} is about people ({about[0]})"


def _listed(project: Project) -> Found:
    rows = {
        row["table_name"].lower(): row for row in csv.DictReader(StringIO(project.text[_TABLES]))
    }
    declared = {table["name"]: (path, domain) for path, domain, table in project.tables()}
    for name, (path, domain) in declared.items():
        row = rows.get(name)
        if row is None:
            yield path, f"{name} is not in {_TABLES}"
        elif row["domain"] != domain or not row["named_in"]:
            yield _TABLES, f"{name} is of {row['domain']}, named in {row['named_in'] or 'nothing'}"
    for name in rows.keys() - declared.keys():
        yield _TABLES, f"{name} is declared nowhere"


def _scripts(project: Project) -> Found:
    for page in project.pages:
        script = _SCRIPTS / f"{page}.py"
        lines = project.text.get(script, "").splitlines()
        if not 0 < len(lines) <= _LINES:
            yield PAGES / page / "__init__.py", f"{script} has {len(lines)} lines"


def _words(project: Project) -> Found:
    for page in project.pages:
        texts: Entry = {}
        for path, entries in project.yaml.items():
            if path.parent == PAGES / page:
                texts |= entries
        for key in (f"page.{page}", f"{page}.about"):
            for language in LANGUAGES:
                if not texts.get(key, {}).get(language):
                    yield PAGES / page / "texts.yml", f"{key} is not there in {language}"


def _tests(project: Project) -> Found:
    tests = "".join(
        text
        for path, text in project.text.items()
        if path.match("tests/dashboards/test_*.py") and path.stem != "test_who_sees_what"
    )
    for page in project.pages:
        if not any(named in tests for named in (f"app_pages/{page}.py", f'"{page}"')):
            yield PAGES / page / "__init__.py", f"no test opens {page}"


def _table(project: Project, name: str) -> tuple[Path, Entry]:
    path = next(path for path, _, table in project.tables() if table["name"] == name)
    [source] = project.own(path)["sources"]
    return path, next(table for table in source["tables"] if table["name"] == name)


def _plant_words(project: Project) -> Path:
    path, table = _table(project, "crm_leads")
    table["description"] = "Leads."
    return path


def _plant_undecided(project: Project) -> Path:
    path, table = _table(project, "crm_leads")
    for key in ("personal", "person"):
        _meta(table).pop(key, None)
    return path


def _plant_table(project: Project) -> Path:
    path, table = _table(project, "crm_leads")
    table["name"] = "crm_unheard_of"
    return path


def _plant_page(project: Project) -> Path:
    path = PAGES / "unfinished" / "__init__.py"
    project.text[path] = '"""A page that nobody finished."""'
    return path


def _plant_silence(project: Project) -> Path:
    path = PAGES / "people" / "texts.yml"
    del project.own(path)["page.people"]["vi"]
    return path


RULES: Final = (
    Rule(
        name="The description of an operational table says what a row is",
        remedy="Say `One row per …` in the comment of the table and in the sources' YAML",
        find=_rows,
        plant=_plant_words,
    ),
    Rule(
        name="A table about people says which columns are personal, which erasing empties",
        remedy="Set config.meta.personal to columns, and person to the column that says whose;"
        " `personal: []` where a row says nothing of anybody",
        find=_personal,
        plant=_plant_undecided,
    ),
    Rule(
        name="Every operational table is listed, by domain, with where it is named",
        remedy=f"Add its line to {_TABLES}, or let `facet new source` do so",
        find=_listed,
        plant=_plant_table,
    ),
    Rule(
        name=f"A page has a script of at most {_LINES} lines",
        remedy="Call its parts from dashboards/app_pages/<page>.py; what it draws is in its folder",
        find=_scripts,
        plant=_plant_page,
    ),
    Rule(
        name="A page says what it is called and what it is in every language",
        remedy="Add page.<page> and <page>.about to its texts.yml, in each of languages.yml",
        find=_words,
        plant=_plant_silence,
    ),
    Rule(
        name="A page has a test that opens it",
        remedy="Write tests/dashboards/test_<page>_page.py",
        find=_tests,
        plant=_plant_page,
    ),
)
