"""The entity-relationship diagram of a domain: what exists of it, and what is missing."""

from collections import Counter

import streamlit as st

from facet.reporting.present.diagrams import Diagram, Entity, Reference
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.session.view import View


def entity_diagram(view: View) -> None:
    """The tables of a domain that can be chosen, and how they refer to one another."""
    entities = _entities(view)
    sizes = Counter(entity.domain for entity in entities)
    gaps = Counter(entity.domain for entity in entities if not entity.is_found)
    domains = sorted(sizes, key=lambda domain: (-gaps[domain], -sizes[domain]))
    subheading(view.text("diagram.title"))
    domain = st.selectbox(
        view.text("migration.domain"),
        domains,
        format_func=lambda name: _label(view, name, sizes[name], gaps[name]),
        key="choice-domain",
        width=320,
    )
    diagram = Diagram.of(domain, entities, _references(view))
    with st.container(key="diagram", border=True):
        st.graphviz_chart(
            diagram.in_dot(lambda entity: _note(view, domain, entity)),
            alt=view.text("diagram.alt", domain=view.word("domain", domain)),
        )
    captions = [view.text("diagram.legend")]
    if diagram.left_out:
        captions.append(view.text("diagram.left_out", names=escaped(", ".join(diagram.left_out))))
    st.caption(" ".join(captions))


def _entities(view: View) -> tuple[Entity, ...]:
    table = view.marts.rows(
        "rpt_schema_tables",
        ["table_name", "domain", "is_found", "row_count"],
        order_by=["table_name"],
    )
    return tuple(
        Entity(name=str(name), domain=str(domain), is_found=bool(found), row_count=int(str(rows)))
        for name, domain, found, rows in table.rows
    )


def _references(view: View) -> tuple[Reference, ...]:
    table = view.marts.rows(
        "rpt_schema_references",
        ["table_name", "target_table", "is_declared"],
        order_by=["table_name", "target_table"],
    )
    return tuple(
        Reference(child=str(child), parent=str(parent), is_declared=bool(declared))
        for child, parent, declared in table.rows
    )


def _label(view: View, domain: str, size: int, gap: int) -> str:
    label = f"{view.word('domain', domain)} · {view.count(size)}"
    return f"{label}, {view.text('diagram.gap', count=view.count(gap))}" if gap else label


def _note(view: View, domain: str, entity: Entity) -> str:
    """The text of a box under its name."""
    if not entity.is_found:
        return view.text("diagram.missing")
    if entity.domain != domain:
        return view.word("domain", entity.domain)
    return view.text("diagram.rows", count=view.count(entity.row_count))
