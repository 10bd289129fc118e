"""The stage of the demonstration: every device emulated on its real wire, the backend over HTTP, and a kiosk
in a process of its own that can be killed.

    pcscd + vpcd     the social security card, read over pyscard
    two ptys         the ID card reader and the receipt printer, driven over pyserial
    uvicorn          the reference backend on loopback
    a child process  the kiosk and its window (kiosk/demo/puppet.py)
"""

import json
import os
import select
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from drivers.emulators.id_card_reader import IdCardReaderEmulator
from drivers.emulators.pcscd import USER_SLOT, VirtualPcscd
from drivers.emulators.personas import PERSONAS, Persona, persona
from drivers.emulators.pty_host import PtyHost
from drivers.emulators.receipt_printer import ReceiptPrinterEmulator
from drivers.emulators.social_security_card import SocialSecurityCardEmulator
from drivers.emulators.telephone import Telephone
from drivers.emulators.vpcd import VirtualSlot
from kiosk.backend.emulator.authority import Authority
from kiosk.backend.emulator.server import ReferenceBackend
from kiosk.config import load_config
from kiosk.demo.people import people_of
from kiosk.domain.technician import Role
from kiosk.maintenance_key import MaintenanceKey
from kiosk.receipts.keys import write_new_signing_key
from kiosk.technicians.roster import enrol, write_roster
from offline_queue.vault import write_new_key_file

PATIENCE_S = 20.0
_LOOK_INTERVAL_S = 0.05


class DemonstrationFailed(Exception):
    """Something that had to happen did not; the message says what, and what was on the screen."""


class Stage:
    """Everything around the kiosk, and the hands. `size` is the window's, in pixels.

    `where` it stands: "offscreen", "beside" the dock, or "alone" on the whole display, as in the hall.
    With `certificate_days` the backend speaks HTTPS, with a certificate that ends in so many days.
    Without `voice` the kiosk is silent, and a machine without sound is no fault.
    """

    def __init__(
        self,
        folder: Path,
        fonts_dir: Path,
        *,
        where: Literal["offscreen", "beside", "alone"],
        size: tuple[int, int],
        certificate_days: float | None = None,
        voice: bool = True,
    ) -> None:
        self.folder = folder
        self._where = where
        self.pcscd = VirtualPcscd()
        self.pcscd.start()
        self.card_slot = VirtualSlot(self.pcscd.open_slot)
        self.cards = {one.key: SocialSecurityCardEmulator(one) for one in PERSONAS}
        self.id_reader = IdCardReaderEmulator()
        self.printer = ReceiptPrinterEmulator(fonts_dir / "NotoSansSC-Regular.ttf")
        self._id_host = PtyHost(self.id_reader, folder / "id-card-reader", baud=115200)
        self._printer_host = PtyHost(self.printer, folder / "receipt-printer", baud=115200)
        tls = _tls(folder, certificate_days) if certificate_days is not None else None
        self.backend = ReferenceBackend(folder / "backend.db", people_of(PERSONAS), tls=tls)
        self.backend.start()
        ca_file = folder / "authority.crt" if tls is not None else None
        self._config = _write_config(folder, self.backend.url, fonts_dir, size, ca_file, voice=voice)
        self.data_dir = folder / "data"
        self._kiosk: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- the kiosk

    def start_kiosk(self) -> None:
        """Start the kiosk and wait until its home screen stands."""
        self._kiosk = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "kiosk.demo.puppet", str(self._config), self._where],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **self.pcscd.environment},
        )
        self.wait_for("请选择要办理的业务", within_s=60)

    def kill_kiosk(self) -> None:
        """End the kiosk as a power cut does: SIGKILL."""
        assert self._kiosk is not None
        self._kiosk.kill()
        self._kiosk.wait()

    @property
    def is_running(self) -> bool:
        """Whether the kiosk's process lives."""
        return self._kiosk is not None and self._kiosk.poll() is None

    @property
    def processor_seconds(self) -> float:
        """Seconds of one core the kiosk's process has used."""
        assert self._kiosk is not None
        used = Path(f"/proc/{self._kiosk.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """Strike the stage."""
        if self._kiosk is not None and self._kiosk.poll() is None:
            assert self._kiosk.stdin is not None
            self._kiosk.stdin.close()
            try:
                self._kiosk.wait(10)
            except subprocess.TimeoutExpired:
                self._kiosk.kill()
                self._kiosk.wait()
        self.card_slot.pull()
        self._id_host.close()
        self._printer_host.close()
        self.backend.stop()
        self.pcscd.close()

    # --- hands

    def touch(self, *words: str) -> None:
        """Touch choices of the screen by their words, one after the other."""
        for word in words:
            self.wait_for(partial(self._offers, word), f"the choice {word!r}")
            self._ask({"do": "touch", "words": word})

    def middle(self, words: str) -> tuple[int, int]:
        """Return where a choice is on the display, in pixels from its top left corner, once it is there."""
        self.wait_for(partial(self._offers, words), f"the choice {words!r}")
        found = self._ask({"do": "find", "words": words})
        return int(str(found["x"])), int(str(found["y"]))

    def _says(self, words: str) -> bool:
        return words in self.screen

    def _offers(self, word: str) -> bool:
        return word in self.choices

    def insert_card(self, who: str) -> None:
        """Put somebody's card into the reader."""
        self.card_slot.insert(self.cards[who])

    def pull_card(self) -> None:
        """Take the card out."""
        self.card_slot.pull()

    def place_id_card(self, who: str | Persona) -> None:
        """Lay somebody's ID card on the reader."""
        self.id_reader.place(persona(who) if isinstance(who, str) else who)

    def lift_id_card(self) -> None:
        """Take the ID card away."""
        self.id_reader.lift()

    def unplug_id_reader(self) -> None:
        """Pull the cable of the ID card reader."""
        self._id_host.unplug()

    def plug_in_id_reader(self) -> None:
        """Put it back."""
        self._id_host.plug_in()

    def knock(self) -> None:
        """Touch the brand as often as it takes."""
        self._ask({"do": "knock"})

    def hire(self, name: str, pin: str, role: Role) -> Telephone:
        """Write a technician into the kiosk's file, and return the telephone that shows their codes."""
        config = load_config(self._config)
        key = MaintenanceKey.at(config.maintenance_key_file)
        technician, secret = enrol(name, role, pin, key.vault)
        write_roster(config.technicians_file, (technician,))
        return Telephone(secret, lambda: datetime.now(UTC))

    # --- eyes

    @property
    def screen(self) -> str:
        """Every word on the screen."""
        return str(self._ask({"do": "look"})["screen"])

    @property
    def choices(self) -> list[str]:
        """What can be touched."""
        choices = self._ask({"do": "look"})["choices"]
        assert isinstance(choices, list)
        return choices

    @property
    def lost_cards(self) -> set[str]:
        """The numbers of the cards the backend has as lost."""
        return {card.card_number for card in self.backend.lost_cards}

    def photograph(self, path: Path) -> None:
        """Take a picture of the screen."""
        self._ask({"do": "photograph", "path": str(path)})

    def wait_for(
        self, awaited: str | Callable[[], bool], what: str = "", *, within_s: float = PATIENCE_S
    ) -> float:
        """Look until some words are on the screen, or something is so. Returns the seconds it took.

        Raises DemonstrationFailed when it doesn't come.
        """
        began = time.monotonic()
        condition = partial(self._says, awaited) if isinstance(awaited, str) else awaited
        while not condition():
            if time.monotonic() - began > within_s:
                raise DemonstrationFailed(
                    f"waited {within_s:.0f} s for {what or awaited!r}; seen: {self.screen}"
                )
            select.select((), (), (), _LOOK_INTERVAL_S)
        return time.monotonic() - began

    def _ask(self, request: dict[str, str]) -> dict[str, object]:
        kiosk = self._kiosk
        assert kiosk is not None
        assert kiosk.stdin is not None
        assert kiosk.stdout is not None
        try:
            kiosk.stdin.write(json.dumps(request, ensure_ascii=False) + "\n")
            kiosk.stdin.flush()
        except BrokenPipeError:
            raise DemonstrationFailed(f"the kiosk ended with status {kiosk.poll()}") from None
        line = kiosk.stdout.readline()
        if not line:
            raise DemonstrationFailed(f"the kiosk ended with status {kiosk.wait()}")
        answer: dict[str, object] = json.loads(line)
        if not answer["ok"]:
            raise DemonstrationFailed(str(answer["error"]))
        return answer


def _tls(folder: Path, days: float) -> ssl.SSLContext:
    """Return the backend's side of TLS: a certificate that ends soon, of an authority that doesn't."""
    paper = Authority(folder, "authority", days=3650).issue("backend", days=days)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(paper.cert, paper.key)
    return context


def _write_config(
    folder: Path, url: str, fonts_dir: Path, size: tuple[int, int], ca_file: Path | None, *, voice: bool
) -> Path:
    key_file = folder / "outbox.key"
    write_new_key_file(key_file)
    signing_key_file = folder / "receipts.key"
    write_new_signing_key(signing_key_file)
    path = folder / "kiosk.toml"
    path.write_text(
        f"""\
[kiosk]
id = "0012"
site = "新乡市人力资源和社会保障局服务大厅"
data_dir = "{folder / "data"}"

[display]
width = {size[0]}
height = {size[1]}
fullscreen = false
fonts_dir = "{fonts_dir}"

[backend]
url = "{url}"
{f'ca_file = "{ca_file}"' if ca_file else ""}

[social_security_card]
reader = "{USER_SLOT}"

[id_card_reader]
port = "{folder / "id-card-reader"}"

[receipt_printer]
port = "{folder / "receipt-printer"}"

[outbox]
key_file = "{key_file}"

[receipts]
signing_key_file = "{signing_key_file}"

[voice]
enabled = {str(voice).lower()}
""",
        encoding="utf-8",
    )
    return path
