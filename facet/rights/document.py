"""``rights.json``: people, their tenants and their permissions as of one moment."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from facet.config import Settings
from facet.errors import FacetError

FILE_NAME: Final = "rights.json"
#: The database's clock and this one may differ so much.
_CLOCKS_DIFFER: Final = timedelta(minutes=5)


class RightsError(FacetError):
    """Nobody can be let in: what people may see is not known, or was known too long ago."""

    exit_code = 6


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person at one tenant.

    `email_key` is None where no address leads to this person alone. `people` are the user ids of
    those under them at any depth, and their own.
    """

    tenant_id: int
    user_id: int
    email_key: str | None
    full_name: str
    role_codes: str
    is_active: bool
    permissions: frozenset[str]
    people: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Shop:
    """A tenant, and whether its subscription is active."""

    tenant_id: int
    name: str
    is_active: bool


@dataclass(frozen=True)
class Rights:
    """Everybody's rights as of a moment."""

    taken_at: datetime
    people: tuple[Person, ...]
    shops: tuple[Shop, ...]

    @cached_property
    def _by_user(self) -> Mapping[tuple[int, int], Person]:
        return {(person.tenant_id, person.user_id): person for person in self.people}

    @cached_property
    def _by_key(self) -> Mapping[str, tuple[Person, ...]]:
        found: dict[str, list[Person]] = {}
        for person in self.people:
            if person.email_key is not None:
                found.setdefault(person.email_key, []).append(person)
        return {key: tuple(people) for key, people in found.items()}

    def of_key(self, email_key: str) -> tuple[Person, ...]:
        """Whom an address leads to: at most one person at each tenant."""
        return self._by_key.get(email_key, ())

    def person(self, tenant_id: int, user_id: int) -> Person | None:
        """A person by id."""
        return self._by_user.get((tenant_id, user_id))

    def shop(self, tenant_id: int) -> Shop | None:
        """A tenant."""
        return next((shop for shop in self.shops if shop.tenant_id == tenant_id), None)


def to_json(rights: Rights) -> str:
    """The text of ``rights.json``."""
    return json.dumps(asdict(rights), ensure_ascii=False, indent=1, default=_plain) + "\n"


def rights_of(release_dir: Path, settings: Settings) -> Rights:
    """The rights that count now: those of a release, or those refreshed since.

    Raises:
        RightsError: there are none, none can be read, or they are too old.
    """
    return newest(release_dir, settings.rights_dir, max_age=settings.rights_max_age)


def newest(*folders: Path, now: datetime | None = None, max_age: timedelta) -> Rights:
    """The newest rights in any of some folders.

    Args:
        folders: where a ``rights.json`` may be: the release's, and the one that is refreshed.
        now: the moment by which they are too old or not; by default now.
        max_age: how old they may be.

    Those of a moment that is yet to come were taken while a clock was wrong. They do not count:
    they would hide what is revoked until that moment.

    Raises:
        RightsError: there are none, none can be read, or they are too old.
    """
    now = now or datetime.now(UTC)
    paths = [folder / FILE_NAME for folder in folders]
    found = [rights for path in paths if (rights := _read_if_there(path)) is not None]
    past = [rights for rights in found if rights.taken_at - now <= _CLOCKS_DIFFER]
    if not past:
        why = "Nothing says who may see what."
        if found:
            why = "What says who may see what is of a moment that is yet to come."
        elif there := [str(path) for path in paths if path.exists()]:
            why = f"What says who may see what is of another version of Facet: {', '.join(there)}."
        raise RightsError("Nobody can sign in", why=why, next_step="Run `facet rights refresh`.")
    rights = max(past, key=lambda rights: rights.taken_at)
    if now - rights.taken_at > max_age:
        raise RightsError(
            "Nobody can sign in",
            why=f"Who may see what was last known at {rights.taken_at:%Y-%m-%d %H:%M} UTC.",
            next_step="Run `facet rights refresh`, and see why it was not run.",
        )
    return rights


def _read_if_there(path: Path) -> Rights | None:
    """Rights of a file, read once for each version of it; None where there is none to be read."""
    try:
        status = path.stat()
        return _read(path, status.st_mtime_ns, status.st_size, status.st_ino)
    except (OSError, ValueError, KeyError, TypeError):
        return None


@lru_cache(maxsize=16)
def _read(path: Path, *_version: int) -> Rights:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Rights(
        taken_at=datetime.fromisoformat(content["taken_at"]),
        people=tuple(
            Person(
                **{
                    **person,
                    "permissions": frozenset(person["permissions"]),
                    "people": frozenset(person["people"]),
                }
            )
            for person in content["people"]
        ),
        shops=tuple(Shop(**shop) for shop in content["shops"]),
    )


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{value!r} has no place in {FILE_NAME}")
