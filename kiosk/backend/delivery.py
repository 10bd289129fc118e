"""Takes an entry of the outbox to the backend, and brings back what the outbox must know.

    answered for good     Delivered (with the answer), Rejected
    will not, yet         NotNow: this entry waits
    maybe done            Unknown: looked up by its key before it is sent again
    nobody there          Offline: the whole link waits, and as long as a busy backend says
    not of this program   Unsendable: another version took it down, and it waits for one that can read it

Only a 422 is a final refusal. A 401 is about the kiosk, and so the whole link waits; any other 4xx is the
network's or our trouble, never a reason to give up what a citizen told.
"""

from pydantic import ValidationError

from kiosk.backend.client import BackendClient
from kiosk.backend.contract import Standing, ToldTransaction, TransactionAnswer, TransactionDocument
from kiosk.backend.errors import (
    BackendAnswerLost,
    BackendError,
    BackendNonsense,
    BackendNotNow,
    BackendRefusal,
    BackendUnreachable,
)
from kiosk.backend.message import Code
from kiosk.domain.transaction import Pending, Transaction, TransactionState
from kiosk.domain.transaction import Rejected as RejectedState
from offline_queue.entry import Entry
from offline_queue.outcome import (
    Delivered,
    Finding,
    NeverArrived,
    NotNow,
    Offline,
    Outcome,
    Rejected,
    Unknown,
    Unsendable,
)

UNREADABLE = "unreadable"


class Delivery:
    """Delivers entries and looks them up; stateless, so that several threads may."""

    def __init__(self, client: BackendClient) -> None:
        self._client = client

    def deliver(self, entry: Entry) -> Outcome:
        """Tell the backend an entry, once."""
        assert entry.payload is not None
        try:
            document = TransactionDocument.model_validate_json(entry.payload)
            told = ToldTransaction(**dict(document), sequence=entry.seq)
        except ValidationError:
            return Unsendable(UNREADABLE)
        try:
            return _concluded(self._client.tell(entry.key, told))
        except BackendError as error:
            return _failed(error)

    def look_up(self, entry: Entry) -> Finding:
        """Ask what became of an entry whose answer was lost."""
        try:
            return _concluded(self._client.transaction(entry.key))
        except BackendRefusal as error:
            return NeverArrived() if error.code == Code.UNKNOWN_KEY.text else _failed(error)
        except BackendError as error:
            return _failed(error)


def transaction_of(entry: Entry) -> Transaction | None:
    """Return what a receipt may tell of an entry.

    None once its retention is over, and when another version wrote it, or its answer, in a way this one
    can't read: then nothing is told rather than something wrong.
    """
    if entry.payload is None:
        return None
    try:
        document = TransactionDocument.model_validate_json(entry.payload)
        return document.to_transaction(entry.key, entry.seq, _state_of(entry))
    except ValidationError:
        return None


def _state_of(entry: Entry) -> TransactionState:
    """Return how an entry stands, by the backend's own answer where there is one."""
    match entry.outcome:
        case Delivered(answer):
            return TransactionAnswer.model_validate_json(answer).to_state()
        case Rejected(code, reason):
            return RejectedState(code, reason)
    return Pending()


def _concluded(answer: TransactionAnswer) -> Outcome:
    if answer.state is Standing.PENDING:
        return NotNow("pending_there", doubtful=True)
    if answer.state is Standing.REJECTED:
        return Rejected(answer.code or "", answer.reason)
    return Delivered(answer.model_dump_json().encode())


def _failed(error: BackendError) -> Outcome:
    match error:
        case BackendUnreachable(code=code):
            return Offline(code)
        case BackendNotNow(status=429 | 503 as status, retry_after_s=float(wait_s)):
            return Offline(f"http_{status}", wait_s)
        case BackendNotNow(status=status, retry_after_s=retry_after_s, may_be_done=doubtful):
            return NotNow(f"http_{status}", retry_after_s, doubtful)
        case BackendRefusal(status=422, code=code, title=title):
            return Rejected(code, title)
        case BackendRefusal(status=401 | 403 as status, code=code):
            return Offline(code or f"http_{status}")  # it is about the kiosk: every entry would fare alike
        case BackendRefusal(status=status, code=code):
            return NotNow(code or f"http_{status}")
        case BackendAnswerLost():
            return Unknown("answer_lost")
        case BackendNonsense():
            return Unknown("nonsense")
    return Unknown(type(error).__name__)
