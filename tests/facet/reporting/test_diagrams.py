"""Diagrams: which tables and lines are in one, and how what is missing looks."""

from facet.reporting.present.diagrams import Diagram, Entity, Reference


def entity(name: str, domain: str = "orders", *, is_found: bool = True) -> Entity:
    return Entity(name=name, domain=domain, is_found=is_found)


def refers(child: str, parent: str, *, is_declared: bool = True) -> Reference:
    return Reference(child=child, parent=parent, is_declared=is_declared)


ENTITIES = (
    entity("orders"),
    entity("order_items"),
    entity("order_images", is_found=False),
    entity("product", "products"),
    entity("stock", "products"),
    entity("sys_users", "system"),
)
REFERENCES = (
    refers("order_items", "orders"),
    refers("order_items", "product", is_declared=False),
    refers("stock", "product"),
    *(refers(name, "sys_users") for name in ("orders", "order_items", "product", "stock")),
)


def test_a_domain_has_its_tables_and_what_they_refer_to() -> None:
    diagram = Diagram.of("orders", ENTITIES, REFERENCES)

    assert [found.name for found in diagram.entities] == ["order_images", "order_items", "orders"]
    assert [found.name for found in diagram.elsewhere] == ["product"]
    assert [(line.child, line.parent) for line in diagram.lines] == [
        ("order_items", "orders"),
        ("order_items", "product"),
    ]


def test_what_most_tables_refer_to_is_left_out_but_in_its_own_domain() -> None:
    assert Diagram.of("orders", ENTITIES, REFERENCES).left_out == ("sys_users",)
    diagram = Diagram.of("system", ENTITIES, (*REFERENCES, refers("sys_users", "sys_users")))
    assert diagram.left_out == ()
    assert len(diagram.lines) == 1


def test_several_references_to_a_table_are_one_line_missing_as_soon_as_one_is() -> None:
    twice = (refers("orders", "orders"), refers("orders", "orders", is_declared=False))
    (line,) = Diagram.of("orders", ENTITIES, twice).lines
    assert not line.is_declared


def test_a_reference_to_a_table_that_nobody_knows_is_not_drawn() -> None:
    assert not Diagram.of("orders", ENTITIES, [refers("orders", "strangers")]).lines


def test_what_is_missing_is_dashed() -> None:
    dot = Diagram.of("orders", ENTITIES, REFERENCES).in_dot(lambda found: f"note {found.domain}")
    lines = {line.split(" ")[0]: line for line in dot.splitlines() if line.startswith('"')}

    assert "dashed" in lines['"order_images"']
    assert "dashed" not in lines['"orders"'].partition("->")[0]
    assert '"product" -> "order_items" [style=dashed' in dot
    assert '"orders" -> "order_items"\n' in dot
    assert 'label="product\\nnote products"' in dot


def test_names_cannot_end_their_quotes() -> None:
    name = 'x" [shape=none] "y\\'
    dot = Diagram.of("orders", [entity(name)], ()).in_dot(lambda _: "")
    assert '"x\\" [shape=none] \\"y\\\\" [label=' in dot
