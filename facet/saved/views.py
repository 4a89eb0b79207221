"""Views of pages that people saved under a name, and the page that each of them starts with."""

import json
import secrets
import sqlite3
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from facet.one_line import in_a_line
from facet.saved.file import NotSavedError, OfUser, now, require_found, saved_file

NAME_LENGTH: Final = 60
#: So many views may a person have.
MOST: Final = 100
_COLUMNS: Final = "view_id, user_id, name, page, address, is_shared"


@dataclass(frozen=True, kw_only=True)
class SavedView:
    """A page with what was chosen on it.

    Args:
        view_id: within its tenant.
        user_id: whose it is.
        name: that they gave it.
        page: the page's name.
        address: the parameters of the page's address.
        is_shared: whether everybody of the tenant who may see the page has it too.
    """

    view_id: str
    user_id: int
    name: str
    page: str
    address: Mapping[str, Sequence[str]]
    is_shared: bool


class SavedViews(OfUser):
    """The views of one tenant as one of its users has them: their own, and what others share."""

    def all(self) -> tuple[SavedView, ...]:
        """Their own views, then those that others share, each by name.

        Who may see the page of a view is not known here.
        """
        if not self.path.exists():
            return ()
        with saved_file(self.path) as file:
            rows = file.execute(
                f"select {_COLUMNS} from views where tenant_id = ? and (user_id = ? or is_shared)"
                " order by user_id <> ?, name_key, view_id",
                [self.tenant_id, self.user_id, self.user_id],
            ).fetchall()
        return tuple(map(_view, rows))

    def save(
        self, name: str, *, page: str, address: Mapping[str, Sequence[str]], is_shared: bool
    ) -> SavedView:
        """Save a page under a name.

        Raises:
            NotSavedError: the name is missing, too long or taken, or there are too many.
            SavedError: the file cannot be written.
        """
        view = SavedView(
            view_id=secrets.token_hex(8),
            user_id=self.user_id,
            name=_checked(name),
            page=page,
            address=address,
            is_shared=is_shared,
        )
        with saved_file(self.path) as file:
            own = "select count(*) from views where tenant_id = ? and user_id = ?"
            if file.execute(own, [self.tenant_id, self.user_id]).fetchone()[0] >= MOST:
                raise NotSavedError("many")
            self._require_free(file, view.name)
            file.execute(
                f"insert into views (tenant_id, {_COLUMNS}, name_key, changed_at)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    *(self.tenant_id, view.view_id, self.user_id, view.name, page),
                    *(json.dumps(address, ensure_ascii=False), is_shared),
                    *(_key(view.name), now()),
                ],
            )
        return view

    def change(self, view_id: str, *, name: str, is_shared: bool) -> None:
        """Rename one of their own views, share it, or keep it to themselves again.

        Raises:
            NotSavedError: the name cannot be used, or they have no such view.
            SavedError: the file cannot be written.
        """
        name = _checked(name)
        with saved_file(self.path) as file:
            self._require_free(file, name, but=view_id)
            changed = file.execute(
                "update views set name = ?, name_key = ?, is_shared = ?, changed_at = ?"
                " where tenant_id = ? and view_id = ? and user_id = ?",
                [
                    *(name, _key(name), is_shared, now()),
                    *(self.tenant_id, view_id, self.user_id),
                ],
            )
            require_found(changed)

    def delete(self, view_id: str) -> None:
        """Delete one of their own views; who started with it starts as everybody does.

        Raises:
            NotSavedError: they have no such view.
            SavedError: the file cannot be written.
        """
        with saved_file(self.path) as file:
            own = [self.tenant_id, view_id, self.user_id]
            gone = file.execute(
                "delete from views where tenant_id = ? and view_id = ? and user_id = ?", own
            )
            require_found(gone)
            file.execute("delete from starts where tenant_id = ? and view_id = ?", own[:2])

    def start(self) -> SavedView | str | None:
        """What they start with: a view that is theirs or shared, a page by name, or neither."""
        if not self.path.exists():
            return None
        with saved_file(self.path) as file:
            found = file.execute(
                "select page, view_id from starts where tenant_id = ? and user_id = ?",
                [self.tenant_id, self.user_id],
            ).fetchone()
            if found is None or found[0] is not None:
                return None if found is None else str(found[0])
            row = file.execute(
                f"select {_COLUMNS} from views"
                " where tenant_id = ? and view_id = ? and (user_id = ? or is_shared)",
                [self.tenant_id, found[1], self.user_id],
            ).fetchone()
        return None if row is None else _view(row)

    def start_with(self, *, page: str | None = None, view_id: str | None = None) -> None:
        """Start with a page, or with a view; with neither, as everybody does.

        Raises:
            NotSavedError: they have no such view, and nobody shares it.
            SavedError: the file cannot be written.
        """
        who = [self.tenant_id, self.user_id]
        if view_id is not None and all(view.view_id != view_id for view in self.all()):
            raise NotSavedError("gone")
        with saved_file(self.path) as file:
            file.execute("delete from starts where tenant_id = ? and user_id = ?", who)
            if page is not None or view_id is not None:
                file.execute("insert into starts values (?, ?, ?, ?)", [*who, page, view_id])

    def _require_free(self, file: sqlite3.Connection, name: str, *, but: str = "") -> None:
        taken = "select 1 from views where tenant_id = ? and user_id = ? and name_key = ?"
        own = [self.tenant_id, self.user_id, _key(name), but]
        if file.execute(f"{taken} and view_id <> ?", own).fetchone():
            raise NotSavedError("taken")


def _checked(name: str) -> str:
    """A name as it is kept: without what nobody sees of it."""
    cleaned = in_a_line(unicodedata.normalize("NFC", name))
    if not cleaned:
        raise NotSavedError("no_name")
    if len(cleaned) > NAME_LENGTH:
        raise NotSavedError("long_name")
    return cleaned


def _key(name: str) -> str:
    """What is alike in names that are one to a reader."""
    return unicodedata.normalize("NFKC", name).casefold()


def _view(row: tuple[Any, ...]) -> SavedView:
    view_id, user_id, name, page, address, is_shared = row
    return SavedView(
        view_id=view_id,
        user_id=user_id,
        name=name,
        page=page,
        address=json.loads(address),
        is_shared=bool(is_shared),
    )
