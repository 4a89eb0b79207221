"""A pandas style whose cells are worked out once, by private members of pandas and Streamlit.

As it comes, a style is worked out anew at each rerun. Streamlit 1.67 asks it for `_compute` and
`_translate`, takes the text of its cells by `_use_display_values`, and sends both frames by
`dataframe_util.convert_pandas_df_to_arrow_bytes`, which is replaced here by one that knows what was
worked out; pandas 3.1 has these. What is sent is held to what would be sent without the cache, byte
by byte, by ``tests/facet/reporting/test_tables.py``.
"""

from typing import Any, Final

import pandas as pd
from streamlit import dataframe_util
from streamlit.elements.lib.pandas_styler_utils import _use_display_values


class _Sent(pd.DataFrame):  # type: ignore[misc]
    """Cells that know what is sent of them, and how they are written out."""

    _metadata: Final = ["written", "arrow"]
    written: pd.DataFrame
    arrow: bytes

    @classmethod
    def of(cls, frame: pd.DataFrame) -> "_Sent":
        """The same frame, turned into Arrow once."""
        sent = cls(frame)
        sent.arrow = _to_arrow(sent)
        return sent

    def astype(self, dtype: Any, *given: Any, **named: Any) -> Any:
        """Their text, where Streamlit asks for it."""
        return self.written if dtype is str else super().astype(dtype, *given, **named)


_to_arrow: Final = dataframe_util.convert_pandas_df_to_arrow_bytes


def _to_arrow_once(df: Any, *, downcast_large_types: bool = False) -> bytes:
    if isinstance(df, _Sent):
        return df.arrow
    return _to_arrow(df, downcast_large_types=downcast_large_types)


dataframe_util.convert_pandas_df_to_arrow_bytes = _to_arrow_once


def worked_out(style: Any, sent: pd.DataFrame | None = None) -> Any:
    """The same style, worked out once.

    Args:
        style: of a frame; what it writes out is shown.
        sent: what a browser sorts by, in place of the frame's own values.
    """
    style.set_uuid("list")
    translated = style._compute()._translate(False, False)
    written = _use_display_values(style.data, translated)
    style.data = _Sent.of(style.data if sent is None else sent)
    style.data.written = _Sent.of(written)
    bodiless = {**translated, "body": []}
    style._compute, style._translate = lambda: style, lambda *_: bodiless
    return style
