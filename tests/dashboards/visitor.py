"""A visitor without a browser: speaks to the server as Streamlit does, and keeps all it says.

Fifty of these fit beside a server on a small machine, where fifty browsers would be the load.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_LARGEST: Final = 64 * 2**20


@dataclass(kw_only=True)
class Visitor:
    """One tab: signs in, opens pages; `said` is what the server sent since it was last emptied."""

    socket: ClientConnection
    pages: dict[str, str] = field(default_factory=dict)
    widgets: dict[str, str] = field(default_factory=dict)
    received: bytearray = field(default_factory=bytearray)
    _state: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _page: str = ""

    @classmethod
    async def at(cls, address: str) -> "Visitor":
        """Arrive at the dashboards, and wait until the first page is there."""
        socket = await connect(
            f"{address.replace('http', 'ws')}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=address,  # type: ignore[arg-type]
            max_size=_LARGEST,
            ping_interval=None,  # a server that is busy is waited for
        )
        visitor = cls(socket=socket)
        await visitor.run()
        return visitor

    async def sign_in(self, tenant: str, user: str) -> None:
        """Choose whom to be, as the demo's sign-in offers it; `user` is the whole option."""
        self.choose("sign-in-tenant", tenant)
        await self.run()
        self.choose("sign-in-user", user)
        await self.run()
        self._state[self._id("sign-in-button")] = {"trigger_value": True}
        await self.run()

    def choose(self, key: str, option: str) -> None:
        """Choose an option of the list whose key begins so."""
        self._state[self._id(key)] = {"string_value": option}

    async def open(self, page: str) -> float:
        """Open a page by its name in the address; returns the seconds until it is there."""
        self._page = self.pages[page]
        self._state.clear()
        return await self.run()

    async def run(self) -> float:
        """Run the page as it is now; returns the seconds until the server has said everything."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        for widget, value in self._state.items():
            state = message.rerun_script.widget_states.widgets.add(id=widget)
            for name, held in value.items():
                setattr(state, name, held)
        started = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        self._state = {
            widget: value for widget, value in self._state.items() if "trigger_value" not in value
        }
        while True:
            frame = await self.socket.recv(decode=False)
            self.received += frame
            answer = ForwardMsg.FromString(frame)
            kind = answer.WhichOneof("type")
            if kind == "navigation":
                self.pages |= {
                    page.url_pathname: page.page_script_hash for page in answer.navigation.app_pages
                }
            elif kind == "delta":
                self._note(answer)
            elif kind == "script_finished" and answer.script_finished == 0:
                return time.perf_counter() - started

    async def leave(self) -> None:
        """Close the tab."""
        await self.socket.close()

    def _note(self, answer: ForwardMsg) -> None:
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        if kind in ("selectbox", "button"):
            widget = getattr(element, kind)
            self.widgets[widget.id] = widget.label

    def _id(self, key: str) -> str:
        """The id of the widget that the page gave a key; ids end in theirs."""
        return next(widget for widget in reversed(self.widgets) if f"-{key}" in widget)
