"""The real pcscd on the workbench: private, punctual, and judged by two programs that are not ours."""

import os
import shutil
import socket
import subprocess
import sys
from contextlib import closing
from itertools import cycle
from pathlib import Path

import pytest

from drivers.control_socket import RequestRefused, ask
from drivers.emulators.card_reader import serve
from drivers.emulators.pcscd import SOCKET_VARIABLE, USER_SLOT, PcscdUnavailable, VirtualPcscd, slot_name
from drivers.emulators.pcscd_room import FIRST_PORT, Room
from drivers.emulators.personas import PERSONAS
from drivers.emulators.social_security_card import SocialSecurityCardEmulator
from drivers.emulators.vpcd import VirtualSlot
from drivers.social_security_card.card import SocialSecurityCard
from drivers.social_security_card.pcsc import PcscCardReader
from drivers.social_security_card.reader import CardInserted, ReaderConnected

PATIENCE_S = 10.0

pytestmark = pytest.mark.pcscd


def answers(pcscd: VirtualPcscd) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(pcscd.socket_path)) == 0


def listening_here() -> set[str]:
    """Return where somebody listens in this network: address and port in hexadecimal, as the kernel tells."""
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    return {local for _, local, _, state, *_ in rows if state == "0A"}


def test_several_run_side_by_side_and_none_is_reachable_over_the_network(pcscd):
    if not pcscd.isolated:
        pytest.skip("this machine refuses namespaces")
    with VirtualPcscd() as other:
        assert answers(pcscd)
        assert answers(other)
        assert f"00000000:{FIRST_PORT:X}" not in listening_here()


def test_it_starts_again_after_every_kind_of_end(pcscd):
    for end in (pcscd.stop, pcscd.kill, pcscd.stop):
        end()
        assert not answers(pcscd)
        pcscd.start()
        assert answers(pcscd)


def test_starting_it_twice_is_refused(pcscd):
    with pytest.raises(PcscdUnavailable, match="running already"):
        pcscd.start()


def test_sixteen_cards_lie_in_eight_readers_at_once():
    with VirtualPcscd(readers=8) as pcscd:
        pcscd.use_in_this_process()
        slots = [VirtualSlot(pcscd.open_slot, number) for number in range(16)]
        readers = [PcscCardReader(slot_name(number), transmit_timeout_s=1.0) for number in range(16)]
        for one, slot in zip(cycle(PERSONAS), slots, strict=False):
            slot.insert(SocialSecurityCardEmulator(one))
        for number, (one, reader) in enumerate(zip(cycle(PERSONAS), readers, strict=False)):
            assert reader.wait_for_change(PATIENCE_S) == ReaderConnected(slot_name(number))
            with closing(reader.connect(reader.wait_for_change(PATIENCE_S))) as connection:
                assert SocialSecurityCard(connection).read().holder_number == one.holder_number
        for slot, reader in zip(slots, readers, strict=True):
            slot.pull()
            reader.stop()
    with pytest.raises(ValueError, match="1 to 8"):
        VirtualPcscd(readers=9)


def test_nothing_of_it_is_left_behind():
    with VirtualPcscd() as pcscd:
        pcscd.use_in_this_process()
        link, room = Path(os.environ[SOCKET_VARIABLE]), pcscd.socket_path.parent
        assert link.resolve() == pcscd.socket_path
    pcscd.close()
    assert not link.is_symlink()
    assert not room.exists() or not pcscd.isolated


def test_it_ends_with_its_owner_however_that_ends():
    owner = subprocess.Popen(
        [sys.executable, "-c", _OWNER], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    path = owner.stdout.readline().strip()
    with socket.socket(socket.AF_UNIX) as witness:
        witness.settimeout(PATIENCE_S)
        witness.connect(path)
        owner.kill()
        owner.wait()
        assert has_hung_up(witness), "pcscd hangs up when it ends"


def has_hung_up(other: socket.socket) -> bool:
    try:
        return other.recv(1) == b""
    except ConnectionResetError:  # it ended with something of ours unread
        return True


_OWNER = """
import time
from drivers.emulators.pcscd import VirtualPcscd
pcscd = VirtualPcscd()
pcscd.start()
print(pcscd.socket_path, flush=True)
time.sleep(600)
"""


def test_a_machine_without_vpcd_is_told_what_to_install(tmp_path):
    with pytest.raises(OSError, match="apt install pcscd vsmartcard-vpcd"):
        Room(tmp_path, driver=tmp_path / "not-there.so").start()


SELECT_SSSE = "00 A4 04 00 0F 73 78 31 2E 73 68 2E C9 E7 BB E1 B1 A3 D5 CF"
SELECT_EF05 = "00 A4 02 00 02 EF 05"
READ_VERSION = "00 B2 03 00 00"


@pytest.fixture
def card_in_the_slot(watching, slot, chip):
    reader = watching(USER_SLOT)
    slot.insert(chip)
    assert reader.wait_for_change(PATIENCE_S) == ReaderConnected(USER_SLOT)
    assert isinstance(reader.wait_for_change(PATIENCE_S), CardInserted)
    return chip


@pytest.mark.skipif(shutil.which("scriptor") is None, reason="scriptor is in the package pcsc-tools")
def test_scriptor_finds_the_card_and_its_application(pcscd, card_in_the_slot):
    said = run_scriptor(pcscd, "reset", SELECT_SSSE, SELECT_EF05, READ_VERSION, "00 20 00 00 03 00 00 00")

    assert said == [
        f"OK: {card_in_the_slot.power_on().hex(' ').upper()}",
        "90 00 : Normal processing.",
        "90 00 : Normal processing.",
        "03 04 32 2E 30 30 90 00 : Normal processing.",
        "63 C5 : State of non-volatile memory changed. Counter: 0x5",
    ]


@pytest.mark.skipif(shutil.which("opensc-tool") is None, reason="opensc-tool is in the package opensc")
def test_opensc_reads_the_same_answer_to_reset_and_selects_the_application(pcscd, card_in_the_slot):
    assert run_opensc(pcscd, "--atr") == [card_in_the_slot.power_on().hex(":")]

    apdus = [argument for apdu in (SELECT_SSSE, SELECT_EF05, READ_VERSION) for argument in ("-s", apdu)]
    said = run_opensc(pcscd, "--card-driver", "default", *apdus)
    assert [line for line in said if not line.startswith("Sending")] == [
        "Received (SW1=0x90, SW2=0x00)",
        "Received (SW1=0x90, SW2=0x00)",
        "Received (SW1=0x90, SW2=0x00):",
        "03 04 32 2E 30 30 ..2.00",
    ]


def run_opensc(pcscd: VirtualPcscd, *arguments: str) -> list[str]:
    judged = subprocess.run(
        ["opensc-tool", "--reader", USER_SLOT, *arguments],
        env={**os.environ, **pcscd.environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    return [line.strip() for line in judged.stdout.splitlines() if line.strip()]


def run_scriptor(pcscd: VirtualPcscd, *lines: str) -> list[str]:
    judged = subprocess.run(
        ["scriptor", "-r", USER_SLOT],
        input="".join(f"{line}\n" for line in lines),
        env={**os.environ, **pcscd.environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    return [line[1:].strip() for line in judged.stdout.splitlines() if line.startswith("<")]


def test_a_reader_that_runs_alone_is_used_from_other_processes(tmp_path):
    link, control = tmp_path / "pcscd.comm", tmp_path / "control"
    with serve(link, control):
        ask(control, "insert", persona_key="wang-xiuying", variant="exact-le")
        ask(control, "set_tries_left", tries=2)
        read = subprocess.run(
            [sys.executable, "-c", _CITIZEN],
            env={**os.environ, SOCKET_VARIABLE: str(link)},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=True,
        )
        assert read.stdout.splitlines() == ["410700", "WrongPassword(tries_left=1)"]
        assert ask(control, "show") == {"persona_key": "wang-xiuying", "tries_left": 1, "is_verified": False}

        ask(control, "pull")
        assert ask(control, "show") == {"persona_key": None}
        ask(control, "insert", persona_key="wang-xiuying", variant="exact-le")
        assert ask(control, "show")["tries_left"] == 1, "it is the same card"
        ask(control, "insert_psam")
        ask(control, "pull_psam")
    assert not link.is_symlink()


_CITIZEN = """
from drivers.social_security_card.card import SocialSecurityCard
from drivers.social_security_card.pcsc import PcscCardReader
from drivers.social_security_card.reader import CardInserted
reader = PcscCardReader("PCD 00 00", 5.0)
while not isinstance(event := reader.wait_for_change(5.0), CardInserted):
    pass
card = SocialSecurityCard(reader.connect(event))
print(card.read().region)
print(card.verify("000000"))
"""


def test_a_hand_that_cannot_be_used_is_refused_with_the_reason(tmp_path):
    control = tmp_path / "control"
    with serve(tmp_path / "pcscd.comm", control):
        for reason, verb, args in [
            ("no card in the slot", "hang_on_next_apdu", {}),
            ("no card in the slot", "set_tries_left", {"tries": 1}),
            ("no persona", "insert", {"persona_key": "nobody"}),
            ("no variant", "insert", {"persona_key": "wang-xiuying", "variant": "golden"}),
            ("running already", "start_pcscd", {}),
        ]:
            with pytest.raises(RequestRefused, match=reason):
                ask(control, verb, **args)
        ask(control, "kill_pcscd")
        with pytest.raises(RequestRefused, match="PcscdUnavailable"):
            ask(control, "insert", persona_key="wang-xiuying")
