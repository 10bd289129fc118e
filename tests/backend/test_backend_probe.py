"""The way to the backend, step by step, against the reference backend, real TLS and a real resolver."""

import socket
import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from kiosk.backend.emulator.faults import NeverAnswer, Slow, busy, captive_portal, unauthorised
from kiosk.backend.emulator.server import ReferenceBackend
from kiosk.backend.probe import STEPS, Route, probe
from kiosk.domain.findings import Finding, Verdict
from tests.backend.authority import Authority

LONG = 365


def now() -> datetime:
    return datetime.now(UTC)


def walked(route: Route, **more: object) -> dict[str, Finding]:
    found = list(probe(route, now, **more))
    assert [finding.check for finding in found] == list(STEPS)
    return {finding.check.removeprefix("backend."): finding for finding in found}


def codes(found: dict[str, Finding]) -> dict[str, list[str]]:
    return {name: [fault.code for fault in each.faults] for name, each in found.items() if each.faults}


def skipped(found: dict[str, Finding]) -> list[str]:
    return [name for name, each in found.items() if each.verdict is Verdict.SKIPPED]


def measured(finding: Finding) -> dict[str, object]:
    return {each.name: each.value for each in finding.measured}


@pytest.fixture
def plain() -> ReferenceBackend:
    with ReferenceBackend(None, ()) as backend:
        yield backend


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "bureau", days=LONG)


@pytest.fixture
def secure(authority: Authority) -> Callable[..., Route]:
    """Serve over TLS with a certificate of so many days, and return the way there with the kiosk's own."""
    serving = []

    def start(*, days: float = LONG, own_days: float = LONG, by: Authority = authority) -> Route:
        shown = by.issue("backend", days=days)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=authority.paper.cert)
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_cert_chain(shown.cert, shown.key)
        backend = ReferenceBackend(None, (), tls=context)
        backend.start()
        serving.append(backend)
        own = authority.issue("kiosk", days=own_days)
        return Route(
            backend.url, "0001", ca_file=authority.paper.cert, client_cert=own.cert, client_key=own.key
        )

    yield start
    for backend in serving:
        backend.stop()


def test_the_whole_way_is_well_and_told_with_what_it_measured(secure: Callable[..., Route]) -> None:
    found = walked(secure())
    assert codes(found) == {}
    assert skipped(found) == ["link"]  # the backend is this machine
    assert measured(found["certificate"]) == {"chain": "backend < bureau", "days_left": LONG - 1}
    assert measured(found["own_certificate"]) == {"days_left": LONG - 1}
    assert measured(found["clock"])["offset_s"] == 0
    assert isinstance(measured(found["latency"])["latency_ms"], int)


def test_each_step_is_told_as_soon_as_it_ends(plain: ReferenceBackend) -> None:
    steps = probe(Route(plain.url, "0001"), now)
    until_connected = [next(steps) for _ in range(3)]
    assert until_connected[-1].check == "backend.connection"
    assert until_connected[-1].verdict is Verdict.WELL
    plain.go_offline()  # between this step and the ones to come
    assert [fault.code for finding in steps for fault in finding.faults] == ["K-403"]


def test_without_a_carrier_the_link_is_named_and_nothing_after_it_is_tried(tmp_path: Path) -> None:
    for name, kind, carrier in (("lo", "772", "1"), ("eth0", "1", "0")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "type").write_text(kind)
        (tmp_path / name / "carrier").write_text(carrier)
    found = walked(Route("https://backend.invalid", "0001"), interfaces=tmp_path)
    assert codes(found) == {"link": ["K-401"]}
    assert len(skipped(found)) == len(STEPS) - 1


def test_a_file_among_the_interfaces_is_no_interface_and_no_interfaces_are_no_link(tmp_path: Path) -> None:
    (tmp_path / "bonding_masters").write_text("bond0\n")  # as the kernel's bonding driver leaves one there
    for folder in (tmp_path, tmp_path / "nowhere"):
        found = walked(Route("https://backend.invalid", "0001"), interfaces=folder)
        assert codes(found) == {"link": ["K-401"]}


def test_a_name_nobody_knows_is_a_matter_of_the_resolver(tmp_path: Path) -> None:
    (tmp_path / "eth0").mkdir()
    (tmp_path / "eth0" / "type").write_text("1")
    (tmp_path / "eth0" / "carrier").write_text("1")
    found = walked(Route("https://backend.invalid", "0001"), interfaces=tmp_path)  # RFC 6761: never resolves
    assert measured(found["link"]) == {"interfaces": "eth0"}
    assert codes(found) == {"name": ["K-402"]}


def test_a_port_that_refuses_is_a_matter_of_the_connection(plain: ReferenceBackend) -> None:
    plain.go_offline()
    found = walked(Route(plain.url, "0001"))
    assert codes(found) == {"connection": ["K-403"]}


def test_an_authority_nobody_named_is_not_trusted(secure: Callable[..., Route], tmp_path: Path) -> None:
    found = walked(secure(by=Authority(tmp_path, "somebody-else", days=LONG)))
    assert codes(found) == {"certificate": ["K-404"]}


def test_an_expired_certificate_of_the_backend_is_told_as_expired(secure: Callable[..., Route]) -> None:
    assert codes(walked(secure(days=-1))) == {"certificate": ["K-405"]}


def test_a_certificate_of_the_backend_that_ends_soon_is_noted_and_the_way_goes_on(
    secure: Callable[..., Route],
) -> None:
    found = walked(secure(days=12))
    assert codes(found) == {"certificate": ["K-406"]}
    assert found["certificate"].verdict is Verdict.NOTED
    assert measured(found["certificate"])["days_left"] == 11
    assert found["health"].verdict is Verdict.WELL


def test_an_authority_that_ends_before_the_certificate_it_issued_is_what_counts(
    secure: Callable[..., Route], authority: Authority, tmp_path: Path
) -> None:
    short = Authority(tmp_path, "short-lived", days=5)
    route = replace(secure(by=short), ca_file=short.paper.cert)
    found = walked(route)
    assert codes(found) == {"certificate": ["K-406"]}
    assert measured(found["certificate"])["days_left"] == 4


def test_an_own_certificate_that_is_missing_or_not_of_its_key_is_told_before_anything_is_sent(
    secure: Callable[..., Route], authority: Authority, tmp_path: Path
) -> None:
    route = secure()
    for broken in (
        replace(route, client_cert=tmp_path / "nowhere"),
        replace(route, client_key=authority.issue("other").key),
    ):
        assert codes(walked(broken)) == {"own_certificate": ["K-407"]}


def test_an_own_certificate_that_has_expired_or_ends_soon_is_told_with_its_days(
    secure: Callable[..., Route],
) -> None:
    assert codes(walked(secure(own_days=-2))) == {"own_certificate": ["K-408"]}
    soon = walked(secure(own_days=3))
    assert codes(soon) == {"own_certificate": ["K-409"]}
    assert measured(soon["own_certificate"]) == {"days_left": 2}
    assert soon["health"].verdict is Verdict.WELL


def test_a_kiosk_whose_certificate_the_backend_refuses_is_told_so(
    secure: Callable[..., Route], tmp_path: Path
) -> None:
    route = secure()
    stranger = Authority(tmp_path, "stranger", days=LONG).issue("strange-kiosk", days=LONG)
    route = replace(route, client_cert=stranger.cert, client_key=stranger.key)
    assert codes(walked(route)) == {"health": ["K-410"]}
    nobody = replace(route, client_cert=None, client_key=None)
    assert codes(walked(nobody)) == {"health": ["K-410"]}


def test_what_does_not_speak_tls_gives_no_secure_connection(
    plain: ReferenceBackend, authority: Authority
) -> None:
    url = plain.url.replace("http:", "https:")
    route = Route(url, "0001", connect_timeout_s=0.3, ca_file=authority.paper.cert)
    assert codes(walked(route)) == {"certificate": ["K-411"]}


def test_a_handshake_that_is_never_answered_ends_at_its_deadline(authority: Authority) -> None:
    done = Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept_and_say_nothing() -> None:
            with listening.accept()[0]:
                done.wait()

        silent = Thread(target=accept_and_say_nothing)
        silent.start()
        url = f"https://127.0.0.1:{listening.getsockname()[1]}"
        found = walked(Route(url, "0001", connect_timeout_s=0.2, ca_file=authority.paper.cert))
        done.set()
        silent.join()
    assert codes(found) == {"certificate": ["K-411"]}


@pytest.mark.parametrize(
    ("fault", "code"),
    [(NeverAnswer(), "K-412"), (busy(), "K-413"), (captive_portal(), "K-414"), (unauthorised(), "K-410")],
)
def test_a_backend_that_is_silent_busy_or_another_is_told_as_that(
    plain: ReferenceBackend, fault: object, code: str
) -> None:
    plain.faults.set(fault)
    found = walked(Route(plain.url, "0001", total_timeout_s=0.3))
    assert codes(found) == {"health": [code]}
    assert skipped(found)[-2:] == ["latency", "clock"]


def test_a_slow_backend_is_noted_and_its_clock_still_compared(plain: ReferenceBackend) -> None:
    plain.faults.set(Slow(0.05))
    found = walked(Route(plain.url, "0001"), slow_ms=40)
    assert codes(found) == {"latency": ["K-415"]}
    assert found["clock"].verdict is Verdict.WELL


def test_a_clock_far_from_the_backends_is_told_with_the_difference(plain: ReferenceBackend) -> None:
    plain.skew_clock(timedelta(minutes=10))
    found = walked(Route(plain.url, "0001"))
    assert codes(found) == {"clock": ["K-416"]}
    assert measured(found["clock"])["offset_s"] in {599, 600, 601}
