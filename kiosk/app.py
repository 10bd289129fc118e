"""Puts the kiosk together: the only module that knows every other.

Configuration chooses the lines to the devices here, and nowhere else. `Doors` are where the world comes
in: a test hands in emulators and its own clock, and everything behind the doors is what runs in the hall.
"""

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

import structlog

from drivers.id_card_reader.device import IdCardReader
from drivers.loudspeaker.alsa import AlsaLoudspeaker
from drivers.pin_pad.device import Zt598
from drivers.pin_pad.pad import PinPad
from drivers.receipt_printer.device import ReceiptPrinter
from drivers.receipt_printer.glyphs import GlyphSource
from drivers.receipt_printer.slip import Slip as WrittenSlip
from drivers.serial_port import SerialPort
from drivers.social_security_card.pcsc import PcscCardReader
from drivers.social_security_card.psam import PsamSlot
from drivers.social_security_card.reader import CardReader
from drivers.transport import OpenTransport
from kiosk.backend.client import BackendClient
from kiosk.backend.delivery import Delivery
from kiosk.config import CardSection, Config, PinPadSection
from kiosk.domain.measures.supplementary import RULE_SET
from kiosk.domain.paper import PrintedAt, Slip, TransactionReceipt
from kiosk.domain.transaction import ClockQuality, Transaction
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.flows.mode import Kiosk
from kiosk.health.fault_memory import FaultMemory
from kiosk.input.divisions import read_divisions
from kiosk.input.rime import DICTIONARIES, EngineUnavailable, PinyinEngine
from kiosk.narration import Narrator
from kiosk.observation import Observer
from kiosk.outbox_file import habits_of, open_outbox
from kiosk.receipts.claim import claim_of
from kiosk.receipts.keys import SigningKey
from kiosk.receipts.qr_text import sign
from kiosk.runtime import Clock, Observe, Runtime
from kiosk.services import routes
from kiosk.services.access import Access
from kiosk.services.backend import Backend
from kiosk.services.cards import Cards
from kiosk.services.id_cards import IdCards
from kiosk.services.input_method import InputMethod
from kiosk.services.ledger import Ledger
from kiosk.services.paper import PaperPrinter
from kiosk.services.paper_roll import PaperRoll
from kiosk.services.pin_pad import PasswordPad
from kiosk.services.public_texts import PublicTexts
from kiosk.services.service import Make, Post, Service
from kiosk.services.voice import OpenLoudspeaker, Voice
from kiosk.trusted_ground import AuditTrail, door_of
from kiosk.upkeep.hands import Surroundings, power, upkeep
from kiosk.upkeep.power import Switch, SystemSwitch
from kiosk.upkeep.sticks import Sticks, mounted_below
from kiosk.views import slips
from kiosk.views.models import Audience, View
from kiosk.views.present import Library, present
from kiosk.views.words import BEIJING, Catalogues
from kiosk.voice.engine import EmbeddedVoice
from kiosk.voice.prompts import Prompts
from offline_queue.clock import Clock as OutboxClock
from offline_queue.clock import SystemClock

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the world comes in: lines to the devices, the time, sticks, the power.

    There is a `psam_reader` where a security module is. Without a `pin_pad_line` passwords are entered on
    the screen. `patience_s`: how long waiting for a card or a key may keep an effect waiting. `couriers`:
    threads that carry transactions to the backend; with none they are carried inline. `dictionaries`: where
    those of the input method are.
    """

    card_reader: Callable[[], CardReader]
    id_card_line: OpenTransport
    printer_line: OpenTransport
    loudspeaker: OpenLoudspeaker
    clock: Clock
    outbox_clock: OutboxClock
    sticks: Sticks
    switch: Switch
    psam_reader: Callable[[], CardReader] | None = None
    pin_pad_line: OpenTransport | None = None
    patience_s: float = 0.05
    couriers: int = 4
    dictionaries: Path = DICTIONARIES


class Crew(Protocol):
    """Who does the work: threads in the hall (kiosk/threads.py), the caller itself on the workbench."""

    def hire(self, services: Mapping[str, Make], post: Post) -> None:
        """Take on these services; each is made where it will work."""

    def perform(self, effect: do.Effect) -> None:
        """Have an effect performed by the services it concerns."""

    def call(self, name: str, ask: Callable[[Service], Answer]) -> Answer:
        """Ask a service something where it works. Raises NotWorking, and what the service raised."""


def real_doors(config: Config) -> Doors:
    """Return the doors of a kiosk in the hall, as its configuration says."""
    card, id_card, printer = config.social_security_card, config.id_card_reader, config.receipt_printer
    return Doors(
        card_reader=lambda: PcscCardReader(card.reader, card.transmit_timeout_s),
        id_card_line=lambda: SerialPort(id_card.port, id_card.baud),
        printer_line=lambda: SerialPort(printer.port, printer.baud),
        loudspeaker=lambda: AlsaLoudspeaker(config.voice.device),
        clock=Clock(wall=lambda: datetime.now(UTC), steady=time.monotonic),
        outbox_clock=SystemClock(),
        sticks=partial(mounted_below, config.maintenance.sticks_dir),
        switch=SystemSwitch(),
        psam_reader=_psam_reader(card),
        pin_pad_line=_pin_pad_line(config.pin_pad),
    )


def assemble(
    config: Config,
    doors: Doors,
    crew: Crew,
    show: Callable[[View], None],
    log: structlog.BoundLogger,
    *,
    config_file: Path | None = None,
    observers: tuple[Observe, ...] = (),
) -> Runtime:
    """Put a kiosk together behind its doors, and return the loop to turn.

    `config_file`: where the configuration stands, to be checked again when a technician asks.
    `observers` are told every step, after those that every kiosk has.
    """
    library = library_of(config)
    services = services_of(config, doors, library)
    trail = AuditTrail(config, doors.clock, doors.patience_s)
    services[routes.AUDIT] = trail.service
    faults = FaultMemory(config.kiosk.data_dir, doors.clock.wall)
    around = Surroundings(
        config, config_file, crew.call, library.words, fonts_dir(config), doors.clock.wall,
        doors.clock.steady, doors.sticks, doors.switch,
    )  # fmt: skip
    services[routes.UPKEEP] = lambda: upkeep(around)
    services[routes.POWER] = lambda: power(around)
    narrate = Narrator(crew.perform, Audience(config.voice.heard_by))

    def show_and_tell(view: View) -> None:
        show(view)
        narrate(view)

    runtime = Runtime(
        mode.starting(config.policy(), frozenset(services)),
        mode.step,
        perform=crew.perform,
        present=lambda kiosk, moment: present(kiosk, library, moment),
        show=show_and_tell,
        observe=_observers(Observer(log), trail.observer, faults, *observers),
        clock=doors.clock,
    )
    crew.hire(services, runtime.post)
    return runtime


def library_of(config: Config) -> Library:
    """Return the words of the configured languages, and the places of an address."""
    return Library(Catalogues(config.kiosk.languages), read_divisions)


def fonts_dir(config: Config) -> Path:
    """Return where the fonts are: as configured, or where set-up puts them."""
    return config.display.fonts_dir or Path(sys.prefix) / "share" / "fonts"


def services_of(config: Config, doors: Doors, library: Library) -> dict[str, Make]:
    """Return how each service is made. None is made here: a device belongs to the thread that uses it."""

    key_file = config.receipts.signing_key_file
    key = SigningKey.from_file(key_file) if key_file is not None else None

    def printed(clock: ClockQuality) -> PrintedAt:
        return PrintedAt(doors.clock.wall(), clock, config.kiosk.id, config.kiosk.site)

    def sign_receipt(transaction: Transaction, clock: ClockQuality) -> str:
        return sign(claim_of(transaction, printed(clock), RULE_SET), key) if key is not None else ""

    def write(content: Slip, language: str, clock: ClockQuality) -> WrittenSlip:
        code = sign_receipt(content.transaction, clock) if isinstance(content, TransactionReceipt) else ""
        return slips.write(content, library.words[language], config.policy(), printed(clock), code)

    def printer() -> PaperPrinter:
        device = ReceiptPrinter(
            doors.printer_line,
            paper_width_dots=config.receipt_printer.paper_width_dots,
            font=fonts_dir(config) / "NotoSansSC-Regular.ttf",
        )
        return PaperPrinter(
            device, write, sign_receipt, PaperRoll.at(config.kiosk.data_dir / "paper" / "roll.json")
        )

    return {
        routes.CARDS: lambda: Cards(
            doors.card_reader(), lambda: _today(doors), doors.patience_s, _psam_slot(doors)
        ),
        routes.ID_CARDS: lambda: IdCards(
            IdCardReader(doors.id_card_line, clock=doors.clock.steady), lambda: _today(doors)
        ),
        routes.PIN_PAD: lambda: PasswordPad(_pin_pad(doors), doors.patience_s),
        routes.PRINTER: printer,
        routes.BACKEND: lambda: Backend(_client(config), doors.clock.wall, doors.clock.steady),
        routes.LEDGER: lambda: Ledger(
            lambda: open_outbox(config, doors.outbox_clock),
            Delivery(_client(config)),
            kiosk=config.kiosk.id,
            clock=doors.outbox_clock,
            habits=habits_of(config),
            couriers=doors.couriers,
        ),
        routes.PUBLIC_TEXTS: lambda: PublicTexts(
            _client(config), config.kiosk.data_dir / "public-texts", doors.clock.steady
        ),
        routes.INPUT: lambda: InputMethod(_pinyin_engine(doors.dictionaries), _drawable(config)),
        routes.ACCESS: lambda: Access(door_of(config, doors.clock)),
        routes.VOICE: lambda: Voice(
            doors.loudspeaker if config.voice.enabled else None,
            Prompts(config.voice.prompts_dir),
            EmbeddedVoice() if config.voice.engine == "espeak-ng" and EmbeddedVoice.is_installed() else None,
        ),
    }


def _observers(*observers: Observe) -> Observe:
    def observe(event: on.Event, before: Kiosk, after: Kiosk) -> None:
        for each in observers:
            each(event, before, after)

    return observe


def _psam_reader(card: CardSection) -> Callable[[], CardReader] | None:
    name = card.psam_reader
    if name is None:
        return None
    return lambda: PcscCardReader(name, card.transmit_timeout_s)


def _psam_slot(doors: Doors) -> PsamSlot | None:
    return PsamSlot(doors.psam_reader()) if doors.psam_reader is not None else None


def _pin_pad_line(pad: PinPadSection) -> OpenTransport | None:
    port = pad.port
    if pad.kind == "screen" or port is None:
        return None
    return lambda: SerialPort(port, pad.baud)


def _pin_pad(doors: Doors) -> PinPad | None:
    if doors.pin_pad_line is None:
        return None
    return Zt598(doors.pin_pad_line, clock=doors.clock.steady)


def _client(config: Config) -> BackendClient:
    backend = config.backend
    return BackendClient(
        backend.url,
        kiosk=config.kiosk.id,
        connect_timeout_s=backend.connect_timeout_s,
        total_timeout_s=backend.total_timeout_s,
        ca_file=backend.ca_file,
        client_cert=backend.client_cert,
        client_key=backend.client_key,
    )


def _pinyin_engine(dictionaries: Path) -> PinyinEngine | None:
    """Return the engine, or None: digits and lists of places go on without it."""
    try:
        return PinyinEngine(dictionaries)
    except EngineUnavailable:
        return None


def _drawable(config: Config) -> Callable[[str], bool]:
    """Return whether the font of the screen has a character; it has none when it cannot be read."""
    try:
        glyphs = GlyphSource(fonts_dir(config) / "NotoSansSC-Regular.ttf")
    except OSError:
        return lambda character: False
    return lambda character: glyphs.dots(character) is not None


def _today(doors: Doors) -> date:
    """The day it is here, which is another one than in UTC until eight in the morning."""
    return doors.clock.wall().astimezone(BEIJING).date()
