"""What a receipt claims, and the bytes it is signed as.

    [version, receipt number, kind, standing, captured at, its clock, printed at, its clock, kiosk, rules]

    kind      1 loss report, 2 contact change
    standing  [0] | [1, acceptance number, effective at] | [2, code]
    clock     0 synchronised, 1 unchecked;  times are seconds since 1970 UTC

There is no room in it for a name, a citizen number, a card, a telephone or an address: every text has a form
of its own, and none comes from the person. The form is CBOR (RFC 8949), written in one way only.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

import cbor2

from kiosk.domain.paper import PrintedAt
from kiosk.domain.receipt_number import parse_receipt_number
from kiosk.domain.transaction import (
    ClockQuality,
    Effective,
    Pending,
    Rejected,
    Transaction,
    TransactionKind,
    TransactionState,
)
from kiosk.receipts.errors import UnknownVersion

VERSION = 1

ACCEPTANCE_NUMBER = re.compile(r"[0-9A-Za-z-]{1,32}")
CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
KIOSK = re.compile(r"[0-9]{4}")
RULES = re.compile(r"[0-9A-Za-z.-]{1,16}")

_KINDS = {TransactionKind.LOSS_REPORT: 1, TransactionKind.CONTACT_CHANGE: 2}
_CLOCKS = {ClockQuality.SYNCHRONISED: 0, ClockQuality.UNCHECKED: 1}
_KIND_NUMBERED = {number: kind for kind, number in _KINDS.items()}
_CLOCK_NUMBERED = {number: clock for clock, number in _CLOCKS.items()}


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The backend had not answered for good when it was printed: not in effect."""


@dataclass(frozen=True, slots=True)
class InEffect:
    """The kiosk held the backend's acceptance when it printed: this number, since this time."""

    acceptance_number: str
    since: datetime

    def __post_init__(self) -> None:
        _check("acceptance number", ACCEPTANCE_NUMBER, self.acceptance_number)
        _check_time(self.since)


@dataclass(frozen=True, slots=True)
class Refused:
    """The backend had refused it for good, for this reason."""

    code: str

    def __post_init__(self) -> None:
        _check("code", CODE, self.code)


Standing: TypeAlias = Unanswered | InEffect | Refused


@dataclass(frozen=True, slots=True)
class Claim:
    """What one kiosk says of one transaction at one moment. Times are aware, in whole seconds.

    `kiosk` is the one that printed; the one that took it down is in the receipt number. `rules` names the
    set of rules that was in force. Raises ValueError for what does not fit the form.
    """

    receipt_number: str
    kind: TransactionKind
    standing: Standing
    captured_at: datetime
    captured_clock: ClockQuality
    printed_at: datetime
    printed_clock: ClockQuality
    kiosk: str
    rules: str

    def __post_init__(self) -> None:
        if parse_receipt_number(self.receipt_number) != self.receipt_number:
            raise ValueError("not a receipt number")
        _check_time(self.captured_at)
        _check_time(self.printed_at)
        _check("kiosk", KIOSK, self.kiosk)
        _check("rules", RULES, self.rules)

    def encode(self) -> bytes:
        """Return the bytes that are signed."""
        match self.standing:
            case Unanswered():
                standing: list[int | str] = [0]
            case InEffect(number, since):
                standing = [1, number, _seconds(since)]
            case Refused(code):
                standing = [2, code]
        return cbor2.dumps(
            [
                VERSION,
                self.receipt_number,
                _KINDS[self.kind],
                standing,
                _seconds(self.captured_at),
                _CLOCKS[self.captured_clock],
                _seconds(self.printed_at),
                _CLOCKS[self.printed_clock],
                self.kiosk,
                self.rules,
            ]
        )

    @classmethod
    def decode(cls, content: bytes) -> "Claim":
        """Return what the bytes claim.

        Raises UnknownVersion for a claim that is not of VERSION, and ValueError for bytes that `encode`
        would not write.
        """
        try:
            match cbor2.loads(content):
                case [int(version), *_] if version != VERSION:
                    raise UnknownVersion(version)
                case [
                    _, str(number), int(kind), standing, int(captured), int(captured_clock),
                    int(printed), int(printed_clock), str(kiosk), str(rules),
                ]:  # fmt: skip
                    claim = cls(
                        number,
                        _KIND_NUMBERED[kind],
                        _standing(standing),
                        _moment(captured),
                        _CLOCK_NUMBERED[captured_clock],
                        _moment(printed),
                        _CLOCK_NUMBERED[printed_clock],
                        kiosk,
                        rules,
                    )
                    if claim.encode() == content:
                        return claim
        except (cbor2.CBORError, LookupError):
            pass
        raise ValueError("no claim as it is written here")


def claim_of(transaction: Transaction, printed: PrintedAt, rules: str) -> Claim:
    """Return what the receipt of a transaction claims when it is printed now.

    Raises ValueError when the backend's number or code does not fit the form.
    """
    return Claim(
        receipt_number=transaction.receipt_number,
        kind=transaction.kind,
        standing=_standing_of(transaction.state),
        captured_at=_whole(transaction.captured_at),
        captured_clock=transaction.clock,
        printed_at=_whole(printed.at),
        printed_clock=printed.clock,
        kiosk=printed.kiosk,
        rules=rules,
    )


def _standing_of(state: TransactionState) -> Standing:
    match state:
        case Pending():
            return Unanswered()
        case Effective(acceptance):
            return InEffect(acceptance.number, _whole(acceptance.effective_at))
        case Rejected(code=code):  # the reason beside it is free text, and may speak of the person
            return Refused(code)


def _standing(written: object) -> Standing:
    match written:
        case [0]:
            return Unanswered()
        case [1, str(number), int(since)]:
            return InEffect(number, _moment(since))
        case [2, str(code)]:
            return Refused(code)
    raise ValueError("no standing")


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _moment(seconds: int) -> datetime:
    if not 0 <= seconds < 2**32:
        raise ValueError("no time between 1970 and 2106")
    return datetime.fromtimestamp(seconds, UTC)


def _check_time(at: datetime) -> None:
    if at.tzinfo is None or _moment(_seconds(at)) != at:
        raise ValueError("not an aware time in whole seconds")


def _check(name: str, form: re.Pattern[str], text: str) -> None:
    if not form.fullmatch(text):
        raise ValueError(f"the {name} has not the form {form.pattern}")
