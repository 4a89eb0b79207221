"""The languages that readers may choose: those that languages.yml lists, and nothing else does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from babel import Locale, UnknownLocaleError

from facet.yaml_file import read_yaml

#: The code of a language, such as ``en``.
Language: TypeAlias = str


@dataclass(frozen=True, kw_only=True)
class Usage:
    """Name, locale and units of a language, from languages.yml."""

    name: str
    locale: str
    abroad: str | None = None
    hour: str
    minute: str
    second: str
    points: str


LANGUAGES: Final[Mapping[Language, Usage]] = {
    code: Usage(**usage) for code, usage in read_yaml(Path(__file__).with_suffix(".yml")).items()
}
#: What has no text in another language is shown in this one.
DEFAULT: Final[Language] = next(iter(LANGUAGES))


def language_of(locale: str) -> Language:
    """The language of a locale such as ``en-GB`` or ``vi_VN``; the default where it has none."""
    code = re.split("[-_]", locale.lower())[0]
    return code if code in LANGUAGES else DEFAULT


def is_locale(text: str) -> bool:
    """Whether a text is a locale that there is, such as ``vi_VN``."""
    try:
        Locale.parse(text)
    except (ValueError, UnknownLocaleError):
        return False
    return True
