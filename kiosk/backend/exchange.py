"""One HTTP request and its whole answer, within one deadline, sent once.

Nothing of the environment counts (proxies, .netrc, CA bundles), no cookie is kept, no redirect is
followed, no answer is read past a bound, and nothing is repeated.
"""

import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from threading import Lock
from urllib.parse import urlencode

import requests
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.exceptions import HTTPError, NameResolutionError

from kiosk.backend.errors import BackendAnswerLost, BackendError, BackendNonsense, BackendUnreachable
from kiosk.backend.line import Calls, Connections, DeadlinePassed
from kiosk.backend.reply import ANSWER_TYPE, Reply

PUBLIC_AUTHORITIES = Path(DEFAULT_CA_BUNDLE_PATH)  # trusted where no authority is configured
LONGEST_ANSWER = 1_000_000  # bytes; a full page of contributions is some 30 kB
AT_ONCE = 16  # calls, those included that nobody waits for any more
IDLE_S = 4.0  # a connection kept longer may be closed by the other side just when the next order goes out


class Exchange:
    """The way to one backend. May be used by several threads: each call has a connection to itself."""

    def __init__(
        self,
        url: str,
        *,
        connect_timeout_s: float,
        ca_file: Path | None,
        client_cert: Path | None,
        client_key: Path | None,
    ) -> None:
        self._url = url.rstrip("/")
        self._connect_timeout_s = connect_timeout_s
        self._verify = str(ca_file) if ca_file else True
        self._cert = (str(client_cert), str(client_key)) if client_cert and client_key else None
        self._idle: deque[tuple[float, _Line]] = deque()
        self._calls = Calls(AT_ONCE)

    def send(
        self,
        method: str,
        path: str,
        *,
        within_s: float,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        """Send a request and return what came back, whatever it says.

        Raises BackendUnreachable, BackendAnswerLost once any of the body has gone out, BackendNonsense for
        an answer without end or in another encoding.
        """
        sent = None if body is None else _Body(body)
        head = {
            "Accept": ANSWER_TYPE,
            "Accept-Encoding": "identity",
            "User-Agent": "kiosk",
            **(headers or {}),
        }
        if sent is not None:
            head["Content-Type"] = ANSWER_TYPE
        address = self._url + path + (f"?{urlencode(query)}" if query else "")
        request = requests.Request(method, address, headers=head, data=sent).prepare()
        timeouts_s = (self._connect_timeout_s, max(within_s, 0.001))
        line = self._free_line()
        try:
            reply = self._calls.within(within_s, lambda: line.send(request, timeouts_s))
        except (DeadlinePassed, requests.RequestException, HTTPError, OSError, ValueError) as failure:
            line.close()
            if sent is not None and sent.withdraw():
                raise BackendAnswerLost from None
            raise BackendUnreachable(_why(failure)) from None
        except BackendError:
            line.close()
            raise
        self._idle.append((time.monotonic(), line))
        return reply

    def close(self) -> None:
        """Let all kept connections go."""
        while self._idle:
            self._idle.pop()[1].close()

    def _free_line(self) -> "_Line":
        while True:
            try:
                used_at, line = self._idle.pop()
            except IndexError:
                return _Line(self._verify, self._cert)
            if time.monotonic() - used_at <= IDLE_S:
                return line
            line.close()


class _Line:
    """One kept connection, used by one call at a time."""

    def __init__(self, verify: bool | str, cert: tuple[str, str] | None) -> None:
        self._verify = verify
        self._cert = cert
        self._connections = Connections()
        # An adapter without a session around it: no cookies, no redirects, nothing of the environment.
        self._adapter = HTTPAdapter(pool_connections=1, pool_maxsize=1, max_retries=0)
        self._adapter.poolmanager.pool_classes_by_scheme = self._connections.pool_classes

    def send(self, request: requests.PreparedRequest, timeouts_s: tuple[float, float]) -> Reply:
        """Send a request and read the whole answer. Raises what requests raises, and BackendNonsense."""
        response = self._adapter.send(
            request, stream=True, timeout=timeouts_s, verify=self._verify, cert=self._cert
        )
        headers = {name.lower(): value for name, value in response.headers.items()}
        if headers.get("content-encoding", "identity") != "identity":
            raise BackendNonsense("content_encoding")
        body = bytearray()
        for chunk in response.iter_content(16 * 1024):
            body += chunk
            if len(body) > LONGEST_ANSWER:
                raise BackendNonsense("too_long")
        return Reply(response.status_code, headers, bytes(body))

    def close(self) -> None:
        """Let the connection go, and end the call that may still be on it."""
        self._connections.cut()
        with suppress(OSError):
            self._adapter.close()


class _Body(BytesIO):
    """What is told, knowing whether any of it has gone out; and none goes out once it is withdrawn."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._lock = Lock()
        self._begun = self._withdrawn = False

    def read(self, size: int | None = -1, /) -> bytes:
        """Hand out the next piece for the wire."""
        with self._lock:
            if self._withdrawn:
                raise OSError("withdrawn")
            self._begun = True
        return super().read(size)

    def withdraw(self) -> bool:
        """Let no more of it go out. Returns whether some already has."""
        with self._lock:
            self._withdrawn = True
            return self._begun


def _why(failure: Exception) -> str:
    cause = getattr(failure.args[0], "reason", None) if failure.args else None
    if isinstance(cause, NameResolutionError):
        return "name"
    if isinstance(failure, requests.exceptions.SSLError):
        return "tls"
    if isinstance(failure, DeadlinePassed | requests.exceptions.ReadTimeout):
        return "timeout"
    return "connect"
