"""A Unix socket through which another process on this machine asks for something to be done.

One JSON object per line: `{"do": "place", "args": {"persona": "wang-xiuying"}}` is answered by
`{"ok": true, ...}` or `{"ok": false, "error": "..."}`; `{"do": "hands"}` lists what can be done. So a test
in any language, a shell with `socat`, or a window with buttons drives the same emulator; and the command line
asks a running kiosk in the same way.

The socket is its owner's alone, 0600 from the moment it exists: who can place a card can act as a citizen.
"""

import inspect
import json
import os
import socket
import socketserver
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from threading import Thread
from types import NoneType, TracebackType, UnionType
from typing import Self, Union, get_args, get_origin

Answer = Mapping[str, object]
Hands = Mapping[str, Callable[..., Answer | None]]
"""Verb to function. Arguments are str, int, float or bool, by name; the answer is what JSON can carry."""

_MAX_LINE = 65_536


class RequestRefused(Exception):
    """The other end understood the request and said no; the message is its reason."""


_NOTICE_CLOSE_S = 0.25  # requests are heard at once; only closing waits for so long


class ControlSocket:
    """Serves `hands` at `path` on a thread of its own until closed.

    Raises `OSError` (EADDRINUSE) when a living process already serves there; a socket left by a dead one is
    replaced.
    """

    def __init__(self, path: Path, hands: Hands) -> None:
        self.path = path
        _remove_dead_socket(path)
        self._server = _Server(path, hands)
        serve = partial(self._server.serve_forever, _NOTICE_CLOSE_S)
        self._thread = Thread(target=serve, name=f"control {path.name}", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop serving and remove the socket."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self.path.unlink(missing_ok=True)


def ask(path: Path, verb: str, within_s: float = 10.0, /, **args: str | float | bool) -> dict[str, object]:
    """Use one hand of whoever serves at `path` and return its answer, without the `ok`.

    A silence of `within_s` seconds is an `OSError`.

    Raises `RequestRefused` with the reason, and `OSError` when nobody serves there.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(within_s)
        connection.connect(str(path))
        connection.sendall(json.dumps({"do": verb, "args": args}).encode() + b"\n")
        line = connection.makefile("rb").readline(_MAX_LINE)
    answer = json.loads(line) if line else {"ok": False, "error": "no answer"}
    if not answer.pop("ok"):
        raise RequestRefused(str(answer.get("error")))
    return dict(answer)


def answer_line(hands: Hands, line: bytes) -> dict[str, object]:
    """Do what one request line asks and return the answer object. Never raises."""
    try:
        verb, args = _parse(line)
        if verb == "hands":
            return {"ok": True, "hands": {name: str(inspect.signature(do)) for name, do in hands.items()}}
        if verb not in hands:
            raise ValueError(f"unknown verb {verb!r}; there are {', '.join(['hands', *hands])}")
        do = hands[verb]
        _check_arguments(do, args)
        return {"ok": True, **(do(**args) or {})}
    except Exception as error:  # noqa: BLE001 - whoever asked must hear of it, and others may go on asking
        return {"ok": False, "error": f"{type(error).__name__}: {error}"}


def _parse(line: bytes) -> tuple[str, dict[str, object]]:
    request = json.loads(line)
    verb = request.get("do") if isinstance(request, dict) else None
    args = request.get("args", {}) if isinstance(request, dict) else None
    if not isinstance(verb, str) or not isinstance(args, dict):
        raise ValueError('a request is {"do": verb, "args": {name: value}}')
    return verb, args


def _check_arguments(do: Callable[..., Answer | None], args: dict[str, object]) -> None:
    bound = inspect.signature(do, eval_str=True).bind(**args)
    for name, value in bound.arguments.items():
        allowed = _simple_types(bound.signature.parameters[name].annotation)
        # In JSON 1 may stand for 1.0, but true is not a number.
        if type(value) not in allowed and not (type(value) is int and float in allowed):
            raise TypeError(f"{name} must be {' or '.join(t.__name__ for t in allowed)}")


def _simple_types(annotation: object) -> tuple[type, ...]:
    if get_origin(annotation) in (Union, UnionType):
        return tuple(t for part in get_args(annotation) for t in _simple_types(part))
    if annotation is None:
        return (NoneType,)
    if annotation in (str, int, float, bool, NoneType):
        assert isinstance(annotation, type)
        return (annotation,)
    raise TypeError(f"a hand cannot take {annotation}: it does not travel as JSON")


class _Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, path: Path, hands: Hands) -> None:
        self.hands = hands
        super().__init__(str(path), _Connection)

    def server_bind(self) -> None:
        # On Linux the mode of an unbound socket becomes the mode of the file: no moment with a wider one.
        os.fchmod(self.socket.fileno(), 0o600)
        super().server_bind()


class _Connection(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        while line := self.rfile.readline(_MAX_LINE):
            answer = answer_line(self.server.hands, line)
            try:
                # Backslashes are how JSON writes a character that has no UTF-8.
                said = json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace")
                self.wfile.write(said + b"\n")
            except (BrokenPipeError, ConnectionResetError):
                return


def _remove_dead_socket(path: Path) -> None:
    if not path.is_socket():
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()
