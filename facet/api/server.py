"""Metrics over HTTP, for programs: ``facet api``.

It listens on the loopback address, behind whatever proxy brings TLS. Its OpenAPI document is at
``/openapi.json``, which tells nothing of any shop.
"""

import logging
import socket
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any, Final, cast

import uvicorn
from fastapi import Depends, FastAPI, Query, Request, Response, Security
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException

from facet.api.door import PER_MINUTE, Door
from facet.api.gate import MOST_BYTES, Gate, problem
from facet.api.offered import Offer
from facet.api.refusals import NotOfferedError, unexpected, unrecorded
from facet.api.shapes import (
    Answer,
    DimensionList,
    Explanation,
    MetricList,
    OrdersAnswer,
    OrdersQuestion,
    Problem,
    Question,
)
from facet.config import Settings
from facet.errors import ConfigurationError, FacetError, ReleaseError
from facet.metrics.result import FileFormat
from facet.metrics.shop import Shop
from facet.release import current
from facet.reporting.present.languages import LANGUAGES
from facet.reporting.present.question import QuestionError
from facet.reporting.query.catalogue import warm_up

DEFAULT_PORT: Final = 8503
JSON: Final = "application/json"
#: The forms that an answer may have, by what a request accepts.
FORMS: Final[dict[str, FileFormat]] = {
    JSON: "json",
    "application/vnd.apache.arrow.stream": "arrow",
    "text/csv": "csv",
    "application/vnd.apache.parquet": "parquet",
}
_ERRORS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": Problem} for status in (400, 401, 403, 404, 406, 413, 422, 429, 503)
}
_FORMS_TOLD: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {form: {} for form in FORMS if form != JSON}}
}
_DESCRIPTION: Final = f"""\
The metrics of one shop, with the rights of a token's holder: the same numbers as on the pages.
Decimals are texts. A request has {MOST_BYTES:,} bytes at most, and each question is recorded."""

_log = logging.getLogger(__name__)


def _shop(
    request: Request,
    language: Annotated[
        str | None, Query(description=f"Of labels: {', '.join(LANGUAGES)}; the tenant's.")
    ] = None,
) -> Shop:
    if language is not None and language not in LANGUAGES:
        raise QuestionError(
            f"No language {language!r}",
            why="There are no texts in it.",
            next_step=f"Choose one of: {', '.join(LANGUAGES)}.",
        )
    return cast(Shop, request.app.state.door.shop(request.state.visitor, language))


_Asking = Annotated[Shop, Depends(_shop)]


def application(settings: Settings, *, per_minute: int = PER_MINUTE) -> FastAPI:
    """The application for one home."""
    app = FastAPI(
        title="Facet",
        version="1",
        description=_DESCRIPTION,
        docs_url=None,  # it would load scripts from elsewhere
        redoc_url=None,
        responses=_ERRORS,
        dependencies=[Security(HTTPBearer(auto_error=False))],
    )
    app.state.door = Door(settings, way="http", per_minute=per_minute)
    app.add_middleware(Gate, door=app.state.door)
    app.add_exception_handler(FacetError, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _elsewhere)
    app.add_exception_handler(OSError, _unrecorded)
    app.add_exception_handler(Exception, _unexpected)
    app.get("/v1/metrics")(_metrics)
    app.get("/v1/dimensions")(_dimensions)
    app.get("/v1/explain/{metric}")(_explain)
    app.post("/v1/query", response_model=Answer, responses=_FORMS_TOLD)(_query)
    app.post("/v1/rows")(_rows)
    return app


def serve(settings: Settings, address: tuple[str, int], *, per_minute: int = PER_MINUTE) -> None:
    """Serve until Ctrl-C.

    Raises:
        ConfigurationError: the address cannot be listened on.
    """
    listening = _listening(address)
    app = application(settings, per_minute=per_minute)
    with suppress(ReleaseError):  # it is told when somebody asks
        warm_up(current(settings.releases_dir))
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    with listening, suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def _metrics(
    shop: _Asking,
    search: Annotated[str | None, Query(max_length=200, description="A word to look for.")] = None,
) -> MetricList:
    """The metrics that may be asked for."""
    return Offer.to_look_at(shop).metrics(search)


def _dimensions(
    shop: _Asking,
    metric: Annotated[list[str], Query(min_length=1, max_length=20, description="By name.")],
) -> DimensionList:
    """What all of some metrics can be grouped by and narrowed to."""
    return Offer.to_look_at(shop).dimensions(metric)


def _explain(shop: _Asking, metric: str) -> Explanation:
    """What a metric means, and what it is computed of."""
    return Offer.to_look_at(shop).explain(metric)


def _query(shop: _Asking, request: Request, question: Question) -> Response:
    """Ask metrics; the answer has the form that the request accepts."""
    form = _form(request.headers.get("accept", ""))
    request.state.metrics = question.metrics
    offer = Offer.to_keep(shop, is_file=form != JSON)
    result = offer.query(question)
    return Response(result.to_bytes(FORMS[form]), media_type=form)


def _rows(shop: _Asking, request: Request, question: OrdersQuestion) -> OrdersAnswer:
    """The orders behind a number of sales: those listed and the others add up to it."""
    request.state.metrics = [question.metric]
    return OrdersAnswer.of(Offer.to_keep(shop, is_file=False).orders(question))


def _form(accept: str) -> str:
    """The first form that a request accepts; JSON where it accepts anything."""
    wanted = [part.partition(";")[0].strip().lower() for part in accept.split(",") if part.strip()]
    for form in wanted or [JSON]:
        if form in FORMS:
            return form
        if form in ("*/*", "application/*"):
            return JSON
    raise NotOfferedError(
        f"No answer as {', '.join(wanted)}"[:200],
        why="There is no such form.",
        next_step=f"Accept one of: {', '.join(FORMS)}.",
    )


def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, FacetError)
    _record(request, error)
    return problem(error)


def _malformed(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    wrong = [f"{_place(one['loc'])}: {one['msg']}" for one in error.errors()[:5]]
    refused = QuestionError(
        "The question cannot be read",
        why="; ".join(wrong)[:1000],
        next_step="Ask as /openapi.json says.",
    )
    _record(request, refused)
    return problem(refused, 422)


def _place(loc: Sequence[object]) -> str:
    """What of a request is wrong: a field, or where it has none the whole of its body."""
    return ".".join(map(str, loc[1:] or loc))


def _elsewhere(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    refused = QuestionError(
        f"Nothing is at {request.method} {request.url.path}"[:200],
        why=str(error.detail),
        next_step="What there is, /openapi.json says.",
    )
    if request.scope["path"].startswith("/v1/"):
        _record(request, refused)
    return problem(refused, error.status_code)


def _unrecorded(request: Request, error: Exception) -> JSONResponse:
    _log.error("An answer was not given: %s", error)
    return problem(unrecorded(), 503)


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    refused = unexpected()
    _record(request, refused)
    return problem(refused, 500)


def _record(request: Request, error: FacetError) -> None:
    if hasattr(request.state, "visitor"):
        metrics = getattr(request.state, "metrics", ())
        request.app.state.door.record_refusal(request.state.visitor, error, metrics)


def _listening(address: tuple[str, int]) -> socket.socket:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
    except (OSError, OverflowError) as error:
        listening.close()
        raise ConfigurationError(
            f"{address[0]}:{address[1]}",
            why=f"It cannot be listened on: {error}.",
            next_step="Choose another with --port or --host, or stop what uses it.",
        ) from error
    return listening
