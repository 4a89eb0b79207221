"""An archive that is not what was written restores nothing."""

import io
import json
import tarfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from facet.config import Settings
from facet.saved.file import path_of
from facet.saved.views import SavedViews
from facet.upkeep.backup import back_up
from facet.upkeep.contents import BackupError
from facet.upkeep.restore import restore


def repacked(path: Path, change: Callable[[list[tuple[str, bytes]]], Iterable[Any]]) -> None:
    """Write an archive anew with other contents."""
    with tarfile.open(path) as tar:
        entries = [(one.name, tar.extractfile(one).read()) for one in tar]  # type: ignore[union-attr]
    with tarfile.open(path, "w:gz") as tar:
        for name, content in change(entries):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def other_secret(entries: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    return [(name, b"x" * 32 if name == "secret" else content) for name, content in entries]


def without_pointer(entries: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    return [one for one in entries if one[0] != "releases/current"]


def one_outside(entries: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    manifest = json.loads(entries[0][1])
    manifest["files"]["../escaped"] = {"size_bytes": 1, "sha256": "0"}
    text = json.dumps(manifest).encode()
    return [("manifest.json", text), ("../escaped", b"x"), *entries[1:]]


def from_the_future(entries: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    text = json.dumps(json.loads(entries[0][1]) | {"format": 2, "facet_version": "9.9"})
    return [("manifest.json", text.encode()), *entries[1:]]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (other_secret, "secret is not what was backed up"),
        (without_pointer, "releases/current is missing"),
        (one_outside, "escaped does not belong there"),
        (from_the_future, r"A newer version of Facet wrote it \(9.9\)"),
        (lambda entries: entries[1:], "does not begin with manifest.json"),
    ],
    ids=["changed", "missing", "outside", "newer", "no manifest"],
)
def test_an_archive_that_is_not_what_was_written_restores_nothing(
    home: Settings, backups: Path, tmp_path: Path, change: Any, reason: str
) -> None:
    archive = back_up(home, backups).path
    repacked(archive, change)
    elsewhere = replace(home, home=tmp_path / "elsewhere")
    with pytest.raises(BackupError, match=reason):
        restore(elsewhere, archive)
    assert {path.name for path in elsewhere.home.iterdir()} <= {"run.lock"}
    assert not (tmp_path / "escaped").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_an_archive_that_was_cut_off_restores_nothing(
    home: Settings, backups: Path, tmp_path: Path, share: float
) -> None:
    archive = back_up(home, backups).path
    whole = archive.read_bytes()
    archive.write_bytes(whole[: int(len(whole) * share)])
    elsewhere = replace(home, home=tmp_path / "elsewhere")
    with pytest.raises(BackupError, match="cannot be restored"):
        restore(elsewhere, archive)
    assert {path.name for path in elsewhere.home.iterdir()} <= {"run.lock"}


def test_what_people_saved_comes_back_and_a_damaged_file_is_told(
    home: Settings, backups: Path, tmp_path: Path
) -> None:
    views = SavedViews.of(home, tenant_id=1, user_id=11)
    saved = views.save("Rings", page="sales", address={"category": ["3"]}, is_shared=True)
    archive = back_up(home, backups).path
    elsewhere = replace(home, home=tmp_path / "elsewhere")
    restore(elsewhere, archive)

    assert SavedViews.of(elsewhere, tenant_id=1, user_id=12).all() == (saved,)
    assert SavedViews.of(elsewhere, tenant_id=2, user_id=11).all() == ()
    path_of(home).write_bytes(b"nonsense" * 512)
    with pytest.raises(BackupError, match=r"saved.sqlite is not backed up: It cannot be read"):
        back_up(home, backups)
