"""Everything that a page sends: each message to the browser, and each table that can be had."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest, local_script_runner


@dataclass
class Sent:
    """What was sent since it was last forgotten.

    With `clicks`, the longest bar of each chart is clicked, the first row of each list picked, and
    what opens on demand is open.
    """

    messages: list[bytes] = field(default_factory=list)
    files: list[tuple[str, Callable[[], bytes]]] = field(default_factory=list)
    #: Nobody clicks a bar before it is drawn: the first run of a page is without.
    clicks: bool = False

    def forget(self) -> None:
        self.clicks = False
        self.messages.clear()
        self.files.clear()

    def text(self) -> str:
        """All of it as it is read, tables that can be downloaded included."""
        parts = [plain(message) for message in self.messages]
        for name, content in self.files:
            parts += [plain(name.encode()), *map(plain, _unpacked(name, content()))]
        return "\n".join(parts)


def plain(raw: bytes) -> str:
    """Bytes as the text in them, without what escapes or formats it."""
    text = raw.decode("utf-8", "ignore")
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    text = text.replace("\\", "").replace("\xa0", " ").replace("&amp;", "&")
    return unicodedata.normalize("NFC", text)


def text_of(frame: str | bytes) -> str:
    """A frame of a web socket as the text in it."""
    return plain(frame) if isinstance(frame, bytes) else frame


def watch(patch: pytest.MonkeyPatch) -> Sent:
    """Keeps what scripts of `AppTest` send from now on."""
    sent = Sent()
    runner: Any = local_script_runner
    parse, button = runner.parse_tree_from_messages, st.download_button
    chart, frame, expander = st.plotly_chart, st.dataframe, st.expander

    def parse_kept(messages: list[Any]) -> Any:
        sent.messages += [message.SerializeToString() for message in messages]
        return parse(messages)

    def button_kept(label: str, data: Any, **more: Any) -> Any:
        sent.files.append((more["file_name"], data))
        return button(label, data, **more)

    def chart_clicked(figure: Any, **more: Any) -> Any:
        event = chart(figure, **more)
        if more.get("on_select") != "rerun" or not sent.clicks:
            return event
        bars = sorted(_bars(figure), key=lambda bar: bar[0])
        return {"selection": {"points": [{"customdata": key} for _, key in bars[-1:]]}}

    def row_picked(data: Any, **more: Any) -> Any:
        event = frame(data, **more)
        if more.get("on_select") != "rerun" or not sent.clicks:
            return event
        return {"selection": {"rows": [0]}}

    def opened(label: str, **more: Any) -> Any:
        if more.get("on_change") == "rerun":
            st.session_state[more["key"]] = True
        return expander(label, **more)

    patch.setattr(runner, "parse_tree_from_messages", parse_kept)
    patch.setattr(st, "download_button", button_kept)
    patch.setattr(st, "plotly_chart", chart_clicked)
    patch.setattr(st, "dataframe", row_picked)
    patch.setattr(st, "expander", opened)
    return sent


def query(script: AppTest, address: Mapping[str, str]) -> None:
    """Set the address of a script."""
    for name, value in address.items():
        script.query_params[name] = value


def _bars(figure: Any) -> Iterator[tuple[float, list[str]]]:
    """The keys of a figure's bars, and how long each is."""
    for trace in figure.data:
        if trace.customdata is None or getattr(trace, "type", "") != "bar":
            continue
        lengths = trace.x if trace.orientation == "h" else trace.y
        for length, key in zip(lengths, trace.customdata, strict=True):
            if key[0] and length:
                yield abs(float(length)), [str(part) for part in key]


def _unpacked(name: str, content: bytes) -> Iterator[bytes]:
    if not name.endswith(".xlsx"):
        yield content
        return
    with zipfile.ZipFile(io.BytesIO(content)) as workbook:
        for entry in workbook.namelist():
            yield workbook.read(entry)
