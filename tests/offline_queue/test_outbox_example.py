"""The example in the README works as it stands, against a real HTTP server with every fault there is."""

import json
import re
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import SimpleQueue
from socket import SHUT_RDWR
from threading import Timer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from uuid_utils import uuid7

import offline_queue
from offline_queue import NewEntry, Sender, State, write_new_key_file

README = Path(offline_queue.__file__).with_name("README.md").read_text("utf-8")
USE, DELIVER, THREADS, BY_HAND = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


class Backend(ThreadingHTTPServer):
    """An idempotent ledger over real HTTP, which has one fault at a time."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.fault: str | int | None = None
        self.known: set[str] = set()
        self.effects: Counter[str] = Counter()
        self.asked: list[str] = []

    def handle_error(self, request, client_address) -> None:
        """A client that hangs up is no news."""


class Handler(BaseHTTPRequestHandler):
    server: Backend

    def log_message(self, *_) -> None:
        """Silent."""

    def do_GET(self) -> None:
        self.server.asked.append("GET")
        self.answer(200 if self.key in self.server.known else 404)

    def do_PUT(self) -> None:
        self.server.asked.append("PUT")
        self.rfile.read(int(self.headers["Content-Length"]))
        fault = self.server.fault
        if fault in (None, "dropped after the work", "500 after the work", "slow drip"):
            if self.key not in self.server.known:
                self.server.effects[self.key] += 1
            self.server.known.add(self.key)
        match fault:
            case None:
                self.answer(200)
            case "dropped after the work" | "dropped before the work":
                self.connection.shutdown(SHUT_RDWR)
            case "500 after the work":
                self.answer(500)
            case "garbage":
                self.wfile.write(b"\x00\xff nonsense \r\n\r\n")
            case "slow drip":
                self.drip()
            case "captive portal":
                self.answer(200, content_type="text/html")
            case "redirect":
                self.answer(302, content_type="text/html", Location="http://127.0.0.1:1/")
            case 503:
                self.answer(503, **{"Retry-After": "120"})
            case int(status):
                self.answer(status)

    @property
    def key(self) -> str:
        return self.path.rsplit("/", 1)[1]

    def answer(self, status: int, content_type: str = "application/json", **headers: str) -> None:
        body = json.dumps({"code": "stale"}).encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": content_type,
            "Content-Length": str(len(body)),
            **headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b" ")
            time.sleep(0.02)  # a drip is what it is; the test does not wait for its end


@pytest.fixture
def backend() -> Iterator[Backend]:
    server = Backend()
    threading.Thread(target=partial(server.serve_forever, poll_interval=0.01), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def example(backend) -> dict:
    """The names the README's example defines, with a connection to the backend at hand."""
    names = {
        **vars(offline_queue),
        "HTTPException": HTTPException,
        "SHUT_RDWR": SHUT_RDWR,
        "Timer": Timer,
        "json": json,
        "connect": partial(HTTPConnection, *backend.server_address, timeout=5),
        "DEADLINE_S": 0.2,
    }
    exec(DELIVER, names)
    return names


@pytest.fixture
def sender(outbox, example) -> Sender:
    return Sender(outbox, example["deliver"], example["look_up"], chance=lambda: 0.0)


FAULTS = [
    # fault                     state               last error          doubtful  link   effects
    (None,                      State.DELIVERED,    None,               False,    True,  1),
    ("dropped after the work",  State.PENDING,      "RemoteDisconnected", True,   False, 1),
    ("dropped before the work", State.PENDING,      "RemoteDisconnected", True,   False, 0),
    ("500 after the work",      State.PENDING,      "http_500",         True,     True,  1),
    ("garbage",                 State.PENDING,      "BadStatusLine",    True,     False, 0),
    ("slow drip",               State.PENDING,      "IncompleteRead",   True,     False, 1),
    ("captive portal",          State.PENDING,      "not_the_backend",  False,    False, 0),
    ("redirect",                State.PENDING,      "not_the_backend",  False,    False, 0),
    (401,                       State.PENDING,      "http_401",         False,    False, 0),
    (403,                       State.PENDING,      "http_403",         False,    False, 0),
    (409,                       State.PENDING,      "http_409",         False,    True,  0),
    (422,                       State.REJECTED,     None,               False,    True,  0),
    (429,                       State.PENDING,      "http_429",         False,    True,  0),
    (500,                       State.PENDING,      "http_500",         True,     True,  0),
    (502,                       State.PENDING,      "http_502",         True,     True,  0),
    (503,                       State.PENDING,      "http_503",         False,    False, 0),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "state", "error", "doubtful", "link_is_up", "effects"), FAULTS)
def test_whatever_the_backend_does_the_entry_takes_effect_once(
    outbox, fact, sender, backend, clock, fault, state, error, doubtful, link_is_up, effects
):
    outbox.put(fact())
    backend.fault = fault
    report = sender.turn()
    entry = outbox.get("key-1")
    assert (entry.state, entry.last_error, entry.doubtful) == (state, error, doubtful)
    assert (report.link.is_up, backend.effects["key-1"]) == (link_is_up, effects)
    if state is State.PENDING:
        backend.fault = None
        backend.asked.clear()
        clock.wait(report.next_in_s)
        assert sender.turn().settled[0].state is State.DELIVERED
        assert backend.effects["key-1"] == 1
        # What may have been done is asked about first, and not sent again if it was.
        assert backend.asked == (["GET"] if doubtful and effects else ["GET", "PUT"] if doubtful else ["PUT"])


def test_retry_after_is_heeded(outbox, fact, sender, backend):
    outbox.put(fact())
    backend.fault = 503
    outbox.put(fact("person-b"))
    assert sender.turn().next_in_s == 120
    assert backend.asked == ["PUT"], "the others fare alike"


def test_no_such_name_and_nobody_listening_are_offline(outbox, fact, example, sender):
    outbox.put(fact())
    example["connect"] = partial(HTTPConnection, "no-such-host.invalid", timeout=5)
    assert sender.turn().link.code == "gaierror"
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        example["connect"] = partial(HTTPConnection, *unused.getsockname(), timeout=5)
        sender.resume()
        assert sender.turn().link.code == "ConnectionRefusedError"
    assert outbox.get("key-1").last_error == "ConnectionRefusedError"


def test_a_certificate_nobody_trusts_is_offline_and_nothing_is_sent(
    outbox, fact, example, sender, backend, tmp_path
):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "somebody")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(Encoding.PEM) + key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    (tmp_path / "pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "pem")
    backend.socket = context.wrap_socket(backend.socket, server_side=True)
    example["connect"] = partial(HTTPSConnection, *backend.server_address, timeout=5)
    outbox.put(fact())
    assert sender.turn().link.code == "SSLCertVerificationError"
    assert backend.asked == []


def test_the_other_parts_of_the_example_work_too(tmp_path, example, backend, open_outbox):
    write_new_key_file(tmp_path / "key")
    names = example | {
        "folder": tmp_path,
        "key_file": tmp_path / "key",
        "other_disk": tmp_path / "copies",
        "person": "person-a",
        "datetime": datetime,
        "UTC": UTC,
        "uuid7": uuid7,
        "NewEntry": NewEntry,
        "SimpleQueue": SimpleQueue,
    }
    exec(USE, names)
    outbox = names["outbox"]
    assert [entry.state for entry in outbox.entries()] == [State.DELIVERED]
    (key,) = backend.effects
    outbox.put(NewEntry(str(uuid7()), "contact_change", "person-a", b"{}", datetime.now(UTC), "synchronised"))
    exec(THREADS, names)
    names["couriers"].close(wait_s=5)
    assert outbox.summary().delivered == 2
    outbox.put(NewEntry(str(uuid7()), "contact_change", "person-a", b"{}", datetime.now(UTC), "synchronised"))
    own = names["own_identity"] = offline_queue.Identity(bytes(32))
    names |= {"recipient": own.address, "stick": tmp_path}
    names["sender_address"] = offline_queue.Identity.from_file(tmp_path / "key").address
    names["other_outbox"] = open_outbox(tmp_path / "other.db", owner="kiosk-08")
    exec(BY_HAND, names)
    assert (names["new"], names["other_outbox"].summary().pending, outbox.summary().pending) == (1, 1, 1)
    outbox.close()
    assert key in backend.known
