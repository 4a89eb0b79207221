"""Commands of the room ``pipeline``."""

import typer


def register(app: typer.Typer) -> None:
    """Add this room's commands to the command line."""
