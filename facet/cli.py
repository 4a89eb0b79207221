"""The command ``facet``: parses, calls one function, prints. Modules return values."""

import sys
from importlib import import_module
from pathlib import Path

import typer
from rich.console import Console

from facet.errors import FacetError, is_full, not_written

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Facet: the same trusted numbers everywhere.",
)

#: Packages that bring commands: each `commands.py` adds its own with ``register(app)``.
PACKAGES = (
    *("operational", "demo", "grants", "sync", "staging", "pipeline", "release", "rights"),
    *("reporting", "metrics", "alerts", "reports", "health", "upkeep", "schedule", "api"),
    *("diff", "dev", "scaffold"),
)


def main() -> None:
    """Run the command line; print a FacetError as three lines and exit with its code."""
    for package in PACKAGES:
        import_module(f"facet.{package}.commands").register(app)
    try:
        app()
    except FacetError as error:
        sys.exit(_print_error(error))
    except OSError as error:
        if not is_full(error):
            raise
        sys.exit(_print_error(not_written(Path(error.filename or "FACET_HOME"), error)))


def _print_error(error: FacetError) -> int:
    console = Console(stderr=True, highlight=False)
    console.print(error.what, style="bold red", markup=False, soft_wrap=True)  # paths stay whole
    console.print(error.why, f"→ {error.next_step}", sep="\n", markup=False, soft_wrap=True)
    return error.exit_code
