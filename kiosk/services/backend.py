"""The backend, asked: who is here, what is on record, how a transaction stands. Told things go elsewhere.

Every question may fail, and each failure is one event with one plain meaning. Whether the backend answers
at all is watched with a small question of its own, so that citizens learn it before a card goes in.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime

from drivers.errors import DeviceStatus, Remedy
from kiosk.backend.client import BackendClient
from kiosk.backend.errors import (
    BackendAnswerLost,
    BackendError,
    BackendNotNow,
    BackendRefusal,
    BackendUnreachable,
)
from kiosk.backend.fleet import heartbeat_of
from kiosk.backend.message import Code
from kiosk.backend.visits import OpenedVisit, PasswordVerdict
from kiosk.domain.findings import Measured
from kiosk.domain.transaction import CLOCK_TOLERANCE_S, ClockQuality
from kiosk.domain.vitals import Vitals
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.events import BackendFault
from kiosk.services.service import Check, Watched

HEALTH_INTERVAL_S = 3.0
HEARTBEAT_INTERVAL_S = 60.0

_FAULTS = {
    Code.UNKNOWN_HOLDER: BackendFault.UNKNOWN_HOLDER,
    Code.UNKNOWN_CARD: BackendFault.UNKNOWN_CARD,
    Code.OTHER_PROVINCE: BackendFault.OTHER_PROVINCE,
    Code.GO_TO_WINDOW: BackendFault.GO_TO_WINDOW,
    Code.UNKNOWN_RECEIPT: BackendFault.NOT_FOUND,
    Code.CARD_LOST: BackendFault.CARD_LOST,
    Code.CANCELLED: BackendFault.CARD_CANCELLED,
    Code.REPLACED: BackendFault.CARD_REPLACED,
    Code.SEALED: BackendFault.CARD_SEALED,
    Code.IN_PRODUCTION: BackendFault.CARD_IN_PRODUCTION,
    Code.PASSWORD_LOCKED: BackendFault.PASSWORD_LOCKED,
    Code.VISIT_OVER: BackendFault.VISIT_OVER,
}
_FAULT_OF_CODE = {code.text: fault for code, fault in _FAULTS.items()}
_QUESTIONS = (
    do.OpenVisitByCard, do.OpenVisitByIdCard, do.LoadRecords, do.AskForContributions, do.AskBackendForReceipt,
)  # fmt: skip


class Backend:
    """Questions to the backend as a service. Facts are told through the ledger, never here."""

    def __init__(
        self, client: BackendClient, now: Callable[[], datetime], steady: Callable[[], float]
    ) -> None:
        self._client = client
        self._now = now
        self._steady = steady
        self._due_s = steady()
        self._told: on.LinkChanged | None = None
        self._clock: ClockQuality | None = None
        self._vitals: Vitals | None = None
        self._beat_due_s = self._due_s + HEARTBEAT_INTERVAL_S
        self._in_order = True

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Ask, and answer with what came of it."""
        try:
            match effect:
                case do.OpenVisitByCard(visit, card, checked):
                    opened = self._client.open_visit_by_card(card, password_checked=checked)
                    yield _told(visit, opened)
                case do.OpenVisitByIdCard(visit, name, number):
                    yield _told(visit, self._client.open_visit_by_id_card(name, number))
                case do.LoadRecords(visit, token):
                    yield on.RecordsReceived(visit, self._client.records(token))
                case do.AskForContributions(visit, token, insurance, year):
                    found = self._client.contributions_of_year(token, insurance, year)
                    yield on.ContributionsReceived(visit, insurance, year, found)
                case do.AskBackendForReceipt(visit, number):
                    yield on.TransactionAnswered(visit, self._client.transaction_by_receipt(number))
                case do.VerifyPasswordAtBackend(visit, token, password):
                    yield self._verified(visit, token, password.digits)
                case do.TellVitals(vitals):
                    self._vitals = vitals
                case do.CloseVisit(_, token) if token:
                    with suppress(BackendError):  # it ends by itself when nobody uses it
                        self._client.close_visit(token)
        except BackendError as error:
            yield from self._failed(effect, error)

    def watch(self) -> Watched:
        """Ask whether the backend is there, and what time it has; now and then tell it how the kiosk is.

        A question in between brings no look of its own, unless it found something wrong with the link.
        """
        now_s = self._steady()
        if now_s < self._due_s:
            return Watched(rest_s=self._due_s - now_s)
        self._due_s = now_s + HEALTH_INTERVAL_S
        try:
            theirs = self._client.health()
        except BackendError as error:
            return Watched(tuple(self._link(online=False, cause=error.cause)), HEALTH_INTERVAL_S)
        offset_s = abs((theirs - self._now()).total_seconds())
        quality = ClockQuality.SYNCHRONISED if offset_s <= CLOCK_TOLERANCE_S else ClockQuality.UNCHECKED
        events = [*self._link(online=True)]
        if quality is not self._clock:
            self._clock = quality
            events.append(on.ClockChecked(quality))
        return Watched((*events, *self._beat()), HEALTH_INTERVAL_S)

    def check(self) -> Check:
        """Ask whether the backend is there, and how far apart the clocks are."""
        try:
            offset_s = (self._client.health() - self._now()).total_seconds()
        except BackendError as error:
            detail = type(error).__name__
            return Check(DeviceStatus.OFFLINE, Remedy.MAINTENANCE, detail, (error.cause,))
        apart = abs(offset_s) > CLOCK_TOLERANCE_S
        return Check(
            DeviceStatus.ONLINE,
            Remedy.MAINTENANCE if apart else None,
            f"its clock is {offset_s:+.0f} s from ours",
            ("clock",) if apart else (),
            (Measured("offset_s", round(offset_s)),),
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _beat(self) -> Iterator[on.Event]:
        """Tell how the kiosk is, now and then, and hear what the backend makes of its numbers."""
        now_s = self._steady()
        if self._vitals is None or now_s < self._beat_due_s:
            return
        self._beat_due_s = now_s + HEARTBEAT_INTERVAL_S
        with suppress(BackendError):  # a link that is gone is told by the next look
            answer = self._client.heartbeat(heartbeat_of(self._vitals, self._now()))
            in_order = answer.tells_order(self._vitals)
            if in_order is not self._in_order:
                self._in_order = in_order
                yield on.NumbersChecked(in_order)

    def _verified(self, visit: int, token: str, digits: str) -> on.Event:
        """Ask once. Whatever is not a clear answer is an unknown outcome, and a spent try."""
        try:
            outcome = self._client.verify_password(token, digits)
        except BackendRefusal as refusal:
            return on.PasswordLocked(visit) if refusal.code == "password_locked" else _unknown(visit)
        except BackendError:
            return _unknown(visit)
        match outcome.verdict:
            case PasswordVerdict.ACCEPTED:
                return on.PasswordAccepted(visit)
            case PasswordVerdict.WRONG:
                return on.PasswordWrong(visit, outcome.tries_left)
            case PasswordVerdict.LOCKED:
                return on.PasswordLocked(visit)

    def _failed(self, effect: do.Effect, error: BackendError) -> Iterator[on.Event]:
        fault = BackendFault.NONSENSE
        if not isinstance(error, BackendRefusal):
            self._due_s = self._steady()
        match error:
            case BackendUnreachable():
                yield from self._link(online=False, cause=error.cause)
                fault = BackendFault.UNREACHABLE
            case BackendAnswerLost() | BackendNotNow():
                fault = BackendFault.UNREACHABLE  # silent or busy: to come back later is what helps
            case BackendRefusal(code=code):
                fault = _FAULT_OF_CODE.get(code, BackendFault.REFUSED)
        if isinstance(effect, _QUESTIONS):
            yield on.QuestionFailed(effect.visit, fault)

    def _link(self, *, online: bool, cause: str = "") -> Iterator[on.Event]:
        now = on.LinkChanged(online, cause)
        if now != self._told:
            self._told = now
            yield now


def _told(visit: int, opened: OpenedVisit) -> on.Event:
    return on.VisitOpened(
        visit, opened.token, opened.name, opened.number, opened.cards, opened.notices, opened.tries_left
    )


def _unknown(visit: int) -> on.Event:
    return on.PasswordOutcomeUnknown(visit)
