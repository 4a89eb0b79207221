"""Entity-relationship diagrams of the operational schema, from its catalogue.

A diagram is a text in Graphviz's language: whoever shows it lays it out. Colours are readable on
light and on dark, and nothing is told by colour alone: what is missing is dashed, and says so.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_FOUND: Final = 'fillcolor="#1b7a6e" color="#1b7a6e"'
_MISSING: Final = 'fillcolor="#9a5424" color="#e0a070" style="filled,rounded,dashed" penwidth=2'
_ELSEWHERE: Final = 'fillcolor="#64716f" color="#64716f"'
_LINE: Final = "#84928f"
_LINE_MISSING: Final = "#c2783c"


@dataclass(frozen=True, kw_only=True)
class Entity:
    """A table of the operational schema, and whether it exists."""

    name: str
    domain: str
    is_found: bool
    row_count: int = 0


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Rows of one table refer to rows of another; whether the database has it as a foreign key."""

    child: str
    parent: str
    is_declared: bool


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """The tables of a domain, what they refer to in others, and the lines between them.

    `left_out` names the tables that nearly all refer to: lines to these would hide all others.
    """

    entities: tuple[Entity, ...]
    elsewhere: tuple[Entity, ...]
    lines: tuple[Reference, ...]
    left_out: tuple[str, ...]

    @classmethod
    def of(
        cls, domain: str, entities: Iterable[Entity], references: Sequence[Reference]
    ) -> "Diagram":
        """The diagram of one domain of a schema."""
        by_name = {entity.name: entity for entity in entities}
        of_domain = {name for name, entity in by_name.items() if entity.domain == domain}
        referring = Counter(parent for _, parent in {(r.child, r.parent) for r in references})
        most = {name for name, count in referring.items() if count > len(by_name) / 2}
        lines = [
            reference
            for reference in references
            if reference.child in of_domain
            and reference.parent in by_name
            and (reference.parent in of_domain or reference.parent not in most)
        ]
        elsewhere = {line.parent for line in lines} - of_domain
        return cls(
            entities=tuple(by_name[name] for name in sorted(of_domain)),
            elsewhere=tuple(by_name[name] for name in sorted(elsewhere)),
            lines=tuple(_one_per_pair(lines)),
            left_out=tuple(sorted(most - of_domain)),
        )

    def in_dot(self, note: Callable[[Entity], str]) -> str:
        """The diagram for Graphviz; `note` is the text of a box under its name."""
        return "\n".join(
            [
                "digraph {",
                'rankdir=LR bgcolor="transparent" nodesep=0.14 ranksep=0.32',
                'node [shape=box style="filled,rounded" fontname="Helvetica" fontsize=10'
                ' fontcolor="#ffffff" margin="0.12,0.05" height=0.3]',
                f'edge [color="{_LINE}" arrowhead=crow arrowtail=none arrowsize=0.7]',
                *(_box(entity, note, _FOUND) for entity in self.entities),
                *(_box(entity, note, _ELSEWHERE) for entity in self.elsewhere),
                *map(_line, self.lines),
                "}",
            ]
        )


def _one_per_pair(lines: Iterable[Reference]) -> Iterator[Reference]:
    """One line for all references of a table to another; missing as soon as one of them is."""
    declared: dict[tuple[str, str], bool] = {}
    for line in lines:
        ends = line.child, line.parent
        declared[ends] = declared.get(ends, True) and line.is_declared
    for (child, parent), is_declared in sorted(declared.items()):
        yield Reference(child=child, parent=parent, is_declared=is_declared)


def _box(entity: Entity, note: Callable[[Entity], str], style: str) -> str:
    label = f"{_escaped(entity.name)}\\n{_escaped(note(entity))}"
    look = style if entity.is_found else _MISSING
    return f'"{_escaped(entity.name)}" [label="{label}" {look}]'


def _line(line: Reference) -> str:
    """From the one to the many: parents stand before their children."""
    style = "" if line.is_declared else f' [style=dashed color="{_LINE_MISSING}" penwidth=1.6]'
    return f'"{_escaped(line.parent)}" -> "{_escaped(line.child)}"{style}'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
