"""What is refused to whoever asks from outside, and how that is told: by HTTP status and reason."""

from typing import Final

from facet.errors import ConfigurationError, FacetError
from facet.metrics.shop import NotPermittedError
from facet.reporting.present.question import QuestionError
from facet.reporting.query.catalogue import AmbiguousQuestionError
from facet.reporting.query.unknown_names import UnknownNameError


class TokenError(FacetError):
    """No token, or one that opens nothing."""

    exit_code = 3


class TooManyError(FacetError):
    """More requests than a minute has room for."""

    def __init__(self, per_minute: int, seconds: int) -> None:
        super().__init__(
            "Too many requests",
            why=f"There is room for {per_minute} in a minute.",
            next_step=f"Ask again in {seconds} seconds.",
        )
        self.seconds = seconds


class TooLargeError(FacetError):
    """A request that is larger than any question."""


class FileNotPermittedError(FacetError):
    """A file for somebody who may not export."""


class NotOfferedError(FacetError):
    """A form of answer that there is none of."""


#: The status of each refusal and its reason in the audit trail; the first that fits counts.
_REFUSALS: Final[tuple[tuple[type[FacetError], int, str], ...]] = (
    (TokenError, 401, "token"),
    (TooManyError, 429, "limit"),
    (TooLargeError, 413, "limit"),
    (FileNotPermittedError, 403, "file"),
    (NotPermittedError, 403, "token"),
    (NotOfferedError, 406, "question"),
    (UnknownNameError, 404, "name"),
    (QuestionError, 400, "question"),
    (AmbiguousQuestionError, 400, "question"),
    (ConfigurationError, 400, "question"),
)


def status_of(error: FacetError) -> int:
    """The HTTP status of an error; 503 where it is no fault of the question."""
    return next((status for kind, status, _ in _REFUSALS if isinstance(error, kind)), 503)


def reason_of(error: FacetError) -> str:
    """The reason of an error in the audit trail."""
    found = (reason for kind, _, reason in _REFUSALS if isinstance(error, kind))
    return f"api.{next(found, 'state')}"


def unexpected() -> FacetError:
    """What is told of a defect: nothing of it, for whoever runs Facet has it in the log."""
    return FacetError(
        "Something went wrong here",
        why="It is no fault of the question.",
        next_step="Tell whoever runs Facet when it was.",
    )


def unrecorded() -> FacetError:
    """What is told where an answer could not be written into the audit trail."""
    return FacetError(
        "Nothing is answered at the moment",
        why="What is asked cannot be recorded.",
        next_step="Tell whoever runs Facet, and ask again later.",
    )
