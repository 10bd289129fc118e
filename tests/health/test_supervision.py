"""A window that hangs is noticed: systemd hears of turns and of nothing else. And starts are counted."""

import os
import re
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.health import starts
from kiosk.health.starts import Starts
from kiosk.health.supervisor import Supervisor
from offline_queue import write_new_key_file

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "deploy" / "xinxiang-kiosk.service"
FONTS = Path(sys.prefix) / "share" / "fonts"


class Systemd:
    """The other end of the notify socket."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))

    def heard(self, within_s: float = 0.0) -> list[str]:
        """Return what has been told, waiting for the first word so long."""
        told = []
        while select.select([self._socket], [], [], 0.0 if told else within_s)[0]:
            told.append(self._socket.recv(4096).decode())
        return told

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[Systemd]:
    systemd = Systemd(tmp_path / "notify")
    yield systemd
    systemd.close()


class Steady:
    """Seconds in a hand."""

    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


def test_the_first_turn_says_that_the_window_stands_and_turns_ping_in_time(systemd: Systemd) -> None:
    steady = Steady()
    supervisor = Supervisor.of_environment(
        {"NOTIFY_SOCKET": str(systemd.path), "WATCHDOG_USEC": "15000000", "WATCHDOG_PID": "1"}, steady
    )
    assert systemd.heard() == []
    supervisor.turned()
    assert systemd.heard() == ["READY=1", "WATCHDOG=1"]
    for _ in range(30 * 14):  # fourteen seconds of turns
        steady.now += 1 / 30
        supervisor.turned()
    assert systemd.heard() == ["WATCHDOG=1"] * 2
    supervisor.stopping()
    assert systemd.heard() == ["STOPPING=1"]
    supervisor.close()


def test_time_without_a_turn_tells_nothing(systemd: Systemd) -> None:
    steady = Steady()
    supervisor = Supervisor(str(systemd.path), 15.0, steady)
    supervisor.turned()
    systemd.heard()
    steady.now += 3600
    assert systemd.heard() == []
    supervisor.turned()
    assert systemd.heard() == ["WATCHDOG=1"]
    supervisor.close()


def test_an_abstract_socket_is_spoken_to_as_well() -> None:
    name = f"kiosk-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind("\0" + name)
        supervisor = Supervisor("@" + name, None, Steady())
        supervisor.turned()
        assert listening.recv(100) == b"READY=1"
        supervisor.close()


def test_a_supervisor_that_is_gone_or_was_never_there_stops_nothing(systemd: Systemd) -> None:
    for address in (str(systemd.path.with_name("nobody")), ""):
        supervisor = Supervisor(address, 1.0, Steady())
        supervisor.turned()
        supervisor.stopping()
        supervisor.close()


@pytest.mark.window
def test_a_real_window_pings_until_its_loop_hangs_and_the_next_start_counts_it(
    systemd: Systemd, tmp_path: Path
) -> None:
    write_new_key_file(tmp_path / "outbox.key")
    toml = tmp_path / "kiosk.toml"
    toml.write_text(
        f'[kiosk]\nid = "0012"\nsite = "hall"\ndata_dir = "{tmp_path / "data"}"\n'
        f'[display]\nwidth = 540\nheight = 960\nfonts_dir = "{FONTS}"\n[backend]\nurl = "http://127.0.0.1:9"\n'
        f'[id_card_reader]\nport = "{tmp_path / "none"}"\n[receipt_printer]\nport = "{tmp_path / "other"}"\n'
        f'[outbox]\nkey_file = "{tmp_path / "outbox.key"}"\n[voice]\nenabled = false\n',
        encoding="utf-8",
    )
    environment = {**os.environ, "NOTIFY_SOCKET": str(systemd.path), "WATCHDOG_USEC": "300000"}
    command = [sys.executable, str(Path(__file__).with_name("hanging_window.py")), str(toml)]

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            command, env=environment, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    with start() as kiosk:
        assert systemd.heard(within_s=60)[0] == "READY=1"
        assert "WATCHDOG=1" in systemd.heard(within_s=10)
        assert kiosk.stdin is not None
        assert kiosk.stdout is not None
        kiosk.stdin.write("hang\n")
        kiosk.stdin.flush()
        assert kiosk.stdout.readline() == "hanging\n"
        systemd.heard()
        assert systemd.heard(within_s=0.9) == []  # three periods of the watchdog
        kiosk.kill()  # as systemd does then
    assert Starts.read(tmp_path / "data") == Starts(starts=1, unasked=0, running=True)

    with start() as kiosk:
        assert systemd.heard(within_s=60)[0] == "READY=1"
        kiosk.send_signal(signal.SIGHUP)  # as xinit does when systemd ends it
        assert kiosk.wait(20) == 0
    assert "STOPPING=1" in systemd.heard()
    assert Starts.read(tmp_path / "data") == Starts(starts=2, unasked=1, running=False, last_was_unasked=True)


def test_starts_and_unasked_ends_survive_and_a_spoilt_file_costs_only_the_counts(tmp_path: Path) -> None:
    assert starts.begin(tmp_path) == Starts(1, 0, True, False)
    starts.end(tmp_path)
    assert starts.begin(tmp_path) == Starts(2, 0, True, False)
    assert starts.begin(tmp_path) == Starts(3, 1, True, True)
    (tmp_path / starts.FILE).write_text('{"starts": "many"')
    assert starts.begin(tmp_path) == Starts(1, 0, True, False)


def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    # The X server is no part of the tests' machine; everything else is judged as it stands.
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace("/usr/bin/xinit ", f"{sys.executable} "))
    ran = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_watchdog_waits_longer_than_anything_the_loop_may_take() -> None:
    told = dict(line.split("=", 1) for line in UNIT.read_text().splitlines() if re.match(r"[A-Z]\w*=", line))
    assert (told["Type"], told["NotifyAccess"], told["Restart"]) == ("notify", "all", "always")
    assert int(told["WatchdogSec"]) >= 10
    assert told["LimitCORE"] == "0"
