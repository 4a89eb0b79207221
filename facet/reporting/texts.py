"""What the screens say, in every language there is: ``texts.yml``."""

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
    content = files("facet.reporting").joinpath("texts.yml").read_text(encoding="utf-8")
    loaded: dict[str, dict[Language, str]] = yaml.safe_load(content)
    return loaded
