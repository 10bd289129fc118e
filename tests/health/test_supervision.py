"""A window that hangs is noticed: systemd hears of turns and of nothing else. And starts are counted."""

import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from drivers.emulators.id_card_reader import IdCardReaderEmulator
from drivers.emulators.pty_host import PtyHost
from kiosk.health import starts
from kiosk.health.starts import Starts
from kiosk.health.supervisor import Supervisor
from offline_queue import write_new_key_file
from tests.health.little_systemd import LittleSystemd

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


def in_service(port: int) -> bool:
    """Whether the kiosk's own page of health says that it serves."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return json.loads(answer.read())["mode"] == "InService"
    except OSError:
        return False


@pytest.mark.window
def test_a_window_that_hangs_is_ended_and_started_again_and_comes_into_service(tmp_path: Path) -> None:
    write_new_key_file(tmp_path / "outbox.key")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    toml = tmp_path / "kiosk.toml"
    toml.write_text(
        f'[kiosk]\nid = "0012"\nsite = "hall"\ndata_dir = "{tmp_path / "data"}"\n'
        f'[display]\nwidth = 540\nheight = 960\nfonts_dir = "{FONTS}"\n'
        f'[backend]\nurl = "http://127.0.0.1:9"\n[id_card_reader]\nport = "{tmp_path / "reader"}"\n'
        f'[receipt_printer]\nport = "{tmp_path / "other"}"\n'
        f'[outbox]\nkey_file = "{tmp_path / "outbox.key"}"\n[voice]\nenabled = false\n'
        f"[metrics]\nenabled = true\nport = {port}\n",
        encoding="utf-8",
    )
    command = [sys.executable, str(Path(__file__).with_name("hanging_window.py")), str(toml)]
    with PtyHost(IdCardReaderEmulator(), tmp_path / "reader"):
        little = LittleSystemd(tmp_path, command, 1.0, {**os.environ, "PYTHONPATH": str(ROOT)})
        try:
            little.serve_until(lambda: "WATCHDOG=1" in little.heard[0] and in_service(port))
            first = little.main
            assert first.stdin is not None
            first.stdin.write("hang\n")
            first.stdin.flush()
            little.serve_until(lambda: len(little.heard) == 2)
            assert little.ended_for_silence == 1, "the first run was ended because it was silent"
            assert first.stdout is not None
            assert first.stdout.read() == "hanging\n"
            little.serve_until(lambda: "WATCHDOG=1" in little.heard[1] and in_service(port))
            assert Starts.read(tmp_path / "data") == Starts(2, unasked=1, running=True, last_was_unasked=True)
            os.kill(little.kiosk(), signal.SIGHUP)  # as xinit does when systemd ends it
            little.serve_until(lambda: "STOPPING=1" in little.heard[1])
            assert little.main.wait(20) == 0
        finally:
            little.close()
    assert Starts.read(tmp_path / "data") == Starts(2, unasked=1, running=False, last_was_unasked=True)


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
