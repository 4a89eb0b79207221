"""The sections there are: what sections.yml says of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from facet.reporting.present.filters import DIMENSIONS, Dimension
from facet.yaml_file import read_yaml

#: What lists tell metrics by, beside what pages filter by.
_BY: Final = {
    **DIMENSIONS,
    "staff_member": Dimension(id="staff_member", name="staff_member__full_name"),
    "promotion": Dimension(id="promotion", name="promotion__promotion_name"),
}


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a report: metrics as tiles, one over time, and a list; each may be missing."""

    name: str
    page: str
    permission: str
    tiles: tuple[str, ...] = ()
    trend: str | None = None
    by: str | None = None
    metrics: tuple[str, ...] = ()
    goals: bool = False

    @property
    def dimension(self) -> Dimension | None:
        """What its list tells metrics by."""
        return _BY[self.by] if self.by else None


def _sections() -> dict[str, Section]:
    content = read_yaml(Path(__file__).with_suffix(".yml"))
    return {name: _section(name, entry) for name, entry in content.items()}


def _section(name: str, entry: Mapping[str, Any]) -> Section:
    values: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()
    }
    return Section(name=name, **values)


SECTIONS: Final[Mapping[str, Section]] = _sections()
