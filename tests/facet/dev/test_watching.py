"""Edits come in batches, and only of files that somebody writes."""

from pathlib import Path

from facet.dev.watching import edits
from facet.reporting.identity.preset import preset, preset_user


def test_one_edit_is_told_once_with_all_its_files(tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()

    with edits([models, tmp_path / "not there"]) as wait:
        assert wait(0.1) == frozenset()
        (models / "a.sql").write_text("select 1")
        (models / "a.yml").write_text("models: []")
        (models / ".a.sql.swp").write_text("an editor's own")
        (models / "a.pyc").write_text("Python's own")
        assert wait(10) == {models / "a.sql", models / "a.yml"}
        assert wait(0.5) == frozenset()


def test_who_is_there_without_signing_in_is_said_in_the_home(tmp_path: Path) -> None:
    assert preset_user(tmp_path) is None
    preset(tmp_path, (2, 21))
    assert preset_user(tmp_path) == (2, 21)
    preset(tmp_path, None)
    assert preset_user(tmp_path) is None
