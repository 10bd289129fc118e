"""The room the virtual card's pcscd lives in: a process that owns the namespaces, pcscd, and the door.

Run by `drivers.emulators.pcscd.VirtualPcscd`, never by hand. It does what its owner says over a socket pair,
one packet a request, one an answer, and goes, with its pcscd, when the owner is gone.

    start | stop | kill | stall | resume | plug in | unplug  ->  "ok"
    pid                                                      ->  "ok" and the process id of pcscd
    slot N                                                   ->  "ok" and a connection to that slot of vpcd

A TCP connection belongs to the namespace it was made in, whoever holds it. So the room connects to vpcd and
hands the connection out through the door; the bytes of the card then take no detour.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

RUN_DIRECTORY: Final = Path("/run/pcscd")
"""Compiled into pcscd: its socket and its process id lie there."""
FIRST_PORT: Final = 35963
SLOTS: Final = 2
"""Of each reader; compiled into vpcd."""
MOST_READERS: Final = 8
"""pcscd 1.9.9 holds sixteen slots."""
READY_WITHIN_S: Final = 10.0
END_WITHIN_S: Final = 1.0

VPCD: Final = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
_READER_CONF = """\
FRIENDLYNAME "{name}"
DEVICENAME   /dev/null:{port:#x}
LIBPATH      {driver}
CHANNELID    {port:#x}
"""


def reader_name(number: int) -> str:
    """Return what pcscd calls a reader; the numbers of reader and slot, always "00 0N", follow."""
    return "Virtual PCD" if number == 0 else f"Virtual PCD {number}"


class Room:
    """pcscd with virtual readers of two slots each. `directory` takes what it writes."""

    def __init__(self, directory: Path, readers: int = 1, driver: Path = VPCD) -> None:
        self._directory = directory
        self._readers = readers
        self._driver = driver
        self._conf = directory / "reader.conf.d" / "vpcd"
        self._conf.parent.mkdir(exist_ok=True)
        self.plug_in()
        self._pcscd: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start pcscd and return once it answers and its reader's slots listen."""
        program = shutil.which("pcscd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if program is None or not self._driver.exists():
            raise OSError("pcscd or vpcd is missing: apt install pcscd vsmartcard-vpcd")
        if self._pcscd is not None:
            raise OSError("pcscd is running already")
        command = [program, "--foreground", "--critical", "--config", str(self._conf.parent)]
        self._pcscd = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603
        deadline = time.monotonic() + READY_WITHIN_S
        while not self._is_ready():
            if self._pcscd.poll() is not None:
                code, self._pcscd = self._pcscd.returncode, None
                raise OSError(f"pcscd ended at once with status {code}; is another one running?")
            if time.monotonic() > deadline:
                self.kill()
                raise OSError(f"pcscd was not ready within {READY_WITHIN_S:.0f} s")
            time.sleep(0.005)

    def stop(self) -> None:
        """Ask pcscd to end."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End pcscd without a chance to tidy up."""
        self._end(signal.SIGKILL)

    def stall(self) -> None:
        """Freeze pcscd: it is there and answers nobody."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a frozen pcscd go on."""
        self._signal(signal.SIGCONT)

    def unplug(self) -> None:
        """Take the readers away. pcscd notices at its next start: it reads reader.conf only once."""
        self._conf.unlink(missing_ok=True)

    def plug_in(self) -> None:
        """Put the readers back. pcscd notices at its next start."""
        entries = [
            _READER_CONF.format(
                name=reader_name(number), port=FIRST_PORT + number * SLOTS, driver=self._driver_of(number)
            )
            for number in range(self._readers)
        ]
        self._conf.write_text("".join(entries))

    @property
    def process_id(self) -> int:
        """The number of the pcscd that is running."""
        if self._pcscd is None:
            raise OSError("pcscd is not running")
        return self._pcscd.pid

    def connect(self, slot: int) -> socket.socket:
        """Return a connection to one slot of vpcd: a card that has just been inserted."""
        if not 0 <= slot < self._slots:
            raise OSError(f"there are slots 0 to {self._slots - 1}")
        return socket.create_connection(("127.0.0.1", FIRST_PORT + slot))

    @property
    def _slots(self) -> int:
        return self._readers * SLOTS

    def _driver_of(self, reader: int) -> Path:
        # vpcd keeps its slots in variables of the library, so each reader needs a library of its own.
        if reader == 0 or not self._driver.exists():
            return self._driver
        return Path(shutil.copy(self._driver, self._directory / f"vpcd-{reader}.so"))

    def _signal(self, number: signal.Signals) -> None:
        os.kill(self.process_id, number)

    def _end(self, how: signal.Signals) -> None:
        if self._pcscd is None:
            return
        self._pcscd.send_signal(how)
        # Reaped before anything else: a new pcscd refuses to start while the old one's number is taken.
        try:
            self._pcscd.wait(timeout=END_WITHIN_S)
        except subprocess.TimeoutExpired:  # frozen by `stall`
            self._pcscd.kill()
            self._pcscd.wait()
        self._pcscd = None

    def _is_ready(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            if probe.connect_ex(str(RUN_DIRECTORY / "pcscd.comm")) != 0:
                return False
        # Connecting to vpcd would insert a card, so look at the kernel's list instead.
        listening = {
            int(fields[1].rpartition(":")[2], 16)
            for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
            if (fields := line.split())[3] == "0A"
        }
        return not self._conf.exists() or listening >= set(range(FIRST_PORT, FIRST_PORT + self._slots))


def serve(door: socket.socket, room: Room) -> None:
    """Do what comes through the door until nobody holds its other end."""
    verbs = {
        "start": room.start,
        "stop": room.stop,
        "kill": room.kill,
        "stall": room.stall,
        "resume": room.resume,
        "plug in": room.plug_in,
        "unplug": room.unplug,
    }
    try:
        while request := door.recv(100).decode():
            try:
                if request in verbs:
                    verbs[request]()
                    door.send(b"ok")
                elif request == "pid":
                    door.send(f"ok {room.process_id}".encode())
                else:
                    with room.connect(int(request.removeprefix("slot "))) as connection:
                        socket.send_fds(door, [b"ok"], [connection.fileno()])
            except OSError as error:
                door.send(f"error {error}".encode())
    finally:
        room.stop()


def main() -> None:
    """Arguments: the door's descriptor, the directory, how many readers, whether namespaces are around us."""
    door, directory = socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2])
    readers, isolated = int(sys.argv[3]), sys.argv[4]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner, who then lets go of the door
    if isolated == "isolated":
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)  # noqa: S607
        if not RUN_DIRECTORY.exists():  # a plain user cannot make it
            subprocess.run(["mount", "-t", "tmpfs", "none", "/run"], check=True)  # noqa: S607
            RUN_DIRECTORY.mkdir()
        subprocess.run(["mount", "--bind", str(directory), str(RUN_DIRECTORY)], check=True)  # noqa: S603, S607
    else:
        RUN_DIRECTORY.mkdir(exist_ok=True)
    try:
        serve(door, Room(directory, readers))
    finally:
        shutil.rmtree(directory, ignore_errors=True)  # the owner may have been killed


if __name__ == "__main__":
    main()
