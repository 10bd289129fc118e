"""The API over HTTP (FastAPI): addresses, status codes and problem documents. The work is done at the desks.

What goes wrong is told by kiosk/backend/emulator/problems.py.
"""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Body, Depends, FastAPI, Header, Path, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.types import ASGIApp, Receive, Scope, Send

from kiosk.backend.contract import (
    ReceiptAnswer,
    Standing,
    ToldTransaction,
    TransactionAnswer,
    TransactionsAnswer,
)
from kiosk.backend.emulator.desks import Desks
from kiosk.backend.emulator.founding import BENEFITS, INSURANCES, MEDICAL, PENSION
from kiosk.backend.emulator.problems import NOT_KEPT, TOLD, problem, refused, written
from kiosk.backend.emulator.register import Refused
from kiosk.backend.fleet import (
    BundleAnswer,
    HealthAnswer,
    Heartbeat,
    HeartbeatAnswer,
    ReferenceText,
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
from kiosk.backend.reply import ANSWER_TYPE
from kiosk.backend.visits import PasswordAnswer, PasswordQuestion, VisitAnswer, VisitQuestion
from kiosk.domain.records import Insurance

BUNDLE_TYPE = "application/octet-stream"
MAX_BUNDLE = 64 << 20  # bytes
_DESKS = "kiosk.desks"  # where a request finds them
_NOT_FINAL = {Code.IN_PROGRESS, Code.REQUEST_INVALID}
_CARD_CODES = (
    Code.OTHER_PROVINCE, Code.GO_TO_WINDOW, Code.CARD_LOST, Code.CANCELLED, Code.REPLACED, Code.SEALED,
    Code.IN_PRODUCTION,
)  # fmt: skip
FINAL_REFUSALS = (
    Code.KEY_REUSED, Code.UNKNOWN_HOLDER, Code.UNKNOWN_CARD, Code.NOT_OWN_CARD, Code.NOT_OWN_VISIT,
    Code.CARD_UNCLEAR, Code.NO_CARD, Code.CANCELLED, Code.IN_PRODUCTION, Code.CARD_LOST, Code.STALE,
    Code.LEVEL_TOO_LOW, Code.FIELD_NOT_ALLOWED, Code.FIELD_INVALID, Code.GO_TO_WINDOW, Code.SWITCHED_OFF,
)  # fmt: skip


def _token(bearer: HTTPAuthorizationCredentials | None) -> str:
    return bearer.credentials if bearer else ""


async def _not_kept(response: Response) -> None:
    response.headers.update(NOT_KEPT)


async def _desks(request: Request) -> Desks:
    desks = request.scope[_DESKS]
    assert isinstance(desks, Desks)
    return desks


# --- addresses ----------------------------------------------------------------------------------

VisitId = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{1,64}$")]
Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, description="The visit's token.")),
]
At = Annotated[Desks, Depends(_desks)]

VISITS = APIRouter(prefix="/v1/visits", tags=["visits"])
_OF_VISIT = refused(Code.UNAUTHORISED, Code.VISIT_OVER, Code.LEVEL_TOO_LOW, *_CARD_CODES)
_NOT_OFFERED = _OF_VISIT | refused(Code.NOT_OFFERED)


@VISITS.post(
    "",
    status_code=201,
    responses=refused(*_CARD_CODES, Code.PASSWORD_LOCKED, Code.UNKNOWN_CARD, Code.UNKNOWN_HOLDER),
)
def open_visit(at: At, question: VisitQuestion) -> VisitAnswer:
    """Who is here? By the social security card (level 2 with its password) or the ID card (level 1)."""
    return at.visits.open(question)


@VISITS.delete(
    "/{visit_id}",
    status_code=204,
    response_class=Response,
    responses=refused(Code.UNAUTHORISED, Code.VISIT_OVER),
)
def close_visit(at: At, visit_id: VisitId, bearer: Bearer) -> None:
    """End the visit."""
    at.visits.close(visit_id, _token(bearer))


@VISITS.post("/{visit_id}/password", responses=_OF_VISIT)
def check_password(at: At, visit_id: VisitId, bearer: Bearer, question: PasswordQuestion) -> PasswordAnswer:
    """Is this the password? Six wrong ones in a row lock the account (Art 24). Never repeat this."""
    return at.visits.check_password(visit_id, _token(bearer), question.password)


@VISITS.get("/{visit_id}/profile", responses=_OF_VISIT)
def read_profile(at: At, visit_id: VisitId, bearer: Bearer) -> ProfileAnswer:
    """Who the visitor is, and the version of the contact details."""
    return at.visits.profile(visit_id, _token(bearer))


@VISITS.get("/{visit_id}/insurances", responses=_OF_VISIT)
def read_insurances(at: At, visit_id: VisitId, bearer: Bearer) -> InsurancesAnswer:
    """Participation in each insurance."""
    return at.visits.record(visit_id, _token(bearer), INSURANCES, InsurancesAnswer)


@VISITS.get("/{visit_id}/contributions", responses=_OF_VISIT)
def read_contributions(  # noqa: PLR0917  the web framework calls it, by name
    at: At,
    visit_id: VisitId,
    bearer: Bearer,
    insurance: Insurance | None = None,
    first: Annotated[Month | None, Query(alias="from")] = None,
    last: Annotated[Month | None, Query(alias="to")] = None,
    cursor: Annotated[str | None, Query(max_length=60)] = None,
) -> ContributionsAnswer:
    """Contributions, newest first, a page at a time; without months those of the last 12."""
    token = _token(bearer)
    return at.visits.contributions(
        visit_id, token, insurance=insurance, first=first, last=last, cursor=cursor
    )


@VISITS.get("/{visit_id}/pension-account", responses=_NOT_OFFERED)
def read_pension_account(at: At, visit_id: VisitId, bearer: Bearer) -> PensionAccountAnswer:
    """The pension account by year."""
    return at.visits.record(visit_id, _token(bearer), PENSION, PensionAccountAnswer)


@VISITS.get("/{visit_id}/medical-account", responses=_NOT_OFFERED)
def read_medical_account(at: At, visit_id: VisitId, bearer: Bearer) -> MedicalAccountAnswer:
    """The medical account."""
    return at.visits.record(visit_id, _token(bearer), MEDICAL, MedicalAccountAnswer)


@VISITS.get("/{visit_id}/benefits", responses=_NOT_OFFERED)
def read_benefits(at: At, visit_id: VisitId, bearer: Bearer) -> BenefitsAnswer:
    """Benefit payments."""
    return at.visits.record(visit_id, _token(bearer), BENEFITS, BenefitsAnswer)


@VISITS.get("/{visit_id}/card", responses=_OF_VISIT)
def read_cards(at: At, visit_id: VisitId, bearer: Bearer) -> CardsAnswer:
    """The visitor's cards and how they stand."""
    return at.visits.cards(visit_id, _token(bearer))


@VISITS.get("/{visit_id}/transactions", responses=_NOT_OFFERED)
def read_transactions(at: At, visit_id: VisitId, bearer: Bearer) -> TransactionsAnswer:
    """What the visitor has told at any kiosk, the newest first."""
    return at.visits.transactions(visit_id, _token(bearer))


TRANSACTIONS = APIRouter(prefix="/v1/transactions", tags=["transactions"])


@TRANSACTIONS.post(
    "",
    status_code=201,
    response_model=TransactionAnswer,
    responses={
        200: {"model": TransactionAnswer, "description": "Told before: the first answer again"},
        202: {"model": TransactionAnswer, "description": "Taken in, not decided: look it up by its key"},
        **refused(Code.IN_PROGRESS),
        **refused(*FINAL_REFUSALS, for_good=True),
    },
)
def tell(
    at: At, told: ToldTransaction, response: Response, key: Annotated[Key, Header(alias="Idempotency-Key")]
) -> TransactionAnswer | Response:
    """Tell a fact. The key makes it safe to repeat; a 422 refuses it for good."""
    try:
        answer, first = at.transactions.take_in(key, told)
    except Refused as refusal:
        return problem(refusal.code, for_good=refusal.code not in _NOT_FINAL)
    if answer.state is Standing.REJECTED:
        return written(Problem(title=answer.reason, status=REFUSED_FOR_GOOD, code=answer.code or "refused"))
    response.status_code = 202 if answer.state is Standing.PENDING else 201 if first else 200
    return answer


@TRANSACTIONS.get("/{key}", responses=refused(Code.UNKNOWN_KEY))
def look_up(at: At, key: Key) -> TransactionAnswer:
    """What became of the transaction with this key? Ask before telling it a second time."""
    return at.transactions.look_up(key)


@TRANSACTIONS.get("", responses=refused(Code.UNKNOWN_RECEIPT))
def look_up_receipt(
    at: At,
    receipt_number: Annotated[str, Query(pattern=r"^\d{4}-\d{6}-\d$")],
) -> ReceiptAnswer:
    """What became of the transaction on this receipt? Masked: anybody may ask (level 0)."""
    return at.transactions.look_up_receipt(receipt_number)


FLEET = APIRouter(prefix="/v1", tags=["kiosks"])


@FLEET.get("/health")
def health(at: At) -> HealthAnswer:
    """Is the backend there, and what time is it?"""
    return HealthAnswer(time=at.now())


@FLEET.post("/kiosks/{kiosk}/heartbeat")
def heartbeat(at: At, kiosk: KioskId, beat: Heartbeat) -> HeartbeatAnswer:
    """How a kiosk is; answered with what is wrong with its numbers."""
    at.heartbeats[kiosk] = beat
    return at.transactions.gaps(kiosk, beat.last_sequence)


@FLEET.post("/bundles", responses=refused(Code.BUNDLE_UNREADABLE))
def take_in_bundle(
    at: At,
    bundle: Annotated[bytes, Body(media_type=BUNDLE_TYPE, max_length=MAX_BUNDLE)],
) -> BundleAnswer:
    """Take in what a dead kiosk still had to tell, carried here by hand: sealed for this backend, signed
    by the kiosk. Nothing in it takes effect twice."""
    return at.bundles.take_in(bundle)


@FLEET.get(
    "/reference/{topic}",
    response_model=ReferenceText,
    responses={304: {"description": "Still the text with this ETag"}},
)
def read_reference(
    at: At, topic: Topic, if_none_match: Annotated[str | None, Header(max_length=100)] = None
) -> Response:
    """A public text, kept by the kiosks for offline days."""
    content = at.reference[topic].model_dump_json().encode()
    headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"', "Cache-Control": "no-cache"}
    if if_none_match == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=ANSWER_TYPE, headers=headers)


API = FastAPI(
    title="Backend of the social security kiosks",
    version="1.0",
    openapi_url=None,
    generate_unique_id_function=lambda route: route.name,
    dependencies=[Depends(_not_kept)],
    responses=refused(Code.REQUEST_INVALID, Code.UNAUTHORISED, Code.FAULT, Code.BUSY),
)
for _router in (VISITS, TRANSACTIONS, FLEET):
    API.include_router(_router)
for _kind, _tell in TOLD.items():
    API.add_exception_handler(_kind, _tell)
"""Built once, since that takes longer than to answer a hundred questions; `served_at` gives it its desks."""


def served_at(desks: Desks) -> ASGIApp:
    """Return the API as an ASGI application, with the work done at these desks."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        await API({**scope, _DESKS: desks}, receive, send)

    return serve
