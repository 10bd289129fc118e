"""A call that ends in time: work on a thread of its own, and its connections cut when it outstays.

A read timeout is renewed by every byte that drips in, in the head of an answer as in its body, and a name
is looked up for as long as the resolver likes. So nothing below this file is trusted to come back.
"""

import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import TypeVar

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

T = TypeVar("T")


class DeadlinePassed(Exception):
    """The work was not done in time, and nobody waits for it any more."""


class Calls:
    """Calls with a deadline. What cannot be cut (a name being looked up, a TLS handshake) lives on for a
    while; at most `at_once` calls do, and those that find no room are not begun.
    """

    def __init__(self, at_once: int) -> None:
        self._room = BoundedSemaphore(at_once)

    def within(self, seconds: float, work: Callable[[], T]) -> T:
        """Do the work on a thread of its own, and return or raise what comes of it.

        Raises DeadlinePassed after so many seconds; cutting its connections brings the thread to its end.
        """
        if seconds <= 0 or not self._room.acquire(blocking=False):
            raise DeadlinePassed
        outcomes: SimpleQueue[T | _Raised] = SimpleQueue()

        def run() -> None:
            try:
                outcomes.put(work())
            except BaseException as error:  # noqa: BLE001  raised again where it is waited for
                outcomes.put(_Raised(error))
            finally:
                self._room.release()

        Thread(target=run, name="backend-call", daemon=True).start()
        try:
            outcome = outcomes.get(timeout=seconds)
        except Empty:
            raise DeadlinePassed from None
        if isinstance(outcome, _Raised):
            raise outcome.error
        return outcome


class _Raised:
    def __init__(self, error: BaseException) -> None:
        self.error = error


class Connections:
    """The sockets a pool of urllib3 has opened, so that they can be cut from outside."""

    def __init__(self) -> None:
        # Sockets, not connections: those forget a socket whose answer they still read to its end.
        opened: list[socket.socket] = []

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                opened.append(self.sock)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                opened.append(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self._opened = opened
        self.pool_classes: Mapping[str, type[HTTPConnectionPool]] = {"http": PlainPool, "https": SecurePool}

    def cut(self) -> None:
        """End what is being read or written on them, from any thread."""
        for opened in tuple(self._opened):
            with suppress(OSError):
                # Not SSLSocket.shutdown: it would take the TLS state away under the reading thread.
                socket.socket.shutdown(opened, socket.SHUT_RDWR)
