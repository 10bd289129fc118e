"""Whatever goes wrong, as an RFC 9457 problem document without a word of what was asked."""

from collections.abc import Callable
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from kiosk.backend.emulator.register import Refused
from kiosk.backend.message import REFUSED_FOR_GOOD, Code, Problem
from kiosk.backend.reply import PROBLEM_TYPE

NOT_KEPT = {"Cache-Control": "no-store"}


def refused(*codes: Code, for_good: bool = False) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of refusals, by status."""
    by_status: dict[int | str, list[str]] = {}
    for code in codes:
        status = REFUSED_FOR_GOOD if for_good else code.status
        by_status.setdefault(status, []).append(f"`{code.text}`: {code.title}")
    return {status: {"model": Problem, "description": "; ".join(said)} for status, said in by_status.items()}


def written(problem: Problem) -> Response:
    """Return a problem as an answer."""
    return Response(
        problem.model_dump_json(), status_code=problem.status, media_type=PROBLEM_TYPE, headers=NOT_KEPT
    )


def problem(code: Code, *, for_good: bool = False) -> Response:
    """Return the answer of a refusal; one `for_good` is final for a transaction."""
    return written(Problem.of(code, for_good=for_good))


def _tell_refusal(_: Request, refused: Exception) -> Response:
    assert isinstance(refused, Refused)
    return problem(refused.code)


def _tell_invalid(_: Request, __: Exception) -> Response:
    return problem(Code.REQUEST_INVALID)


def _tell_http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    codes = {404: Code.NOT_FOUND, 405: Code.WRONG_METHOD}
    return problem(codes.get(error.status_code, Code.REQUEST_INVALID))


def _tell_fault(_: Request, __: Exception) -> Response:
    return problem(Code.FAULT)


TOLD: dict[type[Exception], Callable[[Request, Exception], Response]] = {
    Refused: _tell_refusal,
    RequestValidationError: _tell_invalid,
    HTTPException: _tell_http,
    Exception: _tell_fault,
}
"""How each kind of fault is answered."""
