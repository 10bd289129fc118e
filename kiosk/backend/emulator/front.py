"""The front: what the kiosk connects to. Passes requests on to the backend, and commits faults on the way.

It stands where the network stands, so a fault is bytes on a wire and not a pretence in the application.
Only what an HTTP/1.1 client with Content-Length sends is understood; anything else ends the connection.
"""

import asyncio
import socket
import ssl
from asyncio import IncompleteReadError, LimitOverrunError, StreamReader, StreamWriter
from contextlib import suppress
from dataclasses import dataclass

from kiosk.backend.emulator.faults import Faults, HungUp

HOST = "127.0.0.1"
_BROKEN = (OSError, IncompleteReadError, LimitOverrunError, ValueError)


@dataclass(frozen=True, slots=True)
class _Message:
    """An HTTP message: its first line, and all of it as it goes over the wire."""

    first_line: str
    wire: bytes


class Front:
    """Listens on one port of the loopback, the same whenever it is open."""

    def __init__(self, backend_port: int, faults: Faults, *, port: int, tls: ssl.SSLContext | None) -> None:
        self._backend_port = backend_port
        self._faults = faults
        self._tls = tls
        # Keeps the port ours while nobody listens: connections are refused then, as by a dead backend.
        self._reserved = bound(port)
        self.port: int = self._reserved.getsockname()[1]
        self._server: asyncio.Server | None = None
        self._served: set[asyncio.Task[None]] = set()

    @property
    def is_open(self) -> bool:
        """Whether anybody listens."""
        return self._server is not None

    async def open(self) -> None:
        """Begin to listen."""
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, sock=bound(self.port), ssl=self._tls)

    async def close(self) -> None:
        """Stop listening, and cut every connection in the middle of whatever it does."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for task in tuple(self._served):
            task.cancel()
        await asyncio.gather(*self._served, return_exceptions=True)

    async def give_up(self) -> None:
        """Close for good, and let the port go."""
        await self.close()
        self._reserved.close()

    async def _serve(self, kiosk: StreamReader, to_kiosk: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._served.add(task)
        try:
            backend, to_backend = await asyncio.open_connection(HOST, self._backend_port)
            try:
                while await self._pass_on(kiosk, to_kiosk, backend, to_backend):
                    pass
            finally:
                to_backend.transport.abort()
            to_kiosk.close()
        except (*_BROKEN, HungUp, asyncio.CancelledError):
            to_kiosk.transport.abort()
        finally:
            self._served.discard(task)

    async def _pass_on(
        self, kiosk: StreamReader, to_kiosk: StreamWriter, backend: StreamReader, to_backend: StreamWriter
    ) -> bool:
        """Pass one request on and its answer back. Returns whether another may follow."""
        request = await _read(kiosk)
        if request is None:
            return False
        method, _, rest = request.first_line.partition(" ")
        path = rest.partition(" ")[0]

        async def ask() -> bytes:
            to_backend.write(request.wire)
            answer = await _read(backend, bodiless=method == "HEAD")
            if answer is None:
                raise HungUp
            return answer.wire

        async def say(content: bytes) -> None:
            to_kiosk.write(content)
            await to_kiosk.drain()

        fault = self._faults.next_for(method, path)
        if fault is None:
            await say(await ask())
            return True
        committing = asyncio.ensure_future(fault.commit(ask, say))
        leaving = asyncio.ensure_future(_until_it_leaves(kiosk))
        try:
            await asyncio.wait({committing, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if committing.done():
                committing.result()
            return not leaving.done()
        finally:
            committing.cancel()
            leaving.cancel()
            await asyncio.wait({committing, leaving})


async def _read(stream: StreamReader, *, bodiless: bool = False) -> _Message | None:
    """Return the next HTTP message; None when the other side has closed."""
    try:
        head = await stream.readuntil(b"\r\n\r\n")
    except IncompleteReadError as end:
        if end.partial:
            raise
        return None
    first_line, *fields = head.decode("latin-1").split("\r\n")
    length = 0
    for line in fields:
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            length = int(value)
        if name.lower() == "transfer-encoding":
            raise ValueError("only messages of a known length are passed on")
    body = b"" if bodiless else await stream.readexactly(length)
    return _Message(first_line, head + body)


async def _until_it_leaves(kiosk: StreamReader) -> None:
    """Return when the other side hangs up, or speaks out of turn."""
    with suppress(OSError):
        await kiosk.read(1)


def bound(port: int) -> socket.socket:
    """Return a socket on a port of the loopback (0: any) that others of ours may share."""
    # Only a socket that says it is TCP is given TCP_NODELAY by asyncio; without it each answer takes 40 ms.
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    opened.bind((HOST, port))
    return opened
