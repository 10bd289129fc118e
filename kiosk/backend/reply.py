"""What an HTTP answer means: an answer of this API, a refusal, "not now", or nonsense."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from pydantic import ValidationError

from kiosk.backend.errors import BackendNonsense, BackendNotNow, BackendRefusal
from kiosk.backend.message import Message, Problem

PROBLEM_TYPE = "application/problem+json"
ANSWER_TYPE = "application/json"
COME_BACK = {409, 429}
AnyMessage = TypeVar("AnyMessage", bound=Message)


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer as it came. Header names are in lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        """The type of the body, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def understood(reply: Reply, model: type[AnyMessage]) -> AnyMessage:
    """Return the answer in the reply. Raises BackendNotNow, BackendRefusal, BackendNonsense."""
    if reply.status not in {200, 201, 202}:
        raise declined(reply)
    if reply.media_type != ANSWER_TYPE:
        raise BackendNonsense("content_type")
    return _parsed(reply.body, model)


def declined(reply: Reply) -> BackendNotNow | BackendRefusal | BackendNonsense:
    """Return what a reply means that is no answer.

    A refusal is believed only as a problem document: an error page of something on the way refuses nothing.
    """
    status = reply.status
    if status >= 500:
        return BackendNotNow(status, retry_after_s(reply))
    if status < 400:
        return BackendNonsense(f"http_{status}")
    if reply.media_type != PROBLEM_TYPE:
        return (
            BackendNotNow(status, retry_after_s(reply))
            if status == 429
            else BackendNonsense(f"http_{status}")
        )
    try:
        problem = _parsed(reply.body, Problem)
    except BackendNonsense as nonsense:
        return nonsense
    if problem.status != status:
        return BackendNonsense("problem_status")
    if status in COME_BACK:
        return BackendNotNow(status, retry_after_s(reply))
    return BackendRefusal(status, problem.code, problem.title)


def retry_after_s(reply: Reply) -> float | None:
    """Return the seconds of Retry-After (RFC 9110 10.2.3), if it has any that make sense.

    A date is taken against the reply's own Date, since the kiosk's clock may be wrong.
    """
    wish = reply.headers.get("retry-after", "").strip()
    if wish.isascii() and wish.isdigit() and len(wish) < 10:
        return float(wish)
    try:
        until, now = parsedate_to_datetime(wish), parsedate_to_datetime(reply.headers.get("date", ""))
        return max(0.0, (_aware(until) - _aware(now)).total_seconds())
    except ValueError:
        return None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _parsed(body: bytes, model: type[AnyMessage]) -> AnyMessage:
    try:
        return model.model_validate_json(body, strict=True)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        raise BackendNonsense(f"fields:{first['type']}") from None
    except RecursionError:
        raise BackendNonsense("fields:too_deep") from None
