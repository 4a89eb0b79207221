"""Who is there without signing in, in a home of `facet dev`: none where the demo's is refused."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from streamlit.testing.v1 import AppTest

from facet.config import Settings
from facet.release import Release
from facet.reporting.identity.identity import RequestContext
from facet.reporting.identity.preset import preset
from facet.reporting.present.texts import text
from tests.dashboards.reading import App, page_text
from tests.facet.reporting.fixtures import AT_THIS_MACHINE
from tests.facet.reporting.house import SAIGON, publish_house

Place = Callable[[RequestContext], None]


def test_whoever_is_named_is_there_at_this_machine_alone(
    app: App, request_context: Place, house: Release, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(house.directory.parent.parent, tmp_path / "home"))
    preset(home, (SAIGON, 21))

    script = app(home=home)
    assert not script.exception
    assert "sign-in-tenant" not in {box.key for box in script.selectbox}
    assert "Ngọc Lan" in page_text(script)

    request_context(replace(AT_THIS_MACHINE, host="dashboards.example"))
    assert title(app(home=home)) == text("en", "refused.title")
    request_context(AT_THIS_MACHINE)

    preset(home, (SAIGON, 11))  # works in New York
    assert title(app(home=home)) == text("en", "denied.title")


def test_real_data_are_shown_to_nobody_so(
    app: App, semantic_manifest: Path, tmp_path: Path
) -> None:
    publish_house(Settings(home=tmp_path), semantic_manifest, is_demo=False)
    preset(tmp_path, (SAIGON, 21))

    assert title(app(home=tmp_path)) == text("en", "refused.title")


def title(script: AppTest) -> str:
    """What is said in place of a page."""
    assert not script.metric
    return str(script.header[0].value)
