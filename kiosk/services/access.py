"""Who may come into maintenance: names to choose from, PIN and one-time code; the own card gives the name."""

from collections.abc import Iterable, Iterator

from drivers.errors import DeviceStatus, Remedy
from kiosk.domain.technician import Role
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.services.service import Check, Watched
from kiosk.technicians.door import Door
from kiosk.technicians.roster import RosterUnusable

_REST_S = 5.0


class Access:
    """The door to maintenance as a service. A file of technicians that can't be believed lets nobody in."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Say who may come in, or let somebody in."""
        match effect:
            case do.ListTechnicians():
                yield on.TechniciansListed(self._names())
            case do.RecogniseTechnician(card_id):
                yield from self._recognised(card_id)
            case do.TellWait(name):
                if wait_s := self._door.attempts.wait_s(name):
                    yield on.TechnicianKeptOut(name, wait_s)
            case do.AdmitTechnician(name, pin, code, ticket):
                verdict = self._door.admit(name, pin, code)
                if isinstance(verdict, Role):
                    yield on.TechnicianAdmitted(name, verdict, ticket)
                else:
                    yield on.TechnicianRefused(name, verdict.wait_s, ticket)

    def watch(self) -> Watched:
        """Note which waits are over."""
        self._door.attempts.settle()
        return Watched(rest_s=_REST_S)

    def check(self) -> Check:
        """Say whether anybody can come in at all."""
        try:
            names = self._door.names()
        except RosterUnusable as error:
            return Check(DeviceStatus.HARDWARE_ERROR, Remedy.MAINTENANCE, str(error), ("roster_unusable",))
        if not names:
            detail = "no technician: kiosk technicians add"
            return Check(DeviceStatus.NO_DEVICE, Remedy.MAINTENANCE, detail, ("no_technicians",))
        return Check(DeviceStatus.ONLINE, detail=f"{len(names)} technicians may come in")

    def close(self) -> None:
        """Nothing is held open."""

    def _names(self) -> tuple[str, ...]:
        try:
            return self._door.names()
        except RosterUnusable:
            return ()

    def _recognised(self, card_id: str) -> Iterator[on.Event]:
        try:
            name = self._door.name_of_card(card_id)
        except RosterUnusable:
            return
        if name is not None:
            yield on.TechnicianCardShown(name)
