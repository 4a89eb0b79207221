"""The gate before the routes: no larger request than a question is read, and of visitors alone."""

from typing import Final

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from facet.api.door import Door
from facet.api.refusals import TokenError, TooLargeError, TooManyError, status_of
from facet.errors import FacetError

PATHS: Final = "/v1/"
MOST_BYTES: Final = 64 * 1024


def problem(error: FacetError, status: int | None = None) -> JSONResponse:
    """An error as it is told over HTTP."""
    headers = {}
    if isinstance(error, TokenError):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooManyError):
        headers["Retry-After"] = str(error.seconds)
    content = {"what": error.what, "why": error.why, "next_step": error.next_step}
    return JSONResponse(content, status or status_of(error), headers)


class Gate:
    """Lets requests with a good token through, as ``request.state.visitor``."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http" or not scope["path"].startswith(PATHS):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            client = request.client
            visitor = await run_in_threadpool(
                self._door.by_token,
                _token(request.headers.get("authorization", "")),
                place=client.host if client else "",
            )
            request.state.visitor = visitor
            messages = await _whole(receive)
        except TooLargeError as error:
            await run_in_threadpool(self._door.record_refusal, visitor, error)
            await problem(error)(scope, receive, send)
        except FacetError as error:
            await problem(error)(scope, receive, send)
        else:
            await self._app(scope, _again(messages, receive), send)


def _token(header: str) -> str | None:
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


async def _whole(receive: Receive) -> list[Message]:
    """The messages of a request's body, which is short.

    Raises:
        TooLargeError: it is not.
    """
    messages = [await receive()]
    length = len(messages[0].get("body", b""))
    while length <= MOST_BYTES and messages[-1].get("more_body"):
        messages.append(await receive())
        length += len(messages[-1].get("body", b""))
    if length > MOST_BYTES:
        raise TooLargeError(
            "The question is too large",
            why=f"A request has {MOST_BYTES:,} bytes at most.",
            next_step="Ask in parts.",
        )
    return messages


def _again(messages: list[Message], receive: Receive) -> Receive:
    waiting = iter(messages)

    async def next_message() -> Message:
        message = next(waiting, None)
        return await receive() if message is None else message

    return next_message
