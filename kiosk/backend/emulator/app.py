"""The API over HTTP (FastAPI): addresses, status codes and problem documents. The work is done at the desks.

Whatever goes wrong leaves as an RFC 9457 problem document without a word of what was asked.
"""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Body, Depends, FastAPI, Header, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException

from kiosk.backend.contract import (
    ReceiptAnswer,
    Standing,
    ToldTransaction,
    TransactionAnswer,
    TransactionsAnswer,
)
from kiosk.backend.emulator.bundle_desk import BundleDesk
from kiosk.backend.emulator.founding import BENEFITS, INSURANCES, MEDICAL, PENSION
from kiosk.backend.emulator.register import Bureau, Refused
from kiosk.backend.emulator.store import Store
from kiosk.backend.emulator.transaction_desk import TransactionDesk
from kiosk.backend.emulator.visit_desk import VisitDesk
from kiosk.backend.fleet import (
    Banks,
    BundleAnswer,
    Fees,
    GuideNotes,
    HealthAnswer,
    Heartbeat,
    HeartbeatAnswer,
    ReferenceText,
    ServicePoints,
    Topic,
)
from kiosk.backend.message import REFUSED_FOR_GOOD, Code, Key, KioskId, Month, Problem
from kiosk.backend.record_answers import (
    BenefitsAnswer,
    CardsAnswer,
    ContributionsAnswer,
    InsurancesAnswer,
    MedicalAccountAnswer,
    PensionAccountAnswer,
    ProfileAnswer,
)
from kiosk.backend.reply import ANSWER_TYPE, PROBLEM_TYPE
from kiosk.backend.visits import PasswordAnswer, PasswordQuestion, VisitAnswer, VisitQuestion
from kiosk.domain.records import Insurance
from offline_queue.bundle import Identity
from offline_queue.vault import KEY_SIZE

NOTHING_PUBLIC: Mapping[Topic, ReferenceText] = {
    Topic.SERVICE_POINTS: ServicePoints(items=()),
    Topic.BANKS: Banks(items=()),
    Topic.FEES: Fees(items=()),
    Topic.GUIDES: GuideNotes(items=()),
}
"""No service point, bank or fee is invented: whoever has real ones gives them."""

BUNDLE_TYPE = "application/octet-stream"
MAX_BUNDLE = 64 << 20  # bytes
NOT_KEPT = {"Cache-Control": "no-store"}
_NOT_FINAL = {Code.IN_PROGRESS, Code.REQUEST_INVALID}
_CARD_CODES = (
    Code.OTHER_PROVINCE, Code.GO_TO_WINDOW, Code.CARD_LOST, Code.CANCELLED, Code.REPLACED, Code.SEALED,
    Code.IN_PRODUCTION,
)  # fmt: skip
_REFUSED_FOR_GOOD = (
    Code.KEY_REUSED, Code.UNKNOWN_HOLDER, Code.UNKNOWN_CARD, Code.NOT_OWN_CARD, Code.NOT_OWN_VISIT,
    Code.CARD_UNCLEAR, Code.NO_CARD, Code.CANCELLED, Code.IN_PRODUCTION, Code.CARD_LOST, Code.STALE,
    Code.LEVEL_TOO_LOW, Code.FIELD_NOT_ALLOWED, Code.FIELD_INVALID, Code.GO_TO_WINDOW, Code.SWITCHED_OFF,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desks:
    """Where the work is done."""

    visits: VisitDesk
    transactions: TransactionDesk
    bundles: BundleDesk
    now: Callable[[], datetime]
    reference: Mapping[Topic, ReferenceText]
    heartbeats: dict[str, Heartbeat] = field(default_factory=dict)

    @classmethod
    def over(
        cls,
        store: Store,
        bureau: Bureau,
        now: Callable[[], datetime],
        *,
        bundle_key: bytes | None = None,
        not_offered: frozenset[str] = frozenset(),
        reference: Mapping[Topic, ReferenceText] = NOTHING_PUBLIC,
    ) -> Self:
        """Return desks that share a store. Without a `bundle_key`, bundles are sealed for this run only."""
        visits = VisitDesk(store, bureau, now, not_offered)
        transactions = TransactionDesk(store, bureau, now)
        bundles = BundleDesk(store, Identity(bundle_key or os.urandom(KEY_SIZE)), transactions)
        return cls(visits, transactions, bundles, now, reference)


def build_app(desks: Desks) -> FastAPI:
    """Return the API as an ASGI application."""
    app = FastAPI(
        title="Backend of the social security kiosks",
        version="1.0",
        openapi_url=None,
        generate_unique_id_function=lambda route: route.name,
        dependencies=[Depends(_not_kept)],
        responses=_refused(Code.REQUEST_INVALID, Code.UNAUTHORISED, Code.FAULT, Code.BUSY),
    )
    app.include_router(_visits(desks.visits))
    app.include_router(_transactions(desks.transactions))
    app.include_router(_fleet(desks))
    app.add_exception_handler(Refused, _tell_refusal)
    app.add_exception_handler(RequestValidationError, _tell_invalid)
    app.add_exception_handler(HTTPException, _tell_http)
    app.add_exception_handler(Exception, _tell_fault)
    return app


# --- addresses ----------------------------------------------------------------------------------

VisitId = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{1,64}$")]
Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, description="The visit's token.")),
]


def _visits(desk: VisitDesk) -> APIRouter:
    """Return the addresses of visits and what they may see."""
    router = APIRouter(prefix="/v1/visits", tags=["visits"])
    of_visit = _refused(Code.UNAUTHORISED, Code.VISIT_OVER, Code.LEVEL_TOO_LOW, *_CARD_CODES)
    not_offered = of_visit | _refused(Code.NOT_OFFERED)

    @router.post(
        "",
        status_code=201,
        responses=_refused(*_CARD_CODES, Code.PASSWORD_LOCKED, Code.UNKNOWN_CARD, Code.UNKNOWN_HOLDER),
    )
    def open_visit(question: VisitQuestion) -> VisitAnswer:
        """Who is here? By the social security card (level 2 with its password) or the ID card (level 1)."""
        return desk.open(question)

    @router.delete(
        "/{visit_id}",
        status_code=204,
        response_class=Response,
        responses=_refused(Code.UNAUTHORISED, Code.VISIT_OVER),
    )
    def close_visit(visit_id: VisitId, bearer: Bearer) -> None:
        """End the visit."""
        desk.close(visit_id, _token(bearer))

    @router.post("/{visit_id}/password", responses=of_visit)
    def check_password(visit_id: VisitId, bearer: Bearer, question: PasswordQuestion) -> PasswordAnswer:
        """Is this the password? Six wrong ones in a row lock the account (Art 24). Never repeat this."""
        return desk.check_password(visit_id, _token(bearer), question.password)

    @router.get("/{visit_id}/profile", responses=of_visit)
    def read_profile(visit_id: VisitId, bearer: Bearer) -> ProfileAnswer:
        """Who the visitor is, and the version of the contact details."""
        return desk.profile(visit_id, _token(bearer))

    @router.get("/{visit_id}/insurances", responses=of_visit)
    def read_insurances(visit_id: VisitId, bearer: Bearer) -> InsurancesAnswer:
        """Participation in each insurance."""
        return desk.record(visit_id, _token(bearer), INSURANCES, InsurancesAnswer)

    @router.get("/{visit_id}/contributions", responses=of_visit)
    def read_contributions(  # noqa: PLR0917  the web framework calls it, by name
        visit_id: VisitId,
        bearer: Bearer,
        insurance: Insurance | None = None,
        first: Annotated[Month | None, Query(alias="from")] = None,
        last: Annotated[Month | None, Query(alias="to")] = None,
        cursor: Annotated[str | None, Query(max_length=60)] = None,
    ) -> ContributionsAnswer:
        """Contributions, newest first, a page at a time; without months those of the last 12."""
        token = _token(bearer)
        return desk.contributions(visit_id, token, insurance=insurance, first=first, last=last, cursor=cursor)

    @router.get("/{visit_id}/pension-account", responses=not_offered)
    def read_pension_account(visit_id: VisitId, bearer: Bearer) -> PensionAccountAnswer:
        """The pension account by year."""
        return desk.record(visit_id, _token(bearer), PENSION, PensionAccountAnswer)

    @router.get("/{visit_id}/medical-account", responses=not_offered)
    def read_medical_account(visit_id: VisitId, bearer: Bearer) -> MedicalAccountAnswer:
        """The medical account."""
        return desk.record(visit_id, _token(bearer), MEDICAL, MedicalAccountAnswer)

    @router.get("/{visit_id}/benefits", responses=not_offered)
    def read_benefits(visit_id: VisitId, bearer: Bearer) -> BenefitsAnswer:
        """Benefit payments."""
        return desk.record(visit_id, _token(bearer), BENEFITS, BenefitsAnswer)

    @router.get("/{visit_id}/card", responses=of_visit)
    def read_cards(visit_id: VisitId, bearer: Bearer) -> CardsAnswer:
        """The visitor's cards and how they stand."""
        return desk.cards(visit_id, _token(bearer))

    @router.get("/{visit_id}/transactions", responses=not_offered)
    def read_transactions(visit_id: VisitId, bearer: Bearer) -> TransactionsAnswer:
        """What the visitor has told at any kiosk, the newest first."""
        return desk.transactions(visit_id, _token(bearer))

    return router


def _transactions(desk: TransactionDesk) -> APIRouter:
    """Return the addresses of what is told."""
    router = APIRouter(prefix="/v1/transactions", tags=["transactions"])

    @router.post(
        "",
        status_code=201,
        response_model=TransactionAnswer,
        responses={
            200: {"model": TransactionAnswer, "description": "Told before: the first answer again"},
            202: {"model": TransactionAnswer, "description": "Taken in, not decided: look it up by its key"},
            **_refused(Code.IN_PROGRESS),
            **_refused(*_REFUSED_FOR_GOOD, for_good=True),
        },
    )
    def tell(
        told: ToldTransaction, response: Response, key: Annotated[Key, Header(alias="Idempotency-Key")]
    ) -> TransactionAnswer | Response:
        """Tell a fact. The key makes it safe to repeat; a 422 refuses it for good."""
        try:
            answer, first = desk.take_in(key, told)
        except Refused as refused:
            return _problem(refused.code, for_good=refused.code not in _NOT_FINAL)
        if answer.state is Standing.REJECTED:
            return _written(
                Problem(title=answer.reason, status=REFUSED_FOR_GOOD, code=answer.code or "refused")
            )
        response.status_code = 202 if answer.state is Standing.PENDING else 201 if first else 200
        return answer

    @router.get("/{key}", responses=_refused(Code.UNKNOWN_KEY))
    def look_up(key: Key) -> TransactionAnswer:
        """What became of the transaction with this key? Ask before telling it a second time."""
        return desk.look_up(key)

    @router.get("", responses=_refused(Code.UNKNOWN_RECEIPT))
    def look_up_receipt(
        receipt_number: Annotated[str, Query(pattern=r"^\d{4}-\d{6}-\d$")],
    ) -> ReceiptAnswer:
        """What became of the transaction on this receipt? Masked: anybody may ask (level 0)."""
        return desk.look_up_receipt(receipt_number)

    return router


def _fleet(desks: Desks) -> APIRouter:
    """Return the addresses of the kiosks themselves and of public texts."""
    router = APIRouter(prefix="/v1", tags=["kiosks"])

    @router.get("/health")
    def health() -> HealthAnswer:
        """Is the backend there, and what time is it?"""
        return HealthAnswer(time=desks.now())

    @router.post("/kiosks/{kiosk}/heartbeat")
    def heartbeat(kiosk: KioskId, beat: Heartbeat) -> HeartbeatAnswer:
        """How a kiosk is; answered with what is wrong with its numbers."""
        desks.heartbeats[kiosk] = beat
        return desks.transactions.gaps(kiosk, beat.last_sequence)

    @router.post("/bundles", responses=_refused(Code.BUNDLE_UNREADABLE))
    def take_in_bundle(
        bundle: Annotated[bytes, Body(media_type=BUNDLE_TYPE, max_length=MAX_BUNDLE)],
    ) -> BundleAnswer:
        """Take in what a dead kiosk still had to tell, carried here by hand: sealed for this backend, signed
        by the kiosk. Nothing in it takes effect twice."""
        return desks.bundles.take_in(bundle)

    @router.get(
        "/reference/{topic}",
        response_model=ReferenceText,
        responses={304: {"description": "Still the text with this ETag"}},
    )
    def read_reference(
        topic: Topic, if_none_match: Annotated[str | None, Header(max_length=100)] = None
    ) -> Response:
        """A public text, kept by the kiosks for offline days."""
        content = desks.reference[topic].model_dump_json().encode()
        headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"', "Cache-Control": "no-cache"}
        if if_none_match == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(content, media_type=ANSWER_TYPE, headers=headers)

    return router


def _token(bearer: HTTPAuthorizationCredentials | None) -> str:
    return bearer.credentials if bearer else ""


def _not_kept(response: Response) -> None:
    response.headers.update(NOT_KEPT)


# --- what goes wrong ----------------------------------------------------------------------------


def _refused(*codes: Code, for_good: bool = False) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of refusals, by status."""
    by_status: dict[int | str, list[str]] = {}
    for code in codes:
        status = REFUSED_FOR_GOOD if for_good else code.status
        by_status.setdefault(status, []).append(f"`{code.text}`: {code.title}")
    return {status: {"model": Problem, "description": "; ".join(said)} for status, said in by_status.items()}


def _written(problem: Problem) -> Response:
    return Response(
        problem.model_dump_json(), status_code=problem.status, media_type=PROBLEM_TYPE, headers=NOT_KEPT
    )


def _problem(code: Code, *, for_good: bool = False) -> Response:
    return _written(Problem.of(code, for_good=for_good))


def _tell_refusal(_: Request, refused: Exception) -> Response:
    assert isinstance(refused, Refused)
    return _problem(refused.code)


def _tell_invalid(_: Request, __: Exception) -> Response:
    return _problem(Code.REQUEST_INVALID)


def _tell_http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    codes = {404: Code.NOT_FOUND, 405: Code.WRONG_METHOD}
    return _problem(codes.get(error.status_code, Code.REQUEST_INVALID))


def _tell_fault(_: Request, __: Exception) -> Response:
    return _problem(Code.FAULT)
