"""The way to the backend, step by step: the first step that fails is where to look.

    link -> name -> connection -> own certificate -> certificate -> health -> latency -> clock

Each step is a finding, yielded as it ends; those after a failed one are skipped, since they could only
fail with it. No step outstays its deadline, whatever the other side does, and nothing is told about
anybody: the only request made is the one for the backend's health.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from kiosk.backend import certificates
from kiosk.backend.certificates import Unusable
from kiosk.backend.client import BackendClient
from kiosk.backend.errors import BackendError
from kiosk.backend.line import Calls, DeadlinePassed
from kiosk.domain.faults import Part, fault_of
from kiosk.domain.findings import Finding, Measured, Verdict
from kiosk.domain.transaction import CLOCK_TOLERANCE_S

SOON_DAYS = 30  # of a certificate: long enough to have a new one issued
SLOW_MS = 2_000  # for a round trip that does nothing: a visit makes a dozen of them
INTERFACES = Path("/sys/class/net")
STEPS = (
    "backend.link", "backend.name", "backend.connection", "backend.own_certificate", "backend.certificate",
    "backend.health", "backend.latency", "backend.clock",
)  # fmt: skip
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Route:
    """Where the backend is, and what the kiosk shows it. The names are those of kiosk.toml."""

    url: str
    kiosk: str
    connect_timeout_s: float = 3.0
    total_timeout_s: float = 10.0
    ca_file: Path | None = None
    client_cert: Path | None = None
    client_key: Path | None = None


@dataclass(frozen=True, slots=True)
class _Met:
    """What a step came to. `skipped`: there was nothing to do."""

    causes: tuple[str, ...] = ()
    measured: tuple[Measured, ...] = ()
    skipped: bool = False


class _Failed(Exception):
    def __init__(self, cause: str, *measured: Measured) -> None:
        super().__init__(cause)
        self.met = _Met((cause,), measured)


def probe(
    route: Route, now: Callable[[], datetime], *, interfaces: Path = INTERFACES, slow_ms: int = SLOW_MS
) -> Iterator[Finding]:
    """Walk the way to the backend, and yield what each step finds. Raises nothing for what may fail."""
    way = _Way(route, now, interfaces, slow_ms)
    try:
        broken = False
        for name, step in zip(STEPS, way.steps(), strict=True):
            finding = Finding(name, skipped=True) if broken else _taken(name, step)
            broken = broken or finding.verdict is Verdict.FAILED
            yield finding
    finally:
        way.close()


def _taken(name: str, step: Callable[[], _Met]) -> Finding:
    began = time.monotonic()
    try:
        met = step()
    except _Failed as failed:
        met = failed.met
    faults = tuple(fault_of(Part.BACKEND, cause) for cause in met.causes)
    took_ms = round((time.monotonic() - began) * 1000)
    return Finding(name, faults, met.measured, took_ms, skipped=met.skipped)


class _Way:
    """The steps, and what each leaves for the next."""

    def __init__(self, route: Route, now: Callable[[], datetime], interfaces: Path, slow_ms: int) -> None:
        self._route = route
        self._now = now
        self._interfaces = interfaces
        self._slow_ms = slow_ms
        parts = urlsplit(route.url)
        self._host = parts.hostname or ""
        self._secure = parts.scheme == "https"
        self._port = parts.port or (443 if self._secure else 80)
        self._calls = Calls(at_once=2)
        self._addresses: list[tuple[str, int]] = []
        self._socket: socket.socket | None = None
        self._context: ssl.SSLContext | None = None
        self._offset_s = 0.0
        self._client = BackendClient(
            route.url, kiosk=route.kiosk, connect_timeout_s=route.connect_timeout_s,
            total_timeout_s=route.total_timeout_s, ca_file=route.ca_file,
            client_cert=route.client_cert, client_key=route.client_key,
        )  # fmt: skip

    def steps(self) -> tuple[Callable[[], _Met], ...]:
        """The steps in their order, as many as STEPS."""
        return (
            self._link, self._name, self._connection, self._own_certificate, self._certificate,
            self._health, self._latency, self._clock,
        )  # fmt: skip

    def close(self) -> None:
        """Let go of all connections."""
        self._client.close()
        if self._socket is not None:
            self._socket.close()

    def _link(self) -> _Met:
        if self._host in {"localhost", "127.0.0.1", "::1"}:
            return _Met(skipped=True)  # the same machine: no cable is on the way
        try:
            up = sorted(folder.name for folder in self._interfaces.iterdir() if _carries(folder))
        except OSError:
            raise _Failed("no_link") from None
        if not up:
            raise _Failed("no_link")
        return _Met(measured=(Measured("interfaces", " ".join(up)),))

    def _name(self) -> _Met:
        def look_up() -> list[tuple[str, int]]:
            found = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
            return list(dict.fromkeys((str(each[4][0]), int(each[4][1])) for each in found))

        try:
            self._addresses = self._calls.within(self._route.connect_timeout_s, look_up)
        except (OSError, UnicodeError, DeadlinePassed):
            raise _Failed("name") from None
        return _Met(measured=(Measured("address", self._addresses[0][0]),))

    def _connection(self) -> _Met:
        until = time.monotonic() + self._route.connect_timeout_s
        for address in self._addresses:
            left_s = until - time.monotonic()
            if left_s <= 0:
                break
            with suppress(OSError):
                self._socket = socket.create_connection(address, timeout=left_s)
                return _Met(measured=(Measured("address", address[0]),))
        raise _Failed("connect")

    def _own_certificate(self) -> _Met:
        cert, key = self._route.client_cert, self._route.client_key
        if not self._secure:
            return _Met(skipped=True)
        try:
            self._context = certificates.context(self._route.ca_file)
        except Unusable:
            raise _Failed("untrusted") from None
        if cert is None or key is None:
            return _Met(skipped=True)
        try:
            certificates.show_own(self._context, cert, key)
            days = certificates.days_left(certificates.ends_of_file(cert), self._now())
        except Unusable:
            raise _Failed("own_certificate_unusable") from None
        measured = Measured("days_left", days)
        if days < 0:
            raise _Failed("own_certificate_expired", measured)
        return _Met(("own_certificate_soon",) if days < SOON_DAYS else (), (measured,))

    def _certificate(self) -> _Met:
        context, connection = self._context, self._socket
        if context is None or connection is None:
            return _Met(skipped=True)

        def shake_hands() -> certificates.Chain:
            with context.wrap_socket(connection, server_hostname=self._host) as secured:
                return certificates.chain_of(secured)

        try:
            chain = self._calls.within(self._route.connect_timeout_s, shake_hands)
        except (DeadlinePassed, OSError, ValueError) as failure:
            raise _Failed(certificates.why(failure)) from None
        finally:
            _cut(connection)
        days = certificates.days_left(chain.ends, self._now())
        measured = (Measured("chain", " < ".join(chain.names)), Measured("days_left", days))
        return _Met(("certificate_soon",) if days < SOON_DAYS else (), measured)

    def _health(self) -> _Met:
        began = time.monotonic()
        try:
            theirs = self._client.health()
        except BackendError as error:
            raise _Failed("own_certificate_refused" if self._is_refused() else error.cause) from None
        half_way_s = (time.monotonic() - began) / 2
        self._offset_s = (theirs - self._now()).total_seconds() + half_way_s
        return _Met()

    def _is_refused(self) -> bool:
        """Whether the backend refuses the kiosk's certificate: TLS 1.3 says so only after the handshake."""
        context = self._context
        if context is None:
            return False

        def hear() -> bool:
            with (
                socket.create_connection(self._addresses[0], self._route.connect_timeout_s) as connection,
                context.wrap_socket(connection, server_hostname=self._host) as secured,
            ):
                try:
                    return secured.recv(1) == b""  # nothing was asked yet: it hung up on what it was shown
                except ConnectionResetError:
                    return True
                except OSError as failure:
                    return certificates.why(failure) == "own_certificate_refused"

        try:
            return self._calls.within(2 * self._route.connect_timeout_s, hear)
        except (DeadlinePassed, OSError):
            return False

    def _latency(self) -> _Met:
        began = time.monotonic()
        try:
            self._client.health()
        except BackendError as error:
            raise _Failed(error.cause) from None
        took_ms = round((time.monotonic() - began) * 1000)
        return _Met(("slow",) if took_ms > self._slow_ms else (), (Measured("latency_ms", took_ms),))

    def _clock(self) -> _Met:
        measured = Measured("offset_s", round(self._offset_s))
        if abs(self._offset_s) > CLOCK_TOLERANCE_S:
            raise _Failed("clock", measured)
        return _Met(measured=(measured,))


def _carries(interface: Path) -> bool:
    """Whether a network interface is up and has a carrier (Documentation/ABI/testing/sysfs-class-net)."""
    try:
        if (interface / "type").read_text().strip() == "772":  # ARPHRD_LOOPBACK
            return False
        return (interface / "carrier").read_text().strip() == "1"
    except OSError:  # EINVAL: it is down. ENOTDIR: no interface, but bonding_masters
        return False


def _cut(connection: socket.socket) -> None:
    # The handshake on the other thread ends only when its socket does.
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
