"""A real pcscd of our own, with virtual readers of two slots each, reachable by nobody else.

It lives in a room of its own (`drivers.emulators.pcscd_room`), so the process that starts it stays where
it is: same network, same display, no re-exec. Who shall use this pcscd and not the machine's finds it
through one variable of the environment, which libpcsclite reads when it is first used:

    PCSCLITE_CSOCK_NAME=<directory>/pcscd.comm  kiosk run | pcsc_scan | scriptor | ...
"""

import fcntl
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import IO, Final, Self

from drivers.emulators.pcscd_room import MOST_READERS, RUN_DIRECTORY, SLOTS, reader_name
from drivers.emulators.sandbox import isolation

SOCKET_VARIABLE: Final = "PCSCLITE_CSOCK_NAME"
USER_SLOT: Final = "Virtual PCD 00 00"
PSAM_SLOT: Final = "Virtual PCD 00 01"

TURN_FILE: Final = Path(tempfile.gettempdir(), "virtual-pcscd.turn")
TURN_WITHIN_S: Final = 150.0
"""Without namespaces a machine has one pcscd, and whoever wants it waits so long for the others."""

_log = logging.getLogger(__name__)


def slot_name(slot: int) -> str:
    """Return the name under which pcscd lists a slot, counted through all readers."""
    return f"{reader_name(slot // SLOTS)} 00 {slot % SLOTS:02}"


class PcscdUnavailable(Exception):
    """This machine cannot run the pcscd asked for. The message says why, and what to install or allow."""


def link_of_this_process() -> Path:
    """Return where this process looks for its pcscd: a link, because libpcsclite reads the path only once."""
    return Path(tempfile.gettempdir(), f"pcscd-of-{os.getpid()}.comm")


class VirtualPcscd:
    """Owns the room. `start` it, use its hands, and `close` it; as a context it starts and closes by itself.

    One of its `readers` is what a kiosk has; up to eight share the work of a long soak. Raises
    `PcscdUnavailable` when it cannot be made, and from every verb that failed.
    """

    def __init__(self, readers: int = 1) -> None:
        if not 0 < readers <= MOST_READERS:
            raise ValueError(f"pcscd holds 1 to {MOST_READERS} readers of {SLOTS} slots")
        prefix = isolation()
        if prefix is None:
            if os.geteuid() != 0:
                raise PcscdUnavailable("neither root, nor may this user make user namespaces")
            _log.warning("namespaces refused: vpcd listens on every interface of this machine")
        self.isolated = prefix is not None
        self._turn = None if self.isolated else _turn()
        self._directory = Path(tempfile.mkdtemp(prefix="virtual-pcscd-"))
        self.socket_path = (self._directory if self.isolated else RUN_DIRECTORY) / "pcscd.comm"
        self._door, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            room = (sys.executable, "-m", "drivers.emulators.pcscd_room", str(theirs.fileno()))
            where = "isolated" if self.isolated else "open"
            self._room = subprocess.Popen(  # noqa: S603
                [*(prefix or ()), *room, str(self._directory), str(readers), where],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        self._asking = Lock()
        self._links: list[Path] = []

    def __enter__(self) -> Self:
        try:
            self.start()
        except PcscdUnavailable:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def environment(self) -> dict[str, str]:
        """What another process needs in its environment to use this pcscd."""
        return {SOCKET_VARIABLE: str(self.socket_path)}

    def link_at(self, path: Path) -> None:
        """Let `path` lead to the socket of this pcscd until it is closed, in place of whatever it led to."""
        path.unlink(missing_ok=True)
        path.symlink_to(self.socket_path)
        self._links.append(path)

    def use_in_this_process(self) -> None:
        """Make PC/SC in this process, and in those it starts from now on, mean this pcscd.

        The next `VirtualPcscd` of the process can take over. To be called before PC/SC is first used.
        """
        path = link_of_this_process()
        self.link_at(path)
        os.environ[SOCKET_VARIABLE] = str(path)

    def start(self) -> None:
        """Start pcscd; on return it is ready."""
        self._do("start")

    def stop(self) -> None:
        """End pcscd in good order."""
        self._do("stop")

    def kill(self) -> None:
        """End pcscd as a crash does."""
        self._do("kill")

    def stall(self) -> None:
        """Freeze pcscd: it answers nobody until `resume`."""
        self._do("stall")

    def resume(self) -> None:
        """Let a frozen pcscd go on."""
        self._do("resume")

    def unplug(self) -> None:
        """Take the readers away, for the next start of pcscd. (A running one does not look.)"""
        self._do("unplug")

    def plug_in(self) -> None:
        """Put the readers back, for the next start of pcscd."""
        self._do("plug in")

    def open_slot(self, slot: int) -> socket.socket:
        """Return a connection to slot 0 (the citizen's card), 1 (the PSAM), ...: a card put in there."""
        with self._asking:
            self._door.send(f"slot {slot}".encode())
            answer, descriptors, _, _ = socket.recv_fds(self._door, 1000, 1)
        _said(answer)
        return socket.socket(fileno=descriptors[0])

    def close(self) -> None:
        """End pcscd and everything around it. May be called again."""
        self._door.close()
        self._room.wait()
        shutil.rmtree(self._directory, ignore_errors=True)
        for link in self._links:
            if link.is_symlink() and link.readlink() == self.socket_path:
                link.unlink()
        if self._turn is not None:
            self._turn.close()

    @property
    def process_id(self) -> int:
        """The number of the pcscd that is running; another one after every start."""
        return int(self._do("pid"))

    def _do(self, verb: str) -> str:
        with self._asking:
            self._door.send(verb.encode())
            answer = self._door.recv(1000)
        return _said(answer)


def _turn() -> IO[str]:
    """Wait for the machine's only pcscd to be free; it is taken until the file is closed."""
    turn = TURN_FILE.open("a")
    give_up_at = time.monotonic() + TURN_WITHIN_S
    while True:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > give_up_at:
                turn.close()
                raise PcscdUnavailable(
                    "another virtual pcscd runs, and this machine refuses namespaces"
                ) from None
            time.sleep(0.1)
        else:
            return turn


def _said(answer: bytes) -> str:
    """Return what stands after the "ok" of an answer."""
    if not answer:
        raise PcscdUnavailable("the room pcscd lives in fell down")
    verdict, _, said = answer.decode().partition(" ")
    if verdict != "ok":
        raise PcscdUnavailable(said)
    return said
