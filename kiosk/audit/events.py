"""Every event of the audit log: the one place where they are named. docs/events.md is written from it.

Denied unless allowed: an event has the fields named here and no others, and each has a pattern. No pattern
lets a citizen's name, number, telephone, address or password through: a person is a mark made under the
kiosk's key, which tells two apart and names nobody. Technicians are named: who came in must be known.
"""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="a word of the kiosk's own")]
Words = Annotated[
    str, Field(pattern=r"^([a-z][a-z0-9_ ]{0,99})?$", description="words of the kiosk's own, or nothing")
]
Code = Annotated[
    str, Field(pattern=r"^([A-Za-z][A-Za-z0-9_-]{0,39})?$", description="a stable code, or nothing")
]
FaultCode = Annotated[str, Field(pattern=r"^K-\d{3}$", description="a code of docs/fault-codes.md")]
Visit = Annotated[int, Field(ge=0, description="the visit, counted from the kiosk's start")]
Count = Annotated[int, Field(ge=0, description="how many")]
Seconds = Annotated[float, Field(ge=0, description="seconds")]
Receipt = Annotated[str, Field(pattern=r"^\d{4}-\d{6}-\d$", description="the receipt number")]
Mark = Annotated[
    str, Field(pattern=r"^([0-9a-f]{24})?$", description="stands for a person, under the kiosk's key")
]
Name = Annotated[str, Field(min_length=1, max_length=20, description="the technician's name in the file")]
Version = Annotated[str, Field(pattern=r"^[\w.+-]{1,60}$", description="a version")]
Hex = Annotated[str, Field(pattern=r"^[0-9a-f]+$", description="hexadecimal digits")]


class AuditEvent(BaseModel):
    """What all events are: values that don't change, with no field but their own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def word(cls) -> str:
        """Return the name it goes by in the log."""
        return word_of(cls.__name__)


def word_of(name: str) -> str:
    """Return a class's name as a word: AwaitingCard is awaiting_card."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


# --- the kiosk itself ---------------------------------------------------------------------------


class KioskStarted(AuditEvent):
    """The kiosk was started; visits are counted from one again."""

    version: Version
    rules: Version


class KioskStopped(AuditEvent):
    """The kiosk was told to stop. A start without this before it follows a crash or a power cut."""


class ModeChanged(AuditEvent):
    """The kiosk went in or out of service, or into or out of maintenance, and why."""

    was: Word
    mode: Word
    reasons: Words = ""


class DeviceChanged(AuditEvent):
    """A device, the link to the backend, the clock or the outbox is not as it was."""

    device: Word
    state: Word


class FaultNoticed(AuditEvent):
    """Something is out of order now, and was not before."""

    fault: FaultCode


class FaultMended(AuditEvent):
    """Something is in order again."""

    fault: FaultCode


class ServiceFailed(AuditEvent):
    """A part of the program ended by a fault nobody expected."""

    service: Word


# --- visits -------------------------------------------------------------------------------------


class VisitBegan(AuditEvent):
    """Somebody has begun at the home screen. `first`: where that led."""

    visit: Visit
    first: Word


class VisitorKnown(AuditEvent):
    """The backend said who the visitor is."""

    visit: Visit
    holder: Mark


class PasswordTried(AuditEvent):
    """A password was entered. `outcome`: accepted, wrong, locked or unknown."""

    visit: Visit
    outcome: Word


class VisitEnded(AuditEvent):
    """The visit is over. `last`: where it was; `by`: what ended it."""

    visit: Visit
    last: Word
    by: Word


# --- transactions -------------------------------------------------------------------------------


class TransactionRecorded(AuditEvent):
    """What the citizen told is on the disk; from here on nothing of it may be lost. Not yet in effect."""

    visit: Visit
    receipt: Receipt
    kind: Word
    holder: Mark


class TransactionNotRecorded(AuditEvent):
    """It could not be written down, and the citizen was told so."""

    visit: Visit
    code: Code


class TransactionSettled(AuditEvent):
    """The backend has answered for good. `state`: effective or rejected; `code`: why, if rejected."""

    receipt: Receipt
    state: Word
    code: Code = ""


class ReceiptAskedFor(AuditEvent):
    """A receipt number was looked up. `found`: whether this kiosk or the backend knew it."""

    visit: Visit
    found: bool


class SlipEnded(AuditEvent):
    """A slip came out, or did not. `begun`: some or all of it may be on paper all the same."""

    visit: Visit
    printed: bool
    failure: Words = ""
    begun: bool = True


# --- maintenance --------------------------------------------------------------------------------


class MaintenanceRequested(AuditEvent):
    """Somebody asked to come into maintenance. `by`: knock, or card."""

    by: Word


class TechnicianEntered(AuditEvent):
    """A technician was let in by PIN and one-time code."""

    name: Name
    role: Word


class TechnicianRefused(AuditEvent):
    """A try to come in was refused. `wait_s`: seconds before the next is looked at."""

    name: Name
    wait_s: Seconds


class TechnicianActed(AuditEvent):
    """A technician touched something. `page`: where; `action`: what; `choice`: which, if there was one."""

    name: Name
    page: Word
    action: Word
    choice: Words = ""


class TechnicianLeft(AuditEvent):
    """A technician is no longer at work: left, or was locked out. `by`: what ended it."""

    name: Name
    by: Word


class TechnicianAdded(AuditEvent):
    """A technician was added, or given a new PIN and secret, from a shell."""

    name: Name
    role: Word


class TechnicianDisabled(AuditEvent):
    """A technician may no longer come in, or may again. From a shell."""

    name: Name
    disabled: bool


class EvidenceMade(AuditEvent):
    """A sealed bundle of evidence was made. `receipt`: the number it is about, or nothing."""

    receipt: Annotated[str, Field(pattern=r"^(\d{4}-\d{6}-\d)?$", description="a receipt number or nothing")]


class CarriedOut(AuditEvent):
    """Something is on a technician's stick, read back and compared.

    `what`: outbox, evidence or report; `count`: its entries, lines or files.
    """

    what: Word
    count: Count


class OrderFailed(AuditEvent):
    """What a technician ordered came to nothing. `order`: what it was; `trouble`: why."""

    order: Word
    trouble: Word


# --- the log itself -----------------------------------------------------------------------------


class LogSigned(AuditEvent):
    """Every line up to the one before this is signed (Ed25519), under the key with this id."""

    key: Hex
    signature: Hex


class LogResumed(AuditEvent):
    """The log was taken up again, and was not as it had been left.

    `unvouched`: lines that follow the last one signed for; `torn`: bytes of a line cut off in the middle;
    both are what a power cut leaves. `added`: they came after the log had been closed, or the record of where
    it ends was lost: nobody vouches for what is there, and verification says so.
    """

    unvouched: Count
    torn: Count
    added: bool


class EventsLost(AuditEvent):
    """So many events could not be written down while the disk took nothing."""

    count: Count


class EventLeftOut(AuditEvent):
    """Something happened whose fields were no plain words: it is not in the log, nor what it stood with.

    A mistake of the program's; that it happened is kept, and nothing of what it would have said. `what`: the
    event that was left out.
    """

    what: Word


CATALOGUE: tuple[type[AuditEvent], ...] = (
    KioskStarted, KioskStopped, ModeChanged, DeviceChanged, FaultNoticed, FaultMended, ServiceFailed,
    VisitBegan, VisitorKnown, PasswordTried, VisitEnded,
    TransactionRecorded, TransactionNotRecorded, TransactionSettled, ReceiptAskedFor, SlipEnded,
    MaintenanceRequested, TechnicianEntered, TechnicianRefused, TechnicianActed, TechnicianLeft,
    TechnicianAdded, TechnicianDisabled, EvidenceMade, CarriedOut, OrderFailed,
    LogSigned, LogResumed, EventsLost, EventLeftOut,
)  # fmt: skip
"""All of them, in the order of the documentation."""
