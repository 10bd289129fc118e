"""A door, technicians enrolled at it, and the clock in hand."""

from dataclasses import dataclass, field
from pathlib import Path

from drivers.emulators.telephone import Telephone
from kiosk.domain.technician import Role
from kiosk.flows.secret import Secret
from kiosk.maintenance_key import MaintenanceKey
from kiosk.technicians.attempts import Attempts
from kiosk.technicians.door import Door, Refused
from kiosk.technicians.roster import enrol, read_roster, write_roster
from tests.bench import HeldClock


@dataclass
class Entrance:
    """The door of a kiosk in a folder. `power_on` is a new start: only the files are left."""

    folder: Path
    clock: HeldClock = field(default_factory=HeldClock)

    def __post_init__(self) -> None:
        self.roster = self.folder / "technicians.json"
        self.power_on()

    def power_on(self) -> None:
        self.clock.steady = 7.0  # as after a boot
        attempts = Attempts.at(self.folder / "attempts.json", lambda: self.clock.steady)
        self.door = Door(
            self.roster, MaintenanceKey.at(self.folder / "key"), attempts, lambda: self.clock.wall
        )

    def hire(
        self, name: str, pin: str, role: Role = Role.TECHNICIAN, card_id: str = "", *, disabled: bool = False
    ) -> Telephone:
        card = self.door.key.mark("card", card_id) if card_id else ""
        technician, secret = enrol(name, role, pin, self.door.key.vault, card)
        kept = technician.model_copy(update={"disabled": disabled})
        write_roster(self.roster, (*read_roster(self.roster), kept))
        return Telephone(secret, lambda: self.clock.wall)

    def try_in(self, name: str, pin: str, code: str) -> Role | Refused:
        return self.door.admit(name, Secret(pin), Secret(code))
