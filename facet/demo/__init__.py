"""Demo data: four houses of fine jewellery, three years of them, and every hard case on purpose.

``create_demo`` fills an operational database that has its tables and no tenants. All of it is SQL
(``sql/*.sql``): the same seed, as-of date or moment and scale give the same rows, to the byte, on
any day. The planted cases stand in two training shops and are listed in docs/demo_cases.md.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from facet.demo.create import DemoReport, create_demo
    from facet.demo.existing import ExistingDemo, existing_demo

__all__ = ["DemoReport", "ExistingDemo", "create_demo", "existing_demo"]

_MODULES = {
    "DemoReport": "create",
    "create_demo": "create",
    "ExistingDemo": "existing",
    "existing_demo": "existing",
}


def __getattr__(name: str) -> Any:
    """Import on first use: the database driver takes longer than all of the command line."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
