"""Reading the pages of a script: by the names of tiles, the headings of lists, the words said."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from facet.release import Release
from facet.reporting.present.languages import LANGUAGES
from facet.reporting.present.texts import text
from facet.reporting.screen.session.state import KEY, State
from tests.facet.reporting.house import NEW_YORK

#: What the fixture `app` is: starts the dashboards with an address.
App = Callable[..., AppTest]
#: What the fixture `house_with` is: publishes the house with marts that a function makes.
HouseWith = Callable[..., Release]
MARCH = {"period": "month_to_date", "compare": "before"}
#: What a page says instead of what it cannot show, and of metrics that there are not.
_TROUBLES = tuple(
    text(language, key) for language in LANGUAGES for key in ("trouble.title", "empty.older")
)


def sign_in(script: AppTest, tenant_id: int) -> AppTest:
    """Sign in as the first user of a tenant."""
    script.selectbox(key="sign-in-tenant").set_value(tenant_id).run()
    script.button(key="sign-in-button").click().run()
    assert not script.exception
    return script


def overview(script: AppTest, tenant_id: int) -> AppTest:
    """Sign in as the first user of a tenant, and go to the page Overview."""
    return sign_in(script, tenant_id).switch_page("app_pages/overview.py").run()


def open_page(script: AppTest, tenant_id: int, page: str) -> AppTest:
    """Sign in as the first user of a tenant, and go to a page by the name of its file."""
    return show(sign_in(script, tenant_id).switch_page(page))


def show(script: AppTest) -> AppTest:
    """Draw a page (again), and fail where it cannot be shown as a whole, with what it says."""
    script.run()
    assert not script.exception
    said = page_text(script)
    assert not any(trouble in said for trouble in _TROUBLES), said
    return script


def pick(script: AppTest, first_heading: str, row: int) -> AppTest:
    """Pick a row of the list that begins with a heading, counted from 0."""
    key = _list(script, first_heading).key
    assert key, f"No row of {first_heading} can be picked: `listing` has no `select`"
    script.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return show(script)


def opener(app: App, release: Release, page: str, **usual: str) -> App:
    """Opens a page for a tenant's owner or somebody else, with an address besides the usual one."""

    def opened(tenant_id: int = NEW_YORK, user: int | None = None, **address: str) -> AppTest:
        script = app(home=release.directory.parent.parent)
        if user is None:
            sign_in(script, tenant_id)
        else:
            script.session_state[KEY] = State(demo_user=(tenant_id, user))
            script.run()
        script.switch_page(page)
        for name, value in {**usual, **address}.items():
            script.query_params[name.rstrip("_")] = value
        return show(script)

    return opened


def tiles(script: AppTest) -> Mapping[str, tuple[str, str]]:
    """Number and change of each tile, by its name."""
    return {metric.label: (metric.value, metric.delta) for metric in script.metric}


def words(script: AppTest) -> str:
    """What the page says outside tiles, charts and lists, as Markdown."""
    elements = [*script.header, *script.markdown, *script.caption, *script.info, *script.warning]
    return "\n".join(str(element.value) for element in elements)


def page_text(script: AppTest) -> str:
    """The words of the page with its subheadings, as they are read: not as Markdown."""
    return plain("\n".join([words(script), *(str(heading.value) for heading in script.subheader)]))


def plain(markdown: str) -> str:
    """Markdown without emphasis and escapes."""
    return markdown.replace("\\", "").replace("**", "")


def total(script: AppTest, place: int = 0) -> str:
    """What is told under a list, the first one of the page unless another is asked for."""
    said = [plain(str(element.value)) for element in script.markdown]
    totals = [text for text in said if text.startswith(("Total", "Tổng cộng"))]
    assert len(totals) > place, f"No list {place} with a total. The page says: {page_text(script)}"
    return totals[place]


def table(script: AppTest, heading: str) -> list[list[str]]:
    """The cells of the table with a column of this name."""
    return cells(next(found for found in script.table if heading in found.value.columns))


def cells(frame: Any) -> list[list[str]]:
    """The cells of a table, as they are read."""
    return [[str(cell).replace("\\", "") for cell in row] for row in frame.value.to_numpy()]


def rows(script: AppTest, heading: str) -> list[list[Any]]:
    """What a browser sorts the list with a column of this name by; without small charts."""
    frames = [found.value for found in script.dataframe]
    frame = next(frame for frame in frames if heading in frame.columns)
    return [[number(cell) for cell in row if not _is_chart(cell)] for row in frame.to_numpy()]


def listed(script: AppTest, first_heading: str, *others: str) -> list[list[str]]:
    """The cells of the list that begins with a heading and has others, as they are read."""
    found = _list(script, first_heading, *others)
    shown = convert_arrow_bytes_to_pandas_df(found.proto.arrow_data.styler.display_values)
    return [[str(cell) for cell in row] for row in shown.to_numpy()]


def _list(script: AppTest, first_heading: str, *others: str) -> Any:
    """The list that begins with a heading and has others; else a failure with those there are."""
    for found in script.dataframe:
        headings = [*found.value.columns]
        if headings[0] == first_heading and set(others) <= set(headings):
            return found
    there = [", ".join(found.value.columns) for found in script.dataframe]
    raise AssertionError(f"No list begins with {first_heading}. The page has {there}")


def number(cell: Any) -> Any:
    """A cell that a browser sorts by: numbers as they are written, nothing as None."""
    if cell is None or cell != cell:
        return None
    return Decimal(str(cell)) if isinstance(cell, float) else cell


def _is_chart(cell: Any) -> bool:
    return hasattr(cell, "__len__") and not isinstance(cell, str)
