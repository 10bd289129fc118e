"""The door: a name, a PIN and a one-time code, and whether they let somebody in.

Denied unless everything is right. Nothing tells which part was wrong, nor that a technician is disabled. The
file of technicians is read at each try, so who was just taken out of it stays out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.domain.technician import Role
from kiosk.flows.secret import Secret
from kiosk.maintenance_key import MaintenanceKey
from kiosk.technicians.attempts import Attempts
from kiosk.technicians.one_time_codes import step_of_code
from kiosk.technicians.pins import is_pin
from kiosk.technicians.roster import RosterUnusable, Technician, read_roster


@dataclass(frozen=True, slots=True)
class Refused:
    """Not let in. `wait_s`: seconds before the next try is looked at; 0 when it may be made at once."""

    wait_s: float


@dataclass(frozen=True, slots=True)
class Door:
    """Lets technicians in. Used by one thread."""

    roster_file: Path
    key: MaintenanceKey
    attempts: Attempts
    wall: Callable[[], datetime]

    def names(self) -> tuple[str, ...]:
        """Return who may try to come in, in the order of the file. Raises RosterUnusable."""
        return tuple(one.name for one in read_roster(self.roster_file) if not one.disabled)

    def name_of_card(self, card_id: str) -> str | None:
        """Return whose card this is, if it is a technician's. Raises RosterUnusable."""
        mark = self.key.mark("card", card_id)
        owners = (one for one in read_roster(self.roster_file) if one.card == mark and not one.disabled)
        return next((one.name for one in owners), None)

    def admit(self, name: str, pin: Secret, code: Secret) -> Role | Refused:
        """Return the role of who comes in, or the wait of who doesn't."""
        technician = self._known(name)
        if technician is None:
            return Refused(0.0)
        if wait_s := self.attempts.wait_s(name):
            return Refused(wait_s)
        self.attempts.begin(name)
        step = self._judged(technician, pin, code)
        if step is None:
            return Refused(self.attempts.wait_s(name))
        self.attempts.succeed(name, step)
        return technician.role

    def _judged(self, technician: Technician, pin: Secret, code: Secret) -> int | None:
        """Return the step of the right code beside the right PIN; both are looked at in every case."""
        secret = technician.opened_code_secret(self.key.vault)
        used = self.attempts.used_steps(technician.name)
        step = step_of_code(secret, code.digits, self.wall(), used) if secret else None
        known = is_pin(pin.digits, technician.pin)
        return step if known and not technician.disabled else None

    def _known(self, name: str) -> Technician | None:
        try:
            return next((one for one in read_roster(self.roster_file) if one.name == name), None)
        except RosterUnusable:
            return None
