"""What people keep: each tenant's own, whole or not at all, by several processes at once."""

import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from facet.config import Settings
from facet.pipeline.commands import erase_command
from facet.saved.file import NotSavedError, SavedError, path_of
from facet.saved.forgetting import forget_customers, forget_user
from facet.saved.notes import Notes
from facet.saved.tours import Tours
from facet.saved.views import MOST, NAME_LENGTH, SavedView, SavedViews

ADA, BEN, MAI = 11, 12, 21
HERE, THERE = 1, 2
MARCH = {"period": ["month_to_date"], "pick": ["day:2026-03-02"]}


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def _of(home: Settings, user: int, tenant_id: int = HERE) -> SavedViews:
    return SavedViews.of(home, tenant_id=tenant_id, user_id=user)


def _save(
    views: SavedViews, name: str, *, is_shared: bool = False, **address: list[str]
) -> SavedView:
    return views.save(name, page="sales", address=address or MARCH, is_shared=is_shared)


def _names(views: SavedViews) -> list[str]:
    return [view.name for view in views.all()]


def test_people_have_their_own_views_and_those_shared_in_their_shop(home: Settings) -> None:
    ada, ben, mai = _of(home, ADA), _of(home, BEN), _of(home, MAI, THERE)
    _save(ada, "Rings")
    shared = _save(ada, "Week's work", is_shared=True)
    _save(ben, "Áo dài")
    _save(mai, "Nhẫn cưới", is_shared=True)

    assert _names(ada) == ["Rings", "Week's work"]
    assert ben.all() == (ben.all()[0], shared)
    assert _names(ben) == ["Áo dài", "Week's work"]
    assert _names(mai) == ["Nhẫn cưới"]
    assert shared.address == MARCH
    # the same number of user in another shop is somebody else
    assert _names(_of(home, ADA, THERE)) == ["Nhẫn cưới"]


def test_nobody_changes_or_deletes_what_is_not_theirs(home: Settings) -> None:
    view = _save(_of(home, ADA), "Rings", is_shared=True)

    for other in (_of(home, BEN), _of(home, ADA, THERE), _of(home, MAI, THERE)):
        with pytest.raises(NotSavedError, match="gone"):
            other.change(view.view_id, name="Mine", is_shared=True)
        with pytest.raises(NotSavedError, match="gone"):
            other.delete(view.view_id)
    assert _of(home, ADA).all() == (view,)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "no_name"),
        (" \u200b\n", "no_name"),
        ("x" * (NAME_LENGTH + 1), "long_name"),
        ("rings", "taken"),
        (" RINGS ", "taken"),
    ],
    ids=["empty", "nothing to see", "long", "in use", "in use, in other letters"],
)
def test_a_name_that_cannot_be_used_is_told(home: Settings, name: str, reason: str) -> None:
    views = _of(home, ADA)
    _save(views, "Rings")
    other = _save(views, "Other")

    with pytest.raises(NotSavedError, match=reason):
        _save(views, name)
    with pytest.raises(NotSavedError, match=reason):
        views.change(other.view_id, name=name, is_shared=False)
    assert _names(views) == ["Other", "Rings"]
    _save(_of(home, BEN), "Rings")
    _save(_of(home, ADA, THERE), "Rings")


def test_a_view_is_renamed_under_its_own_name_and_shared(home: Settings) -> None:
    views = _of(home, ADA)
    view = _save(views, "rings")
    views.change(view.view_id, name="Rings", is_shared=True)

    assert _names(_of(home, BEN)) == ["Rings"]
    views.change(view.view_id, name="Rings", is_shared=False)
    assert _names(_of(home, BEN)) == []


def test_there_are_only_so_many(home: Settings) -> None:
    views = _of(home, ADA)
    for number in range(MOST):
        _save(views, f"View {number}")

    with pytest.raises(NotSavedError, match="many"):
        _save(views, "One more")
    _save(_of(home, BEN), "One more")


def test_somebody_starts_with_a_page_or_a_view_while_they_have_it(home: Settings) -> None:
    ada, ben = _of(home, ADA), _of(home, BEN)
    assert ada.start() is None
    ada.start_with(page="staff")
    assert (ada.start(), ben.start(), _of(home, ADA, THERE).start()) == ("staff", None, None)

    shared = _save(ada, "Rings", is_shared=True)
    private = _save(ada, "Mine")
    ben.start_with(view_id=shared.view_id)
    assert ben.start() == shared
    for stranger, view in ((ben, private), (_of(home, MAI, THERE), shared)):
        with pytest.raises(NotSavedError, match="gone"):
            stranger.start_with(view_id=view.view_id)
    ada.change(shared.view_id, name="Rings", is_shared=False)
    assert ben.start() is None
    ada.start_with(view_id=shared.view_id)
    ada.delete(shared.view_id)
    assert ada.start() is None


def test_notes_are_of_a_shop_and_of_days(home: Settings) -> None:
    here, there = (Notes.of(home, tenant_id=tenant) for tenant in (HERE, THERE))
    closed = here.add("Closed:  stock\ncount", [date(2026, 3, 5), date(2026, 3, 3)], user_id=ADA)
    there.add("Tết", [date(2026, 3, 4)], user_id=MAI)

    assert closed.text == "Closed: stock count"
    assert (closed.start, closed.end) == (date(2026, 3, 3), date(2026, 3, 5))
    assert here.between(date(2026, 3, 5), date(2026, 3, 9)) == (closed,)
    assert here.between(date(2026, 3, 1), date(2026, 3, 2)) == ()
    assert here.between(date(2026, 3, 6), date(2026, 3, 9)) == ()
    with pytest.raises(NotSavedError, match="gone"):
        there.delete(closed.note_id)
    with pytest.raises(NotSavedError, match="gone"):
        there.change(closed.note_id, "Ours", [date(2026, 3, 5)], user_id=MAI)
    here.change(closed.note_id, "Open again", [date(2026, 3, 6)], user_id=BEN)
    (changed,) = here.between(date(2026, 3, 6), date(2026, 3, 6))
    assert (changed.text, changed.user_id) == ("Open again", BEN)
    here.delete(closed.note_id)
    assert here.between(date(2026, 1, 1), date(2026, 12, 31)) == ()


@pytest.mark.parametrize(
    ("text", "days", "reason"),
    [
        ("  ", [date(2026, 3, 5)], "no_text"),
        ("x" * 121, [date(2026, 3, 5)], "long_text"),
        ("Closed", [], "days"),
    ],
)
def test_a_note_that_cannot_be_kept_is_told(
    home: Settings, text: str, days: list[date], reason: str
) -> None:
    with pytest.raises(NotSavedError, match=reason):
        Notes.of(home, tenant_id=HERE).add(text, days, user_id=ADA)


def test_a_user_is_forgotten_with_what_is_theirs_in_one_shop(home: Settings) -> None:
    ada, ben, elsewhere = _of(home, ADA), _of(home, BEN), _of(home, ADA, THERE)
    shared = _save(ada, "Rings", is_shared=True)
    ben.start_with(view_id=shared.view_id)
    _save(ben, "Mine")
    _save(elsewhere, "Rings")
    Notes.of(home, tenant_id=HERE).add("Closed", [date(2026, 3, 5)], user_id=ADA)

    assert forget_user(home, tenant_id=HERE, user_id=ADA) == 3
    assert (_names(ada), _names(ben), _names(elsewhere)) == ([], ["Mine"], ["Rings"])
    assert ben.start() is None
    (note,) = Notes.of(home, tenant_id=HERE).between(date(2026, 3, 5), date(2026, 3, 5))
    assert (note.text, note.user_id) == ("Closed", None)
    assert forget_user(home, tenant_id=HERE, user_id=ADA) == 0


def test_a_tour_is_over_for_one_person_of_one_shop_until_they_are_forgotten(home: Settings) -> None:
    ada, ben, there = (
        Tours.of(home, tenant_id=tenant, user_id=user)
        for tenant, user in ((HERE, ADA), (HERE, BEN), (THERE, ADA))
    )
    assert not ada.is_over()
    ada.end()
    ada.end()

    assert [tour.is_over() for tour in (ada, ben, there)] == [True, False, False]
    there.end()
    assert forget_user(home, tenant_id=HERE, user_id=ADA) == 1
    assert [tour.is_over() for tour in (ada, there)] == [False, True]


def test_a_file_of_the_version_before_is_brought_up_to_date(home: Settings) -> None:
    _save(_of(home, ADA), "Rings")
    with sqlite3.connect(path_of(home)) as file:
        for later in ("tours", "subscriptions", "alert_readers"):
            file.execute(f"drop table {later}")
        file.execute("pragma user_version = 1")

    Tours.of(home, tenant_id=HERE, user_id=ADA).end()
    assert _names(_of(home, ADA)) == ["Rings"]
    assert Tours.of(home, tenant_id=HERE, user_id=ADA).is_over()


def test_views_of_a_customer_go_with_them(home: Settings) -> None:
    ada, mai = _of(home, ADA), _of(home, MAI, THERE)
    _save(ada, "Jane", customer=["7"])
    _save(ada, "Joan", customer=["8"])
    _save(ada, "Person", person=["7"])
    _save(mai, "Seven", customer=["7"])

    assert forget_customers(home, tenant_id=HERE, customer_ids=(7, 9)) == 1
    assert (_names(ada), _names(mai)) == (["Joan", "Person"], ["Seven"])


# A program of its own: a pool's processes import this one's main module again, which another
# test of the same process may have made a page.
_SAVE_MANY = """
import sys
from pathlib import Path
from facet.config import Settings
from facet.saved.views import SavedViews
views = SavedViews.of(Settings(home=Path(sys.argv[1])), tenant_id=1, user_id=int(sys.argv[2]))
for number in range(25):
    views.save(f"View {number:02}", page="sales", address={}, is_shared=True)
"""


def test_processes_beside_each_other_lose_nothing(home: Settings) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", _SAVE_MANY, str(home.home), str(user)])
        for user in (ADA, BEN)
    ]
    assert [process.wait(timeout=120) for process in processes] == [0, 0]

    assert len(_of(home, ADA).all()) == 50
    assert path_of(home).stat().st_mode & 0o077 == 0


def test_a_damaged_file_is_told_and_stays_as_it_is(home: Settings) -> None:
    _save(_of(home, ADA), "Rings")
    path_of(home).write_bytes(b"nonsense" * 512)

    with pytest.raises(SavedError, match="file is not a database"):
        _of(home, ADA).all()
    with pytest.raises(SavedError, match="Where it is damaged, put the one of a backup"):
        Notes.of(home, tenant_id=HERE).add("Closed", [date(2026, 3, 5)], user_id=ADA)
    assert path_of(home).read_bytes() == b"nonsense" * 512


def test_a_file_of_a_newer_facet_stays_as_it_is(home: Settings) -> None:
    _save(_of(home, ADA), "Rings")
    with sqlite3.connect(path_of(home)) as file:
        file.execute("pragma user_version = 99")

    with pytest.raises(SavedError, match="is of a newer Facet"):
        _of(home, ADA).all()
    with sqlite3.connect(path_of(home)) as file:
        assert file.execute("pragma user_version").fetchone() == (99,)


def test_a_command_erases_what_a_user_saved(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACET_HOME", str(home.home))
    _save(_of(home, ADA), "Rings")
    _save(_of(home, BEN), "Mine")
    app = typer.Typer()
    app.command()(erase_command)

    done = CliRunner().invoke(app, ["--tenant", "1", "--user", str(ADA)])
    assert (done.exit_code, done.output) == (
        0,
        "Erased: tenant 1, user 11: 1 of what they saved.\n",
    )
    assert (_names(_of(home, ADA)), _names(_of(home, BEN))) == ([], ["Mine"])
    for given in ([], ["--user", "12", "--person", "7"]):
        refused = CliRunner().invoke(app, ["--tenant", "1", *given])
        assert refused.exit_code == 2
    assert _names(_of(home, BEN)) == ["Mine"]
