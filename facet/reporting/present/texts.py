"""Texts of the screens and of reports in every language: the YAML beside what says it."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from facet.errors import FacetError
from facet.reporting.present.languages import DEFAULT, Language
from facet.yaml_file import read_yaml

_FACET: Final = Path(__file__).parents[2]
#: Where texts stand.
_FILES: Final = ("reporting/screen/**/*.yml", "reports/texts.yml")


class UnknownTextError(FacetError):
    """A text that no file of texts has."""


def text(language: Language, key: str, **values: str) -> str:
    """A text by its key; in the default language where it lacks this one.

    Raises:
        UnknownTextError: there is no such text.
    """
    entry = texts().get(key)
    if entry is None:
        raise UnknownTextError(
            f"No text {key!r}",
            why="No texts.yml or texts_<subject>.yml under facet/reporting/screen/ has it.",
            next_step="Add it to the page's texts.yml, in every language.",
        )
    return entry.get(language, entry[DEFAULT]).format(**values)


@lru_cache(maxsize=1)
def texts() -> dict[str, dict[Language, str]]:
    """All texts by key and language."""
    loaded: dict[str, dict[Language, str]] = {}
    for file in sorted(file for pattern in _FILES for file in _FACET.glob(pattern)):
        loaded |= read_yaml(file) or {}
    return loaded
