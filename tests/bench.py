"""The workbench: a whole kiosk with emulators for its devices, and the hands to use it.

    with Bench(tmp_path) as bench:
        bench.card_slot.insert("wang-xiuying")
        bench.enter("246810")
        bench.touch("确定")
        assert "我的社保" in bench.screen

Everything is real but the clock and the threads: the production drivers talk bytes to the emulators, the
outbox is a file, the backend answers over HTTP. Time stands still until `wait` is called. What can't be
touched is named with what can, so a failing test says what was on the screen.
"""

import ssl
import sys
from collections import deque
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self, TypeVar

from argon2.profiles import CHEAPEST

from drivers.emulators.card_slot import CardSlotEmulator
from drivers.emulators.id_card_reader import IdCard, IdCardReaderEmulator
from drivers.emulators.loudspeaker import LoudspeakerEmulator
from drivers.emulators.personas import PERSONAS, persona
from drivers.emulators.pin_pad import PinPadEmulator
from drivers.emulators.receipt_printer import ReceiptPrinterEmulator
from drivers.emulators.social_security_card import VARIANTS, SocialSecurityCardEmulator
from drivers.emulators.telephone import Telephone
from drivers.emulators.wire import InProcessWire
from drivers.pin_pad.pad import Key
from kiosk import app
from kiosk.backend.emulator.desks import NOTHING_PUBLIC
from kiosk.backend.emulator.server import ReferenceBackend
from kiosk.backend.fleet import ReferenceText, Topic
from kiosk.config import Config
from kiosk.control import doctor_hands
from kiosk.demo.people import people_of
from kiosk.domain.findings import Finding
from kiosk.domain.technician import Role
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows import mode as modes
from kiosk.flows.mode import KNOCKS
from kiosk.health.asking import AtWork
from kiosk.health.inspections import GROUPS, Inspection, Kiosk, examined, inspections
from kiosk.health.metrics import Metrics
from kiosk.health.starts import Starts
from kiosk.input.rime import DICTIONARIES
from kiosk.logs import open_log
from kiosk.maintenance_key import MaintenanceKey
from kiosk.receipts.keys import write_new_signing_key
from kiosk.runtime import Clock
from kiosk.services.ledger import Ledger
from kiosk.services.public_texts import FIRST_ASK_AFTER_S
from kiosk.services.routes import LEDGER, ROUTES
from kiosk.services.service import Check, Make, Post, Service
from kiosk.technicians.roster import enrol, read_roster, write_roster
from kiosk.views.models import AnyChoice, View, choices_of
from kiosk.views.reading import text_of
from offline_queue.clock import Moment
from offline_queue.outbox import Outbox
from offline_queue.vault import write_new_key_file

FONT = Path(sys.prefix) / "share" / "fonts" / "NotoSansSC-Regular.ttf"

TICK_S = 0.5
"""How finely `wait` cuts time at first. A service looks when its rest is over, as in the hall."""
LONGER_AFTER_S = 2.5
"""After how much waiting a tick is longer by another one: what is not over by then is in no hurry."""

Answer = TypeVar("Answer")

_MEMORY = Path("/dev/shm")
_MOST_TURNS = 200  # until the kiosk has come to rest; more means that it never will


def folder_in_memory() -> TemporaryDirectory[str]:
    """Return a folder in memory: a kiosk syncs often, and what disks make of it is proved elsewhere."""
    return TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None)


class HeldClock:
    """Time in a hand: wall clock and steady seconds move together, or the wall clock jumps alone."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
        self.steady = 1000.0
        self.boot = "bench"

    def forward(self, seconds: float) -> None:
        self.steady += seconds
        self.wall += timedelta(seconds=seconds)

    def moment(self) -> Moment:
        return Moment(self.wall, self.steady, self.boot)


class HeldSwitch:
    """The power in a hand: what was ordered, and whether the system refuses to switch off."""

    def __init__(self) -> None:
        self.ordered: list[str] = []
        self.refuses = False

    def restart(self) -> None:
        self.ordered.append("restart")

    def shut_down(self) -> None:
        if self.refuses:
            raise OSError("not authorised")
        self.ordered.append("shut down")


class Bench:
    """One kiosk on the workbench. `**sections` change kiosk.toml: `loss_report={"offline": "refuse"}`.

    `not_offered` names records its backend does not have: {"benefits", "medical-account"}; `published` is
    what it publishes for everybody. With `tls` it speaks HTTPS; OpenSSL has no clock but the real one, so the
    wall clock in hand begins there then.
    """

    def __init__(
        self,
        folder: Path,
        *,
        not_offered: Collection[str] = (),
        published: Mapping[Topic, ReferenceText] | None = None,
        tls: ssl.SSLContext | None = None,
        **sections: Mapping[str, object],
    ) -> None:
        self.folder = folder
        self._published = dict(published or {})
        self.clock = HeldClock()
        if tls is not None:
            self.clock.wall = datetime.now(UTC)
        self.cards = {one.key: SocialSecurityCardEmulator(one) for one in PERSONAS}
        self.id_reader = IdCardReaderEmulator()
        self.printer = ReceiptPrinterEmulator(FONT)
        self.pin_pad = PinPadEmulator()
        self.id_wire = InProcessWire(self.id_reader)
        self.pin_pad_wire = InProcessWire(self.pin_pad)
        self.printer_wire = InProcessWire(self.printer)
        self.card_slot = CardSlotEmulator()
        self.psam_slot = CardSlotEmulator()
        self.loudspeaker = LoudspeakerEmulator(lambda: self.clock.steady)
        self.backend = ReferenceBackend(
            folder / "backend.db",
            people_of(PERSONAS),
            clock=lambda: self.clock.wall,
            not_offered=frozenset(not_offered),
            reference={**NOTHING_PUBLIC, **self._published},
            tls=tls,
        )
        self.backend.start()
        write_new_key_file(folder / "outbox.key")
        write_new_signing_key(folder / "receipts.key")
        self.config = _config(folder, self.backend.url, sections)
        self.sticks: list[Path] = []
        self.dictionaries = DICTIONARIES
        self.switch = HeldSwitch()
        self.shown: list[View] = []
        self.happened: list[on.Event] = []
        self._crew = InlineCrew(lambda: self.clock.steady)
        self.power_on()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.power_off()
        self.backend.stop()

    # --- power

    def power_on(self) -> None:
        """Start the kiosk, as after a power cut: nothing is left of the last run but its files."""
        self._crew.close()
        left_inside = self.card_slot.chip
        self.card_slot = CardSlotEmulator()
        if left_inside is not None:
            self.card_slot.insert(left_inside)
        self._crew = InlineCrew(lambda: self.clock.steady)
        log = open_log(self.folder / "kiosk.jsonl", self.config.kiosk.id)
        self.metrics = Metrics(self.config, Starts.read(self.config.kiosk.data_dir), lambda: self.clock.wall)
        self.runtime = app.assemble(
            self.config,
            self.doors(),
            self._crew,
            self.shown.append,
            log,
            observers=(self.metrics, self._remember),
        )
        self.settle()
        self.wait(FIRST_ASK_AFTER_S if self._published else 1)

    def doors(self) -> app.Doors:
        """The way in for emulators and the held clock."""
        return app.Doors(
            card_reader=lambda: self.card_slot,
            id_card_line=self.id_wire.open,
            printer_line=self.printer_wire.open,
            loudspeaker=self.loudspeaker.open,
            clock=Clock(wall=lambda: self.clock.wall, steady=lambda: self.clock.steady),
            outbox_clock=self.clock.moment,
            psam_reader=(lambda: self.psam_slot) if self.config.social_security_card.psam_reader else None,
            sticks=lambda: tuple(self.sticks),
            switch=self.switch,
            pin_pad_line=self.pin_pad_wire.open if self.config.pin_pad.kind != "screen" else None,
            patience_s=0,
            couriers=0,
            dictionaries=self.dictionaries,
        )

    def power_off(self) -> None:
        """Stop the kiosk. Killing it is the same here: nothing is done on the way out that matters."""
        self._crew.close()

    # --- eyes

    @property
    def view(self) -> View:
        """What is on the screen."""
        return self.shown[-1]

    @property
    def screen(self) -> str:
        """Every word on the screen, in reading order."""
        return text_of(self.view)

    @property
    def choices(self) -> list[str]:
        """What can be touched."""
        return [choice.text for choice in choices_of(self.view)]

    @property
    def slip(self) -> str:
        """The words of the slip that came out last."""
        return self.printer.last_slip.text

    @property
    def lost_cards(self) -> set[str]:
        """The numbers of the cards the backend has as lost."""
        return {card.card_number for card in self.backend.lost_cards}

    def check(self, service: str) -> Check:
        """How a service says that it is, as the technician hears it."""
        return self._crew.services[service].check()

    def inspections(self) -> tuple[Inspection, ...]:
        """Every check that needs no hands, as the running kiosk makes them."""
        fonts = FONT.parent if self.config.display.fonts_dir is None else self.config.display.fonts_dir
        kiosk = Kiosk(self.config, self.folder / "kiosk.toml", fonts, lambda: self.clock.wall)
        return inspections(kiosk, AtWork(self._crew.call))

    def finding(self, check: str) -> Finding:
        """What one of these checks finds."""
        found = examined(each for each in self.inspections() if check in each.checks)
        return next(finding for finding in found if finding.check == check)

    def doctor(self) -> None:
        """Make every check as `kiosk doctor` asks a running kiosk to, through its control socket."""
        check = doctor_hands(self._crew.call, self.inspections())["doctor"]
        for group in GROUPS:
            check(check=group[0])

    @property
    def faults(self) -> list[str]:
        """The codes of the faults that stand now, as the loop knows them."""
        return [fault.code for fault in self.runtime.kiosk.visit.conditions.faults]

    @property
    def outbox(self) -> Outbox:
        """The kiosk's open outbox."""
        return self.ledger.outbox

    @property
    def ledger(self) -> Ledger:
        """The service that keeps the outbox."""
        ledger = self._crew.services[LEDGER]
        assert isinstance(ledger, Ledger)
        return ledger

    # --- hands

    def touch(self, *words: str) -> None:
        """Touch a choice by its words, or several one after the other."""
        for word in words:
            self.runtime.post(self._choice(word).event)
            self.settle()

    def enter(self, digits: str) -> None:
        """Type digits on the keypad of the screen."""
        self.touch(*digits)

    def press(self, keys: str) -> None:
        """Press keys of the PIN pad: digits one after the other, or one by its name: "confirm", "clear"."""
        for key in keys if keys.isdigit() else (keys,):
            self.pin_pad.press_key(Key(key))
            self.settle()

    def enter_password(self, who: str) -> None:
        """Enter somebody's password where the kiosk asks for it, and confirm it there."""
        if self.pin_pad.keys_on:
            self.press(persona(who).password)
            self.press("confirm")
        else:
            self.enter(persona(who).password)
            self.touch("确定")

    def insert_card(self, who: str, variant: str = "plain") -> SocialSecurityCardEmulator:
        """Put somebody's card into the reader. The same card comes back each time: it counts its tries."""
        card = self.cards[who]
        if variant != "plain":
            card = SocialSecurityCardEmulator(persona(who), VARIANTS[variant])
        self.card_slot.insert(card)
        self.settle()
        return card

    def pull_card(self) -> None:
        """Take the card out."""
        self.card_slot.pull()
        self.settle()

    def place_id_card(self, who: str | IdCard) -> None:
        """Lay somebody's resident ID card on the reader, and take it away again once it is read."""
        self.id_reader.place(persona(who) if isinstance(who, str) else who)
        self.wait(1)
        self.id_reader.lift()
        self.wait(1)

    def log_in(self, who: str) -> None:
        """Insert a card and enter its password: the list of the own records is shown."""
        self.insert_card(who)
        self.enter_password(who)

    def hire(self, name: str, pin: str, role: Role = Role.TECHNICIAN, card_id: str = "") -> Telephone:
        """Write a technician into the kiosk's file, and return the telephone that shows their codes."""
        key = MaintenanceKey.at(self.config.maintenance_key_file)
        mark = key.mark("card", card_id) if card_id else ""
        technician, secret = enrol(name, role, pin, key.vault, mark, cost=CHEAPEST)
        file = self.config.technicians_file
        write_roster(file, (*read_roster(file), technician))
        return Telephone(secret, lambda: self.clock.wall)

    def knock(self, times: int = KNOCKS) -> None:
        """Touch the brand at the top of the screen, one time soon after the other."""
        for _ in range(times):
            if self.view.knock is None:
                raise AssertionError(f"the brand of {self.view.name!r} is nothing to touch")
            self.runtime.post(self.view.knock.event)
            self.settle()

    def come_in(self, name: str = "张工", role: Role = Role.TECHNICIAN, pin: str = "86420975") -> None:
        """Let a new technician knock, and show who they are: the overview of maintenance is open."""
        telephone = self.hire(name, pin, role)
        self.knock()
        self.touch(name)
        self.enter(pin)
        self.touch("下一步")
        self.enter(telephone.code)
        self.touch("确定")

    def plug_in_stick(self) -> Path:
        """Plug in a USB stick, and return the folder it is mounted at."""
        stick = self.folder / f"stick-{len(self.sticks) + 1}"
        stick.mkdir()
        self.sticks.append(stick)
        return stick

    def wait(self, seconds: float) -> None:
        """Let time pass; in the end every service looks, whatever it meant to rest.

        It passes in ever longer ticks, but what the screen does by itself is done in time.
        """
        passed = 0.0
        while passed < seconds:
            tick_s, until_it_changes = passed // LONGER_AFTER_S * TICK_S, self.runtime.seconds_left
            if until_it_changes is not None:
                tick_s = min(tick_s, until_it_changes)
            tick_s = min(max(tick_s, TICK_S), seconds - passed)
            self.clock.forward(tick_s)
            passed += tick_s
            if passed >= seconds:
                self._crew.rouse()
            self.settle()

    def settle(self) -> None:
        """Let everything happen that can happen without time passing."""
        for _ in range(_MOST_TURNS):
            self.runtime.turn()
            if not self._crew.work(self.runtime.post):
                return
        raise AssertionError(f"the kiosk does not come to rest on {self.view.name!r}")

    def _remember(self, event: on.Event, before: modes.Kiosk, after: modes.Kiosk) -> None:
        self.happened.append(event)

    def _choice(self, word: str) -> AnyChoice:
        for choice in choices_of(self.view):
            if choice.text == word:
                return choice
        raise AssertionError(f"no {word!r} on {self.view.name!r}, but: {' | '.join(self.choices)}")


class InlineCrew:
    """The services without threads: each does its work when the bench says so."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.services: dict[str, Service] = {}
        self._now = now
        self._rests_until: dict[str, float] = {}
        self._waiting: deque[tuple[str, do.Effect]] = deque()
        self._reported: set[str] = set()

    def hire(self, services: Mapping[str, Make], post: Post) -> None:
        self.services = {name: make() for name, make in services.items()}

    def perform(self, effect: do.Effect) -> None:
        self._waiting.extend((name, effect) for name in ROUTES[type(effect)])

    def work(self, post: Post) -> bool:
        """Perform what waits, then let each service look once; whether anything came of it."""
        events: list[on.Event] = []
        while self._waiting:
            name, effect = self._waiting.popleft()
            events += self.services[name].perform(effect)
            self._rests_until.pop(name, None)
        for name, service in self.services.items():
            if self._rests_until.get(name, 0.0) > self._now():
                continue
            watched = service.watch()
            self._rests_until[name] = self._now() + watched.rest_s
            events += watched.events
            if name not in self._reported:
                self._reported.add(name)
                events.append(on.ServiceReady(name))
        for event in events:
            post(event)
        return bool(events)

    def rouse(self) -> None:
        """Let every service look again, however long it meant to rest."""
        self._rests_until.clear()

    def call(self, name: str, ask: Callable[[Service], Answer]) -> Answer:
        return ask(self.services[name])

    def close(self) -> None:
        for service in self.services.values():
            service.close()


def _config(folder: Path, url: str, sections: Mapping[str, Mapping[str, object]]) -> Config:
    content: dict[str, dict[str, object]] = {
        "kiosk": {"id": "0012", "site": "新乡市人力资源和社会保障局服务大厅", "data_dir": folder / "data"},
        "backend": {"url": url, "total_timeout_s": 3},
        "id_card_reader": {"port": folder / "unused"},
        "receipt_printer": {"port": folder / "unused"},
        "outbox": {"key_file": folder / "outbox.key"},
        "receipts": {"signing_key_file": folder / "receipts.key"},
    }
    for name, section in sections.items():
        content.setdefault(name, {}).update(section)
    return Config.model_validate(content)
