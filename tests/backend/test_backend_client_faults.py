"""Whatever the other side does, a call comes back in time with one of five errors (errors.py)."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.backend import exchange
from kiosk.backend.client import BackendClient
from kiosk.backend.contract import ToldTransaction
from kiosk.backend.emulator import faults
from kiosk.backend.emulator.faults import (
    AnswerElse,
    AnswerWithoutEnd,
    Ask,
    Drip,
    Fault,
    HangUp,
    HungUp,
    LoseAnswer,
    NeverAnswer,
    Say,
    Slow,
    http,
)
from kiosk.backend.emulator.server import ReferenceBackend
from kiosk.backend.errors import (
    BackendAnswerLost,
    BackendError,
    BackendNonsense,
    BackendNotNow,
    BackendRefusal,
    BackendUnreachable,
)
from tests.backend.workbench import LI, WANG, ByHand, by_card, chip, loss, new_key

TOLD = ToldTransaction.model_validate(loss(WANG))
JSON = "application/json"


def hurried(url: str, **more: float) -> BackendClient:
    """Return a client with little patience."""
    return BackendClient(url, kiosk="0001", connect_timeout_s=0.3, total_timeout_s=0.3, **more)


MANY_HEADERS = b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n"
LONG_HEADER = b"HTTP/1.1 200 OK\r\nX: " + b"y" * 99_999 + b"\r\n\r\n"
HANGING = (Slow, Drip, NeverAnswer)
FAULT_TABLE = [
    # fault                       on a question                 on an order
    (Slow(5),                     BackendUnreachable,           BackendAnswerLost),
    (Drip(0.05),                  BackendUnreachable,           BackendAnswerLost),
    (NeverAnswer(),               BackendUnreachable,           BackendAnswerLost),
    (NeverAnswer(works=True),     BackendUnreachable,           BackendAnswerLost),
    (HangUp(),                    BackendUnreachable,           BackendAnswerLost),
    (LoseAnswer(),                BackendUnreachable,           BackendAnswerLost),
    (LoseAnswer(40),              BackendNonsense,              BackendNonsense),
    (LoseAnswer(160),             BackendError,                 BackendError),
    (AnswerWithoutEnd(),          BackendNonsense,              BackendNonsense),
    (faults.garbage(),            BackendNonsense,              BackendNonsense),
    (faults.other_fields(),       BackendNonsense,              BackendNonsense),
    (faults.captive_portal(),     BackendNonsense,              BackendNonsense),
    (faults.redirect("/"),        BackendNonsense,              BackendNonsense),
    (faults.redirect("://::x"),   BackendNonsense,              BackendNonsense),
    (faults.unauthorised(),       BackendRefusal,               BackendRefusal),
    (faults.busy(),               BackendNotNow,                BackendNotNow),
    (faults.server_error(),       BackendNotNow,                BackendNotNow),
    (faults.server_error(502, works=True), BackendNotNow,       BackendNotNow),
    (AnswerElse(http(404, "text/html", b"not here")), BackendNonsense, BackendNonsense),
    (AnswerElse(http(200, JSON, b"[" * 100_000)), BackendNonsense, BackendNonsense),
    (AnswerElse(http(200, JSON, b"{}", Content_Encoding="gzip")), BackendNonsense, BackendNonsense),
    (AnswerElse(http(204, JSON, b"")), BackendNonsense,         BackendNonsense),
    (AnswerElse(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), BackendUnreachable, BackendAnswerLost),
    (AnswerElse(MANY_HEADERS),    BackendUnreachable,           BackendAnswerLost),
    (AnswerElse(LONG_HEADER),     BackendUnreachable,           BackendAnswerLost),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "of_question", "of_order"), FAULT_TABLE)
def test_a_fault_has_one_meaning_and_the_next_call_is_well(
    backend: ReferenceBackend, fault: Fault, of_question: type[BackendError], of_order: type[BackendError]
) -> None:
    patient = BackendClient(backend.url, kiosk="0001")
    client = hurried(backend.url) if isinstance(fault, HANGING) else patient
    key = new_key()
    backend.faults.set(fault, times=2)
    with pytest.raises(of_question):
        client.health()
    with pytest.raises(of_order) as caught:
        client.tell(key, TOLD)
    # Whoever is told that nothing was done may tell it again: that must be true.
    assert caught.value.may_be_done or not backend.transactions
    assert len(backend.transactions) <= 1
    assert patient.health()
    assert patient.tell(key, TOLD).acceptance is not None
    assert len(backend.transactions) == 1


@pytest.mark.parametrize("fault", [Slow(60), Drip(0.2), NeverAnswer(), AnswerWithoutEnd()])
def test_a_call_nobody_waits_for_leaves_no_thread(backend: ReferenceBackend, fault: Fault) -> None:
    """The drip renews every read timeout for most of a minute: only cutting the connection ends it."""
    backend.faults.set(fault)
    with pytest.raises(BackendError):
        BackendClient(backend.url, kiosk="0001", total_timeout_s=0.5).health()
    for thread in threading.enumerate():
        if thread.name == "backend-call":
            thread.join(timeout=20)
            assert not thread.is_alive()


def test_while_it_is_offline_every_call_says_so_and_nothing_was_done(backend: ReferenceBackend) -> None:
    client = BackendClient(backend.url, kiosk="0001")
    assert client.health()
    backend.go_offline()
    for call in (client.health, lambda: client.tell(new_key(), TOLD)):
        with pytest.raises(BackendUnreachable) as caught:
            call()
        assert caught.value.code == "connect"
    backend.go_online()
    assert client.health()


def test_a_visit_cut_by_going_offline_is_an_answer_lost(backend: ReferenceBackend) -> None:
    client = BackendClient(backend.url, kiosk="0001")
    backend.transaction_desk.gate.hold()
    caught: list[BaseException] = []

    def tell() -> None:
        try:
            client.tell(new_key(), TOLD)
        except BackendError as error:
            caught.append(error)

    telling = threading.Thread(target=tell)
    telling.start()
    backend.transaction_desk.gate.await_arrival()
    backend.go_offline()
    telling.join()
    assert isinstance(caught[0], BackendAnswerLost)


def test_a_name_nobody_knows_is_unreachable() -> None:
    with pytest.raises(BackendUnreachable) as caught:
        BackendClient("http://backend.invalid", kiosk="0001").health()
    assert caught.value.code == "name"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Retry_After": "7"}, 7.0),
        ({"Retry_After": "soon"}, None),
        ({"Retry_After": "-1"}, None),
        ({"Retry_After": "9" * 40}, None),
        ({"Retry_After": ""}, None),
        ({}, None),
        ({"Retry_After": "Mon, 12 Oct 2026 12:02:00 GMT", "Date": "Mon, 12 Oct 2026 12:00:00 GMT"}, 120.0),
        ({"Retry_After": "Mon, 12 Oct 2026 11:00:00 GMT", "Date": "Mon, 12 Oct 2026 12:00:00 GMT"}, 0.0),
        ({"Retry_After": "Mon, 12 Oct 2026 12:02:00 GMT"}, None),
    ],
)
def test_the_backends_wish_when_to_come_back_is_understood(backend, client, headers, expected) -> None:
    backend.faults.set(AnswerElse(http(503, "text/plain", b"", **headers)))
    with pytest.raises(BackendNotNow) as caught:
        client.health()
    assert caught.value.retry_after_s == expected
    assert not caught.value.may_be_done


def test_nothing_of_the_environment_counts(backend, monkeypatch, tmp_path) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "nothing.pem"))
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    assert BackendClient(backend.url, kiosk="0001").records(_token(backend))


def _token(backend: ReferenceBackend) -> str:
    return BackendClient(backend.url, kiosk="0001").open_visit_by_card(chip(WANG), True).token


def test_an_answer_about_another_key_person_or_receipt_is_nonsense(backend, client) -> None:
    other = client.tell(new_key(), TOLD)
    backend.faults.set(AnswerElse(http(200, JSON, other.model_dump_json().encode())))
    for call in (
        lambda: client.transaction(new_key()),
        lambda: client.tell(new_key(), TOLD),
        lambda: client.transaction_by_receipt("0001-000009-1"),
        lambda: client.open_visit_by_id_card(WANG.name, WANG.number),
    ):
        with pytest.raises(BackendNonsense):
            call()


ACCEPTANCE = {"number": "1", "effective_at": "2026-10-12T12:00:00Z"}


@pytest.mark.parametrize(
    "answer",
    [
        {"state": "effective"},
        {"state": "effective", "acceptance": None, "code": None},
        {"state": "EFFECTIVE", "acceptance": ACCEPTANCE},
        {"state": "pending", "acceptance": ACCEPTANCE},
        {"state": "effective", "acceptance": ACCEPTANCE, "code": "stale"},
        {"state": "effective", "acceptance": ACCEPTANCE | {"number": ""}},
        {"state": "effective", "acceptance": ACCEPTANCE | {"number": "1\x1bp"}},
        {"state": "effective", "acceptance": ACCEPTANCE | {"number": 1}},
        {"state": "effective", "acceptance": ACCEPTANCE | {"effective_at": "2026-10-12T12:00:00"}},
        {"state": "effective", "acceptance": ACCEPTANCE | {"effective_at": 0}},
        {"state": "effective", "acceptance": ACCEPTANCE | {"already": "no"}},
        {"state": "rejected"},
        {},
    ],
)
def test_no_acceptance_comes_out_of_an_answer_that_contradicts_itself(backend, client, answer: dict) -> None:
    key = new_key()
    backend.faults.set(AnswerElse(http(201, JSON, json.dumps({"key": key} | answer).encode())))
    with pytest.raises(BackendNonsense):
        client.tell(key, TOLD)


def test_an_answer_about_another_person_than_the_card_names_is_nonsense(backend, client) -> None:
    his = ByHand(backend).ask("POST", "/v1/visits", json=by_card(LI)).content
    backend.faults.set(AnswerElse(http(201, JSON, his)))
    with pytest.raises(BackendNonsense):
        client.open_visit_by_card(chip(WANG), password_checked=True)
    with pytest.raises(BackendNonsense):
        client.open_visit_by_id_card(WANG.name, WANG.number)
    assert client.open_visit_by_card(chip(WANG, blank=True), password_checked=True).number == LI.number


def test_the_right_words_in_the_wrong_envelope_are_nonsense(backend, client) -> None:
    good = ByHand(backend).ask("GET", "/v1/health").content
    backend.faults.set(AnswerElse(http(200, "text/html", good)))
    with pytest.raises(BackendNonsense):
        client.health()


def test_a_422_that_is_no_problem_document_refuses_nothing(backend, client) -> None:
    for body, media_type in (
        (b"<html>Unprocessable</html>", "text/html"),
        (b'{"detail": "validation"}', "application/json"),
        (b'{"status": 422, "code": "stale"}', "application/json"),
        (b'{"status": 422}', "application/problem+json"),
        (b'{"status": 400, "code": "stale"}', "application/problem+json"),
        (b'{"status": 422, "code": "Stale!"}', "application/problem+json"),
    ):
        backend.faults.set(AnswerElse(http(422, media_type, body)), times=1)
        with pytest.raises(BackendNonsense):
            client.tell(new_key(), TOLD)


# --- arbitrary bytes ----------------------------------------------------------------------------


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_broken_answer_never_becomes_anything_but_an_error_or_the_answer(backend, client, data) -> None:
    key = new_key()
    good = http(200, JSON, client_answer(key))
    place = data.draw(st.integers(0, len(good) - 1))
    junk = data.draw(st.binary(max_size=6))
    cut = data.draw(st.integers(0, 8))
    backend.faults.clear()
    backend.faults.set(SayAndHangUp(good[:place] + junk + good[place + cut :]))
    try:
        answer = client.transaction(key)
    except BackendError:
        return
    assert answer.key == key
    assert answer.acceptance is None


@dataclass(frozen=True)
class SayAndHangUp:
    """Gives an answer and hangs up: whoever waits for more of it waits in vain, but not for long."""

    answer: bytes

    async def commit(self, ask: Ask, say: Say) -> None:
        await say(self.answer)
        raise HungUp


def client_answer(key: str) -> bytes:
    return b'{"key":"%s","state":"rejected","code":"stale","reason":"later"}' % key.encode()


# --- a server by hand ---------------------------------------------------------------------------


@contextmanager
def server_by_hand(talk: Callable[[socket.socket], None]) -> Iterator[tuple[str, list[int]]]:
    """Serve connections one after another with a function; count them."""
    listening = socket.create_server(("127.0.0.1", 0))
    accepted: list[int] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            accepted.append(1)
            with connection:
                talk(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", accepted
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def test_an_order_goes_out_once_whatever_comes_back() -> None:
    heads: list[bytes] = []

    def hang_up(connection: socket.socket) -> None:
        heads.append(connection.recv(65536))

    with server_by_hand(hang_up) as (url, accepted):
        with pytest.raises(BackendAnswerLost):
            BackendClient(url, kiosk="0001").tell(new_key(), TOLD)
        assert sum(accepted) == 1
    assert heads[0].startswith(b"POST /v1/transactions HTTP/1.1\r\n")


def answering(connection: socket.socket) -> None:
    """Answer every request on a connection."""
    with suppress(OSError):
        while connection.recv(65536):
            connection.sendall(http(200, JSON, b'{"time": "2026-10-12T12:00:00Z"}'))


def test_a_connection_is_kept_for_the_next_call() -> None:
    with server_by_hand(answering) as (url, accepted):
        client = BackendClient(url, kiosk="0001")
        assert client.health() == client.health()
        client.close()
        assert sum(accepted) == 1


def test_a_connection_that_was_kept_too_long_is_not_trusted(monkeypatch) -> None:
    """The other side may be closing it just now, and an order sent into it would be an answer lost."""
    monkeypatch.setattr(exchange, "IDLE_S", -1.0)
    with server_by_hand(answering) as (url, accepted):
        client = BackendClient(url, kiosk="0001")
        assert client.health() == client.health()
        client.close()
        assert sum(accepted) == 2


def test_an_order_that_never_began_to_go_out_was_not_done() -> None:
    """A TLS handshake that hangs: the connection stands, and not a byte of the order has left."""
    release = threading.Event()

    def say_nothing(connection: socket.socket) -> None:
        release.wait()

    with server_by_hand(say_nothing) as (url, _):
        with pytest.raises(BackendUnreachable):
            hurried(url.replace("http:", "https:")).tell(new_key(), TOLD)
        release.set()


def test_with_all_calls_hanging_the_next_does_not_begin() -> None:
    release = threading.Event()

    def never_read(connection: socket.socket) -> None:
        release.wait()

    with server_by_hand(never_read) as (url, _):
        client = BackendClient(url.replace("http:", "https:"), kiosk="0001", total_timeout_s=0.02)
        for _ in range(20):  # more than may hang at once
            with pytest.raises(BackendUnreachable):
                client.health()
        hanging = [thread for thread in threading.enumerate() if thread.name == "backend-call"]
        assert len(hanging) <= 16
        release.set()
