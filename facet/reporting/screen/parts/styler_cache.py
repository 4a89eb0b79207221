"""A pandas style whose cells are worked out once, by private members of pandas and Streamlit.

As it comes, a style is worked out anew at each rerun. Streamlit 1.67 asks it for `_compute` and
`_translate`, and takes the text of its cells by `_use_display_values`; pandas 3.1 has these. What
is sent is held to what would be sent without the cache, byte by byte, by
``tests/facet/reporting/test_tables.py``.
"""

from typing import Any, Final

import pandas as pd
from streamlit.elements.lib.pandas_styler_utils import _use_display_values


class _Written(pd.DataFrame):  # type: ignore[misc]
    """Numbers that know how they are written out."""

    _metadata: Final = ["written"]
    written: pd.DataFrame

    def astype(self, dtype: Any, *given: Any, **named: Any) -> Any:
        """Their text, where Streamlit asks for it."""
        return self.written if dtype is str else super().astype(dtype, *given, **named)


def worked_out(style: Any, sent: pd.DataFrame | None = None) -> Any:
    """The same style, worked out once.

    Args:
        style: of a frame; what it writes out is shown.
        sent: what a browser sorts by, in place of the frame's own values.
    """
    style.set_uuid("list")
    translated = style._compute()._translate(False, False)
    written = _use_display_values(style.data, translated)
    style.data = _Written(style.data if sent is None else sent)
    style.data.written = written
    bodiless = {**translated, "body": []}
    style._compute, style._translate = lambda: style, lambda *_: bodiless
    return style
