"""Whatever the way to the backend does, an entry takes effect once, and its row says what is known."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.backend.client import BackendClient
from kiosk.backend.delivery import Delivery, transaction_of
from kiosk.backend.emulator import faults
from kiosk.backend.emulator.faults import AnswerElse, Drip, Fault, HangUp, LoseAnswer, NeverAnswer, http
from kiosk.backend.emulator.server import ReferenceBackend
from kiosk.backend.message import Code, Problem
from kiosk.backend.reply import PROBLEM_TYPE
from offline_queue import Entry, NewEntry, Outbox, Rejected, Sender, State, Vault
from tests.backend.test_backend_client_faults import hurried
from tests.backend.workbench import WANG, loss, new_key
from tests.offline_queue.conftest import HandClock

Send = Callable[..., Sender]


@pytest.fixture
def time() -> HandClock:
    return HandClock()


@pytest.fixture
def outbox(tmp_path: Path, time: HandClock) -> Iterator[Outbox]:
    """Kiosk 0001's, with one loss report."""
    outbox = Outbox.open(tmp_path / "outbox.db", Vault.from_key(bytes(32)), owner="0001", clock=time)
    document = loss(WANG)
    del document["sequence"]
    fact = json.dumps(document).encode()
    outbox.put(
        NewEntry(new_key(), "loss_report", WANG.number, fact, time().wall, "synchronised", urgent=True)
    )
    yield outbox
    outbox.close()


def sender(outbox: Outbox, client: BackendClient) -> Sender:
    delivery = Delivery(client)
    return Sender(outbox, delivery.deliver, delivery.look_up, chance=lambda: 0.0)


def only(outbox: Outbox) -> Entry:
    (entry,) = outbox.entries()
    return entry


def only_payload(outbox: Outbox) -> bytes:
    return outbox.entries()[0].payload or b""


def refusal(code: Code) -> AnswerElse:
    return AnswerElse(http(code.status, PROBLEM_TYPE, Problem.of(code).model_dump_json().encode()))


SPOILT: dict[str, tuple[Fault, str | None, bool, bool]] = {
    # fault, then: last error, doubtful, link up
    "answer lost after the work":   (LoseAnswer(), "answer_lost", True, False),
    "answer lost before the work":  (HangUp(), "answer_lost", True, False),
    "silent after the work":        (NeverAnswer(works=True), "answer_lost", True, False),
    "slow drip after the work":     (Drip(0.05), "answer_lost", True, False),
    "500 after the work":           (faults.server_error(works=True), "http_500", True, True),
    "502":                          (faults.server_error(502), "http_502", True, True),
    "503 and Retry-After":          (faults.busy("7"), "http_503", False, False),
    "409, it is being worked on":   (refusal(Code.IN_PROGRESS), "http_409", True, True),
    "401":                          (faults.unauthorised(), "unauthorised", False, False),
    "captive portal with a 200":    (faults.captive_portal(), "nonsense", True, False),
    "redirect":                     (faults.redirect("http://127.0.0.1:9/"), "nonsense", True, False),
    "garbage after the work":       (faults.garbage(works=True), "nonsense", True, False),
    "other fields after the work":  (faults.other_fields(works=True), "nonsense", True, False),
}  # fmt: skip


@pytest.mark.parametrize(("fault", "error", "doubtful", "is_up"), SPOILT.values(), ids=SPOILT)
def test_an_order_that_is_spoilt_stays_pending_and_takes_effect_once(
    outbox: Outbox, time: HandClock, backend: ReferenceBackend, fault: Fault, error, doubtful, is_up
) -> None:
    sending = sender(outbox, hurried(backend.url))
    backend.faults.set(fault, path="/v1/transactions")
    report = sending.turn()
    entry = only(outbox)
    assert (entry.state, entry.last_error, entry.doubtful) == (State.PENDING, error, doubtful)
    assert report.link.is_up is is_up
    backend.faults.clear()
    time.wait(report.next_in_s)
    sender_again = sender(outbox, BackendClient(backend.url, kiosk="0001"))
    sender_again.turn()
    assert only(outbox).state is State.DELIVERED
    assert len(backend.transactions) == 1


def test_a_final_refusal_is_kept_with_its_code_and_reason(outbox: Outbox, backend: ReferenceBackend) -> None:
    backend.faults.set(
        AnswerElse(http(422, PROBLEM_TYPE, Problem.of(Code.STALE, for_good=True).model_dump_json().encode()))
    )
    sender(outbox, hurried(backend.url)).turn()
    assert only(outbox).outcome == Rejected("stale", Code.STALE.title)


@pytest.mark.parametrize(
    ("url", "code"), [("http://backend.invalid", "name"), ("http://127.0.0.1:9", "connect")]
)
def test_a_backend_that_cannot_be_reached_quiets_the_link_and_is_told_in_the_row(
    outbox: Outbox, url: str, code: str
) -> None:
    report = sender(outbox, BackendClient(url, kiosk="0001")).turn()
    assert report.link.code == code
    entry = only(outbox)
    assert (entry.attempts, entry.last_error, entry.doubtful) == (1, code, False)


def test_while_the_backend_is_busy_with_everybody_only_one_is_asked_about(
    outbox: Outbox, time: HandClock, backend: ReferenceBackend
) -> None:
    for person in "abc":
        outbox.put(NewEntry(new_key(), "loss_report", person, only_payload(outbox), time().wall, "unchecked"))
    backend.faults.set(faults.busy("40"), path="/v1/transactions")
    report = sender(outbox, BackendClient(backend.url, kiosk="0001")).turn()
    assert [entry.attempts for entry in outbox.entries()] == [1, 0, 0, 0]
    assert report.next_in_s == 40


def test_what_another_version_wrote_waits_in_its_row_and_holds_up_nobody_else(
    outbox: Outbox, time: HandClock, backend: ReferenceBackend
) -> None:
    foreign = outbox.put(
        NewEntry(new_key(), "death_notice", "b", b'{"new": 1}', time().wall, "unchecked", urgent=True)
    )
    report = sender(outbox, BackendClient(backend.url, kiosk="0001")).turn()
    assert len(report.settled) == 1
    kept = outbox.get(foreign.key)
    assert (kept.state, kept.last_error, kept.payload) == (State.PENDING, "unreadable", b'{"new": 1}')
    assert transaction_of(kept) is None


def test_while_a_loss_report_waits_the_backend_is_tried_within_half_a_minute(
    outbox: Outbox, time: HandClock, backend: ReferenceBackend
) -> None:
    backend.go_offline()
    sending = sender(outbox, hurried(backend.url))
    for _ in range(12):
        report = sending.turn()
        assert report.next_in_s is not None
        assert report.next_in_s <= 30
        time.wait(report.next_in_s)
