"""The permissions are what the documents and the demo say they are."""

import re

from facet.config import PROJECT_DIR
from facet.reporting.present.texts import text
from facet.reporting.screen.registry import PAGES
from facet.rights.codes import PERMISSIONS


def test_the_documents_list_every_permission_with_its_default_roles() -> None:
    text = (PROJECT_DIR / "docs" / "operations.md").read_text("utf-8")
    head, *rows = [
        [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]
        for line in text.splitlines()
        if line.startswith(("| code | allows", "| `facet."))
    ]
    documented = {
        row[0].strip("`"): {role for role, mark in zip(head[2:], row[2:], strict=True) if mark}
        for row in rows
    }
    assert documented == {permission.code: set(permission.roles) for permission in PERMISSIONS}


def test_the_demo_grants_what_is_the_default() -> None:
    sql = (PROJECT_DIR / "facet" / "demo" / "sql" / "02_people.sql").read_text("utf-8")
    granted = {
        code: (description.replace("''", "'"), tuple(re.findall(r"'(\w+)'", roles)))
        for code, description, roles in re.findall(
            r"\(\d+, '(facet\.\w+)',\s*'((?:[^']|'')*)',\s*array\[([^\]]*)\]\)", sql
        )
    }
    assert granted == {
        permission.code: (permission.description, permission.roles) for permission in PERMISSIONS
    }


def test_a_permission_names_the_pages_that_it_opens() -> None:
    sentences = {permission.code: permission.description for permission in PERMISSIONS}
    unnamed = [
        (page.name, code)
        for page in PAGES
        for code in page.own_permissions
        if text("en", f"page.{page.name}") not in sentences[code]
    ]
    assert unnamed == [], "say it in facet/rights/codes.py and facet/demo/sql/02_people.sql"
