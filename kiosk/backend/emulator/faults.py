"""What can go wrong between kiosk and backend, on command.

A fault is committed by the front (front.py) on the requests it is set for. `ask` has the backend do the
work and returns its answer as it goes over the wire; `say` sends bytes to the kiosk.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Lock
from typing import Protocol, TypeAlias

from kiosk.backend.message import Code, Problem
from kiosk.backend.reply import ANSWER_TYPE, PROBLEM_TYPE

Ask: TypeAlias = Callable[[], Awaitable[bytes]]
Say: TypeAlias = Callable[[bytes], Awaitable[None]]


class HungUp(Exception):
    """The connection is to be cut here and now."""


class Fault(Protocol):
    """One way to go wrong."""

    async def commit(self, ask: Ask, say: Say) -> None:
        """Answer, or fail to. Raises HungUp."""


@dataclass(frozen=True, slots=True)
class Slow:
    """Does the work, and answers after a pause."""

    seconds: float

    async def commit(self, ask: Ask, say: Say) -> None:
        """Answer late."""
        answer = await ask()
        await asyncio.sleep(self.seconds)
        await say(answer)


@dataclass(frozen=True, slots=True)
class Drip:
    """Does the work, and lets the answer drip, head and all."""

    pause_s: float

    async def commit(self, ask: Ask, say: Say) -> None:
        """Answer byte by byte."""
        for byte in await ask():
            await say(bytes([byte]))
            await asyncio.sleep(self.pause_s)


@dataclass(frozen=True, slots=True)
class LoseAnswer:
    """Does the work, and hangs up after so many bytes of the answer."""

    after_bytes: int = 0

    async def commit(self, ask: Ask, say: Say) -> None:
        """Answer in part, or not at all."""
        await say((await ask())[: self.after_bytes])
        raise HungUp


@dataclass(frozen=True, slots=True)
class HangUp:
    """Does nothing, and hangs up."""

    async def commit(self, ask: Ask, say: Say) -> None:
        """Hang up."""
        raise HungUp


@dataclass(frozen=True, slots=True)
class NeverAnswer:
    """Is silent until the other side gives up; `works`: having done the work."""

    works: bool = False

    async def commit(self, ask: Ask, say: Say) -> None:
        """Keep the line open."""
        if self.works:
            await ask()
        await asyncio.get_running_loop().create_future()


@dataclass(frozen=True, slots=True)
class AnswerElse:
    """Gives this answer, whatever was asked; `works`: having done the work."""

    answer: bytes = field(repr=False)
    works: bool = False

    async def commit(self, ask: Ask, say: Say) -> None:
        """Answer something else."""
        if self.works:
            await ask()
        await say(self.answer)


@dataclass(frozen=True, slots=True)
class AnswerWithoutEnd:
    """Begins an answer and never ends it."""

    async def commit(self, ask: Ask, say: Say) -> None:
        """Answer and answer."""
        await say(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while True:
            await say(b"[" * 65536)


def http(status: int, content_type: str, body: bytes, **headers: str) -> bytes:
    """Return an answer as it goes over the wire."""
    fields = {"Content-Type": content_type, "Content-Length": str(len(body)), **headers}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n{head}\r\n".encode() + body


def server_error(status: int = 500, *, works: bool = False) -> AnswerElse:
    """An error page of a proxy or an application server."""
    page = b"<html><title>Error</title></html>"
    return AnswerElse(http(status, "text/html", page), works)


def busy(retry_after: str = "7") -> AnswerElse:
    """503, come back later."""
    content = Problem.of(Code.BUSY).model_dump_json().encode()
    return AnswerElse(http(503, PROBLEM_TYPE, content, Retry_After=retry_after))


def unauthorised() -> AnswerElse:
    """401: the kiosk's certificate is not known."""
    return AnswerElse(http(401, PROBLEM_TYPE, Problem.of(Code.UNAUTHORISED).model_dump_json().encode()))


def captive_portal() -> AnswerElse:
    """The network's own page, with status 200."""
    return AnswerElse(http(200, "text/html; charset=utf-8", "<html>请先登录网络</html>".encode()))


def garbage(*, works: bool = False) -> AnswerElse:
    """Bytes that call themselves JSON."""
    return AnswerElse(http(200, ANSWER_TYPE, b"\x00\xff{]\xfe" * 7), works)


def other_fields(*, works: bool = False) -> AnswerElse:
    """Good JSON that answers no question."""
    return AnswerElse(http(200, ANSWER_TYPE, b'{"result": "ok"}'), works)


def redirect(location: str) -> AnswerElse:
    """Go elsewhere."""
    return AnswerElse(http(302, "text/html", b"", Location=location))


@dataclass(slots=True)
class _Set:
    fault: Fault
    method: str
    path: str
    left: int | None


class Faults:
    """The faults that are set. May be used from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._set: list[_Set] = []

    def set(self, fault: Fault, *, path: str = "/", method: str = "", times: int | None = None) -> None:
        """Commit a fault on the requests whose path begins so: the next few, or until `clear`."""
        with self._lock:
            self._set.append(_Set(fault, method, path, times))

    def clear(self) -> None:
        """Let everything go well again."""
        with self._lock:
            self._set.clear()

    def next_for(self, method: str, path: str) -> Fault | None:
        """Return the fault to commit on a request, which uses it up once."""
        with self._lock:
            for each in self._set:
                if path.startswith(each.path) and each.method in {"", method} and each.left != 0:
                    if each.left is not None:
                        each.left -= 1
                    return each.fault
        return None
