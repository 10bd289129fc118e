"""As much of systemd as the unit asks for, where there is none: it hears sd_notify, ends what is silent, and
starts what has ended.

    Type=notify  NotifyAccess=all  WatchdogSec  KillMode=mixed  Restart=always

(systemd.service(5), sd_notify(3)). It speaks the real protocol: datagrams on $NOTIFY_SOCKET, each with the
credentials the kernel puts beside it.
As under xinit the main process is not the one that speaks: the command runs as the child of a shell.
"""

import os
import signal
import socket
import struct
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

_SHELL = ("sh", "-c", '"$@"; exit $?', "sh")
_CREDENTIALS = struct.Struct("3i")  # pid, uid, gid: struct ucred, unix(7)


class LittleSystemd:
    """`heard` is what each run has said, run by run. The watchdog is `period_s`."""

    def __init__(
        self, folder: Path, command: list[str], period_s: float, environment: Mapping[str, str]
    ) -> None:
        self.heard: list[list[str]] = []
        self.ended_for_silence = 0
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self._socket.bind(str(folder / "notify"))
        self._socket.settimeout(0.05)
        self._command = [*_SHELL, *command]
        self._period_s = period_s
        self._environment = {
            **environment,
            "NOTIFY_SOCKET": str(folder / "notify"),
            "WATCHDOG_USEC": str(int(period_s * 1e6)),
            "WATCHDOG_PID": "1",
        }
        self._pinged_at_s = 0.0
        self.main = self._started()

    def serve_until(self, so: Callable[[], bool], within_s: float = 60.0) -> None:
        """Do what systemd does until something is so."""
        until_s = time.monotonic() + within_s
        while not so():
            assert time.monotonic() < until_s, self.heard
            self._hear()
            if "READY=1" in self.heard[-1] and time.monotonic() - self._pinged_at_s > self._period_s:
                self.ended_for_silence += 1
                self._end(signal.SIGABRT)
            if self.main.poll() is not None:
                self.main = self._started()

    def kiosk(self) -> int:
        """Return the process that speaks: the shell's child."""
        children = Path(f"/proc/{self.main.pid}/task/{self.main.pid}/children").read_text(encoding="utf-8")
        return int(children.split()[0])

    def close(self) -> None:
        """End what still runs."""
        self._end(signal.SIGTERM)
        self._socket.close()

    def _started(self) -> "subprocess.Popen[str]":
        self.heard.append([])
        return subprocess.Popen(
            self._command, env=self._environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip

    def _hear(self) -> None:
        try:
            told, beside, _, _ = self._socket.recvmsg(4096, socket.CMSG_SPACE(_CREDENTIALS.size))
        except TimeoutError:
            return
        pid, _, _ = _CREDENTIALS.unpack(beside[0][2])
        with suppress(ProcessLookupError):  # it has ended since
            if os.getpgid(pid) == self.main.pid:  # NotifyAccess=all: any process of the unit
                self.heard[-1] += told.decode().splitlines()
                self._pinged_at_s = time.monotonic()

    def _end(self, number: int) -> None:
        """KillMode=mixed: the main process is told, and what is left after it is killed."""
        if self.main.poll() is None:
            self.main.send_signal(number)
            self.main.wait()
        with suppress(ProcessLookupError):
            os.killpg(self.main.pid, signal.SIGKILL)
