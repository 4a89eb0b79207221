"""Settings in YAML: defaults that Facet brings, and a file of the home that says what differs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any, Final

import yaml

from facet.errors import ConfigurationError
from facet.zones import clock, names

_MINUTES_PER_DAY: Final = 24 * 60


@dataclass(frozen=True)
class Section:
    """A part of a settings file: its values by name, each asked for as what it has to be.

    `path` is where it stands in the file, such as ``recipients.owner``; empty at the top. Every
    method raises ConfigurationError, which names file and place, where a value is anything else.
    """

    file: Path
    path: str
    values: Mapping[str, Any]

    def only(self, *known: str) -> "Section":
        """The section itself, where it has no other names than these."""
        for name in self.values:
            if name not in known:
                raise self.error(str(name), f"one of {', '.join(sorted(known))}")
        return self

    def section(self, name: str) -> "Section":
        """A part of it; an empty one where there is none."""
        found = self.values.get(name)
        if found is not None and not isinstance(found, dict):
            raise self.error(name, "names with their values, one a line and indented")
        return Section(self.file, self._place(name), found or {})

    def sections(self, name: str) -> Mapping[str, "Section"]:
        """All the parts of a part, by their names."""
        part = self.section(name)
        return {str(key): part.section(key) for key in part.values}

    def text(self, name: str, default: str | None = None) -> str:
        """A text that is not empty."""
        found = self.values.get(name, default)
        if not isinstance(found, str) or not found.strip():
            raise self.error(name, "a text")
        return found

    def choice(self, name: str, choices: Collection[str], default: str | None = None) -> str:
        """One of some texts."""
        found = self.values.get(name, default)
        if not isinstance(found, str) or found not in choices:
            raise self.error(name, f"one of {', '.join(choices)}")
        return found

    def texts(self, name: str, default: Collection[str] = ()) -> tuple[str, ...]:
        """A list of texts."""
        found = self.values.get(name, list(default))
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self.error(name, "a list of texts, such as [one, another]")
        return tuple(found)

    def number(self, name: str, *, least: int = 0, default: int | None = None) -> int:
        """A whole number."""
        found = self.values.get(name, default)
        if not isinstance(found, int) or isinstance(found, bool) or found < least:
            raise self.error(name, f"a whole number of at least {least}")
        return found

    def numbers(self, name: str) -> tuple[int, ...] | None:
        """A list of whole numbers; None where nothing is said."""
        found = self.values.get(name)
        if found is None:
            return None
        if not isinstance(found, list) or not all(type(one) is int for one in found):
            raise self.error(name, "a list of whole numbers, such as [1, 2]")
        return tuple(found)

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false."""
        found = self.values.get(name, default)
        if not isinstance(found, bool):
            raise self.error(name, "true or false")
        return found

    def zone(self, name: str, default: str | None = None) -> str:
        """The name of a time zone."""
        found = self.values.get(name, default)
        if found not in names():
            raise self.error(name, "a time zone such as Asia/Ho_Chi_Minh, or UTC")
        return clock(str(found)).key

    def time_of_day(self, name: str) -> time:
        """A time of day, to the minute. YAML reads an unquoted 22:00 as the number 1320."""
        found = self.values.get(name)
        if isinstance(found, int) and not isinstance(found, bool) and found < _MINUTES_PER_DAY:
            return time(*divmod(found, 60))
        try:
            return time.fromisoformat(str(found)).replace(second=0, microsecond=0, tzinfo=None)
        except ValueError:
            raise self.error(name, 'a time of day such as "22:00"') from None

    def error(self, name: str, expected: str) -> ConfigurationError:
        """The error for what it cannot have; the value, which may be secret, is not told."""
        return ConfigurationError(
            f"{self._place(name)} in {self.file.name}",
            why=f"It must be {expected}.",
            next_step=f"Correct it in {self.file}, or leave it out for the default.",
        )

    def _place(self, name: object) -> str:
        return f"{self.path}.{name}" if self.path else str(name)


def read_settings(file: Path, *, defaults: Path) -> Section:
    """The defaults, with what a file says in place of theirs. The file need not be there.

    Names that both have are looked at one by one, however deep; a list is taken as it stands.

    Raises:
        ConfigurationError: the file is no YAML, or does not begin with names.
    """
    given = _load(file) if file.exists() else {}
    return Section(file, "", _merged(_load(defaults), given))


def _load(file: Path) -> Mapping[str, Any]:
    try:
        # PyYAML's own reader: libyaml names the line after the last one where a file breaks off
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
    except yaml.YAMLError as error:
        # its own text quotes the line, which may hold an address with a password
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "a character"
        reason = f"{where}: {getattr(error, 'problem', None) or 'it is not allowed in YAML'}"
    else:
        if content is None:
            return {}
        if isinstance(content, dict):
            return content
        reason = "it holds no names with their values"
    raise ConfigurationError(
        str(file),
        why=f"It cannot be read as settings: {reason}.",
        next_step="Correct it; texts with a *, a : or a # go in quotes.",
    )


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> Mapping[str, Any]:
    merged = dict(base)
    for name, value in over.items():
        before = merged.get(name)
        is_deep = isinstance(before, dict) and isinstance(value, dict)
        merged[name] = _merged(before, value) if is_deep else value  # type: ignore[arg-type]
    return merged
