"""What a command writes: files that are new, files that it changes, and what is left to say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

from facet.errors import ConfigurationError

_TEMPLATES: Final = Path(__file__).parent / "templates"
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
#: A longer name leaves no room for what tests are called by.
_LONGEST: Final = 40


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Files by path from the project's folder: new ones, those that change; what is left to say."""

    new: Mapping[Path, str]
    changed: Mapping[Path, str]
    left: tuple[str, ...]


def filled(template: str, /, **values: str) -> str:
    """A template with its gaps filled."""
    return Template((_TEMPLATES / template).read_text("utf-8")).substitute(values)


def require_name(name: str, what: str) -> None:
    """Fail where a name is none of the house's.

    Raises:
        ConfigurationError: it is no lower-case words joined by underscores, or too long.
    """
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise ConfigurationError(
            f"{what} {name!r}",
            why="A name is lower-case words joined by underscores,"
            f" of at most {_LONGEST} characters.",
            next_step="Choose another; docs/glossary.md has the words of the field.",
        )


def changed_once(path: Path, text: str, before: str, after: str) -> str:
    """A file's text with one place changed.

    Raises:
        ConfigurationError: the place is not there, or more than once.
    """
    if text.count(before) != 1:
        raise ConfigurationError(
            str(path),
            why=f"{before.strip()!r} is there {text.count(before)} times, and not once.",
            next_step="Mend the file, or write by hand what CONTRIBUTING says.",
        )
    return text.replace(before, after)


def write(root: Path, draft: Draft) -> None:
    """Write all of a draft, or nothing.

    Raises:
        ConfigurationError: a file that would be new is there.
    """
    if standing := [path for path in draft.new if (root / path).exists()]:
        raise ConfigurationError(
            str(standing[0]),
            why="It is there already. Nothing was written.",
            next_step="Choose another name, or change what is there.",
        )
    before = {path: (root / path).read_text("utf-8") for path in draft.changed}
    begun: list[Path] = []
    try:
        for path, text in {**draft.new, **draft.changed}.items():
            begun.append(path)
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
    except BaseException:
        for path in begun:
            if path in before:
                (root / path).write_text(before[path], "utf-8")
            else:
                (root / path).unlink(missing_ok=True)
        raise
