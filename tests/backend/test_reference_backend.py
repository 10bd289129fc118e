"""The reference backend as a tool: offline and back, restarts, clock and hands; and the kiosks' numbers."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests
import uvicorn

from kiosk.backend.client import BackendClient
from kiosk.backend.contract import ToldTransaction
from kiosk.backend.emulator.faults import LoseAnswer, busy
from kiosk.backend.emulator.front import HOST, bound
from kiosk.backend.emulator.hands import hands_of
from kiosk.backend.errors import BackendError, BackendNotNow, BackendUnreachable
from kiosk.backend.fleet import Bank, Banks, Heartbeat, Topic
from kiosk.domain.transaction import ClockQuality
from offline_queue import Address, Bundle, Identity, seal_bundle
from tests.backend.workbench import NOON, PEOPLE, WANG, ByHand, by_card, code, loss, new_key


def test_it_comes_back_at_the_same_address(backend, client: BackendClient) -> None:
    for _ in range(3):
        backend.go_offline()
        assert not backend.is_online
        with pytest.raises(BackendUnreachable):
            client.health()
        backend.go_online()
        assert client.health() == NOON


def test_nobody_else_gets_the_port_while_it_is_offline(backend) -> None:
    port = int(backend.url.rpartition(":")[2])
    backend.go_offline()
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))


def test_it_remembers_over_a_restart(serve, tmp_path: Path) -> None:
    key = new_key()
    first = serve(db_path=tmp_path / "backend.db")
    token = ByHand(first).open(by_card(WANG))
    said = ByHand(first).tell(loss(WANG), key).json()
    second = serve(db_path=tmp_path / "backend.db")
    assert ByHand(second).ask("GET", f"/v1/transactions/{key}").json() == said
    assert code(ByHand(second).read(token, "profile")) == "403 card_lost"
    assert [taken.key for taken in second.transactions] == [key]


def test_a_fault_is_committed_as_often_as_it_was_asked_for(backend, client: BackendClient) -> None:
    backend.faults.set(busy(), path="/v1/health", times=2)
    for _ in range(2):
        with pytest.raises(BackendNotNow):
            client.health()
    assert client.health()
    backend.faults.set(busy(), method="POST")
    assert client.health()


def test_a_lost_answer_did_its_work(backend, client: BackendClient) -> None:
    key = new_key()
    backend.faults.set(LoseAnswer(), path="/v1/transactions", times=1)
    with pytest.raises(BackendError):
        client.tell(key, ToldTransaction.model_validate(loss(WANG)))
    assert client.transaction(key).acceptance is not None


def test_its_clock_can_be_wrong(backend, client: BackendClient) -> None:
    backend.skew_clock(timedelta(hours=-3))
    assert client.health() == NOON - timedelta(hours=3)


# --- kiosks -------------------------------------------------------------------------------------


def beat(last_sequence: int) -> Heartbeat:
    return Heartbeat(
        sent_at=NOON,
        clock=ClockQuality.SYNCHRONISED,
        software="0.1.0",
        last_sequence=last_sequence,
        pending=0,
        rejected=0,
        conditions=("receipt_printer.paper_low",),
    )


def test_numbers_that_never_arrived_are_missed(hand: ByHand, client: BackendClient) -> None:
    for sequence in (1, 2, 5, 9):
        hand.tell(loss(WANG, sequence=sequence))
    hand.tell(loss(WANG, sequence=3, kiosk="0002"))
    assert client.heartbeat(beat(11)).missing == (3, 4, 6, 7, 8, 10, 11)
    assert not client.heartbeat(beat(9)).went_back
    assert client.heartbeat(beat(0)) == client.heartbeat(beat(0)).model_copy(update={"went_back": True})
    assert client.heartbeat(beat(8)).went_back
    assert client.heartbeat(beat(8)).missing == (3, 4, 6, 7, 8)


def test_a_kiosk_that_never_told_anything_misses_at_most_a_hundred(client: BackendClient) -> None:
    assert client.heartbeat(beat(0)).missing == ()
    assert client.heartbeat(beat(2**53)).missing == tuple(range(1, 101))


def test_a_number_used_twice_is_noticed_and_refuses_nobody(hand: ByHand, client: BackendClient) -> None:
    assert code(hand.tell(loss(WANG, sequence=1))) == "201"
    assert code(hand.tell(loss(PEOPLE[1], sequence=1))) == "201"
    assert client.heartbeat(beat(1)).doubled == (1,)


def test_a_heartbeat_has_no_room_for_words(hand: ByHand) -> None:
    spoken = beat(1).model_dump(mode="json") | {"conditions": [f"visitor {WANG.name}"]}
    assert code(hand.ask("POST", "/v1/kiosks/0001/heartbeat", json=spoken)) == "400 request_invalid"


# --- public texts -------------------------------------------------------------------------------


def test_a_public_text_is_fetched_once_and_then_asked_after(serve) -> None:
    banks = Banks(items=(Bank(name="某银行"),))
    client = BackendClient(serve(reference={Topic.BANKS: banks}).url, kiosk="0001")
    first = client.reference(Topic.BANKS)
    assert first is not None
    assert first.text == banks
    assert client.reference(Topic.BANKS, first.etag) is None
    assert client.reference(Topic.BANKS, '"older"') == first


@pytest.mark.parametrize("topic", Topic)
def test_nothing_public_is_invented(client: BackendClient, topic: Topic) -> None:
    reference = client.reference(topic)
    assert reference is not None
    assert reference.text.items == ()


def test_a_text_nobody_keeps_is_no_text(hand: ByHand) -> None:
    assert code(hand.ask("GET", "/v1/reference/horoscopes")) == "400 request_invalid"


# --- hands over HTTP ----------------------------------------------------------------------------


class Hands:
    """The hands' address."""

    def __init__(self, port: int) -> None:
        self._url = f"http://{HOST}:{port}/_hands"

    def condition(self) -> dict[str, Any]:
        return dict(requests.get(self._url, timeout=20).json())

    def post(self, deed: str, **json: Any) -> int:
        return requests.post(self._url + deed, json=json, timeout=20).status_code

    def know_kiosk(self, kiosk: str, address: str) -> int:
        return requests.put(f"{self._url}/kiosks/{kiosk}", json={"address": address}, timeout=20).status_code

    def clear(self) -> None:
        requests.delete(self._url + "/faults", timeout=20)


@pytest.fixture
def hands(backend) -> Iterator[Hands]:
    listening = bound(0)
    server = uvicorn.Server(uvicorn.Config(hands_of(backend), lifespan="off", log_level="error"))
    thread = Thread(target=server.run, args=([listening],))
    thread.start()
    listening.listen()  # what is asked before the server looks waits for it
    yield Hands(listening.getsockname()[1])
    server.should_exit = True
    thread.join()


def test_hands_take_it_off_the_wire_and_back(backend, hands: Hands, client: BackendClient) -> None:
    hands.post("/offline")
    assert hands.condition()["online"] is False
    with pytest.raises(BackendUnreachable):
        client.health()
    hands.post("/online")
    assert client.health()


def test_hands_commit_each_fault(hands: Hands, client: BackendClient) -> None:
    for fault in (
        "hang_up", "lose_answer", "server_error", "busy", "unauthorised", "captive_portal", "garbage",
        "other_fields", "redirect", "answer_without_end",
    ):  # fmt: skip
        assert hands.post("/faults", fault=fault, path="/v1/health") == 204
        with pytest.raises(BackendError):
            client.health()
        hands.clear()
        assert client.health()


def test_hands_that_are_misunderstood_do_nothing(hands: Hands, client: BackendClient) -> None:
    assert hands.post("/faults", fault="earthquake") == 422
    assert client.health()


def test_hands_set_the_clock(hands: Hands, client: BackendClient) -> None:
    hands.post("/clock", skew_s=60)
    assert client.health() == NOON + timedelta(minutes=1)


def test_hands_make_a_kiosks_signature_known(backend, hands: Hands) -> None:
    recipient, sender = Address.parse(hands.condition()["bundle_address"]), Identity(bytes(32))
    sealed = seal_bundle(Bundle("0012", NOON, 0, ()), sender, recipient)

    def carried() -> int:
        headers = {"Content-Type": "application/octet-stream"}
        return requests.post(f"{backend.url}/v1/bundles", sealed, headers=headers, timeout=20).status_code

    assert carried() == 400
    assert hands.know_kiosk("0012", "00") == 422
    assert hands.know_kiosk("0012", str(sender.address)) == 204
    assert carried() == 200


ALONE = """
import sys
from kiosk.backend.emulator.hands import serve
from kiosk.backend.emulator.server import ReferenceBackend
serve(ReferenceBackend(None, ()), int(sys.argv[1]))
"""


def test_it_runs_alone_until_it_is_asked_to_end() -> None:
    with bound(0) as kept:
        port = kept.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", ALONE, str(port)])
    try:
        while process.poll() is None:
            with suppress(requests.ConnectionError):
                url = Hands(port).condition()["url"]
                break
        assert BackendClient(url, kiosk="0001").health()
        process.terminate()
        assert process.wait() == 0
    finally:
        process.kill()
