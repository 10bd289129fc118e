"""Mutual TLS: the kiosk knows the backend by its authority, and the backend the kiosk by its certificate."""

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from kiosk.backend.client import BackendClient
from kiosk.backend.contract import ToldTransaction
from kiosk.backend.errors import BackendError, BackendUnreachable
from tests.backend.authority import Authority
from tests.backend.workbench import WANG, chip, loss, new_key


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
    with pytest.raises(BackendUnreachable) as caught:
        client.tell(new_key(), ToldTransaction.model_validate(loss(WANG)))
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
