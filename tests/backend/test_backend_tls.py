"""Mutual TLS: the kiosk knows the backend by its authority, and the backend the kiosk by its certificate."""

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.backend.client import BackendClient
from kiosk.backend.contract import ToldTransaction
from kiosk.backend.errors import BackendError, BackendUnreachable
from tests.backend.workbench import WANG, chip, loss, new_key


@dataclass(frozen=True)
class Paper:
    """A certificate and its key, in files."""

    cert: Path
    key: Path


class Authority:
    """Issues certificates for the loopback."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.paper = self._issue(name, self._name, self._key, authority=True)

    def issue(self, name: str) -> Paper:
        key = ec.generate_private_key(ec.SECP256R1())
        return self._issue(name, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), key)

    def _issue(
        self, name: str, subject: x509.Name, key: ec.EllipticCurvePrivateKey, *, authority: bool = False
    ) -> Paper:
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(
                x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
            )
            .sign(self._key, hashes.SHA256())
        )
        paper = Paper(self._folder / f"{name}.crt", self._folder / f"{name}.key")
        paper.cert.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        paper.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return paper


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "bureau")


@pytest.fixture
def url(serve: Callable, authority: Authority) -> str:
    own = authority.issue("backend")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=authority.paper.cert)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(own.cert, own.key)
    return serve(tls=context).url


def test_kiosk_and_backend_know_each_other(url: str, authority: Authority) -> None:
    own = authority.issue("kiosk-0001")
    client = BackendClient(
        url, kiosk="0001", ca_file=authority.paper.cert, client_cert=own.cert, client_key=own.key
    )
    assert client.records(client.open_visit_by_card(chip(WANG), True).token)


def test_a_backend_of_another_authority_is_not_spoken_to(
    url: str, authority: Authority, tmp_path: Path
) -> None:
    other = Authority(tmp_path, "somebody-else")
    own = authority.issue("kiosk-0001")
    client = BackendClient(
        url, kiosk="0001", ca_file=other.paper.cert, client_cert=own.cert, client_key=own.key
    )
    with pytest.raises(BackendUnreachable) as caught:
        client.open_visit_by_card(chip(WANG), True)
    assert caught.value.code == "tls"


def test_the_public_authorities_are_not_asked_about_the_backend(url: str) -> None:
    with pytest.raises(BackendUnreachable) as caught:
        BackendClient(url, kiosk="0001").health()
    assert caught.value.code == "tls"


def test_a_kiosk_without_a_certificate_gets_no_answer(url: str, authority: Authority) -> None:
    with pytest.raises(BackendError):
        BackendClient(url, kiosk="0001", ca_file=authority.paper.cert).health()


def test_an_order_given_up_before_it_went_out_never_goes_out(authority: Authority) -> None:
    """The handshake hangs until the call is given up, and then goes on: the order must not follow it."""
    own = authority.issue("backend")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(own.cert, own.key)
    client_gave_up = Event()
    received: list[bytes] = []

    def serve(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        client_gave_up.wait()
        with suppress(OSError), context.wrap_socket(connection, server_side=True) as secured:
            while piece := secured.recv(65536):
                received.append(piece)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = Thread(target=serve, args=(listening,))
        serving.start()
        url = f"https://127.0.0.1:{listening.getsockname()[1]}"
        client = BackendClient(
            url, kiosk="0001", ca_file=authority.paper.cert, connect_timeout_s=20, total_timeout_s=0.3
        )
        with pytest.raises(BackendUnreachable) as caught:
            client.tell(new_key(), ToldTransaction.model_validate(loss(WANG)))
        assert caught.value.code == "timeout"
        client_gave_up.set()
        serving.join()
    assert b"holder_name" not in b"".join(received)
