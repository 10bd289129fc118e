"""Events: what happened, in the past tense. Import as `on`.

kiosk/flows/touches.py               the citizen's hand
kiosk/flows/senses.py                devices and surroundings
kiosk/flows/answers.py               answers to effects, for the visit that asked
kiosk/flows/maintenance/events.py    maintenance; a technician's way in, time and mode are below
"""

from dataclasses import dataclass
from typing import TypeAlias

from kiosk.domain.technician import Role
from kiosk.flows.answers import *
from kiosk.flows.maintenance import events as tech
from kiosk.flows.senses import *
from kiosk.flows.touches import *

# --- technicians (kiosk/services/access.py) -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TechniciansListed:
    """Who may try to come in; nobody when no technician is set up."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TechnicianCardShown:
    """The card in the reader is a technician's own: it stands for the name, and for nothing else."""

    name: str


@dataclass(frozen=True, slots=True)
class TechnicianKeptOut:
    """Nothing this technician enters is looked at for `wait_s` seconds more, because of earlier tries."""

    name: str
    wait_s: float


@dataclass(frozen=True, slots=True)
class TechnicianAdmitted:
    name: str
    role: Role
    ticket: tech.Ticket


@dataclass(frozen=True, slots=True)
class TechnicianRefused:
    """Not let in, and no more is said. `wait_s`: seconds before the next try is looked at."""

    name: str
    wait_s: float
    ticket: tech.Ticket


# --- time and mode ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The state's time has passed."""


@dataclass(frozen=True, slots=True)
class LimitReached:
    """The mode of the kiosk has lasted as long as it may."""


@dataclass(frozen=True, slots=True)
class ServiceReady:
    """A service has looked at its device for the first time."""

    service: str


@dataclass(frozen=True, slots=True)
class ServiceFailed:
    """A service's thread died of a fault nobody expected: out of service until it's restarted."""

    service: str


Access: TypeAlias = (
    TechniciansListed | TechnicianCardShown | TechnicianKeptOut | TechnicianAdmitted | TechnicianRefused
)

Event: TypeAlias = (
    Touch | Sensed | Answer | tech.Told | Access | TimedOut | LimitReached | ServiceReady | ServiceFailed
)
