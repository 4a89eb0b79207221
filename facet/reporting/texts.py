"""What the screens say, in every language there is: the files of ``texts/``, one per page."""

from functools import lru_cache
from importlib.resources import files
from typing import Final, get_args

import yaml

from facet.reporting.tenants import Language

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
NAMES: Final[dict[Language, str]] = {"en": "English", "vi": "Tiếng Việt"}


def text(language: Language, key: str, **values: str) -> str:
    """A text by its key.

    Raises:
        KeyError: there is no such text.
    """
    return texts()[key][language].format(**values)


@lru_cache(maxsize=1)
def texts() -> dict[str, dict[Language, str]]:
    """All texts by key and language."""
    loaded: dict[str, dict[Language, str]] = {}
    for file in sorted(files("facet.reporting").joinpath("texts").iterdir(), key=lambda f: f.name):
        loaded |= yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    return loaded
