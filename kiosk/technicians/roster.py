"""The file of technicians: who may come in, with what is needed to check them and not to be them.

One JSON file, 0600, written as a whole. A PIN is in it as an Argon2id hash, the secret of the one-time codes
sealed for its technician under the kiosk's key, a card as a mark. So the file alone opens nothing.
"""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.domain.technician import Role
from kiosk.private_files import NotPrivate, read_private, write_private
from kiosk.technicians.one_time_codes import new_secret
from kiosk.technicians.pins import USUAL_COST, Cost, hash_pin
from offline_queue.errors import SealBroken
from offline_queue.vault import Vault

MOST_NAME = 20
Name = Annotated[str, Field(min_length=1, max_length=MOST_NAME, pattern=r"^\S(.*\S)?$")]


class RosterUnusable(Exception):
    """The file can't be used: whoever could change it could let themselves in. The message says why."""


class Technician(BaseModel):
    """One technician. `card` is the mark of the own social security card, or ""."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name
    role: Role
    pin: str = Field(repr=False)
    code_secret: str = Field(repr=False)
    card: str = Field(default="", repr=False)
    disabled: bool = False

    def opened_code_secret(self, vault: Vault) -> str | None:
        """Return the secret of the one-time codes, or None if it was sealed for somebody else."""
        try:
            return vault.open(bytes.fromhex(self.code_secret), self.name.encode()).decode()
        except (SealBroken, ValueError):
            return None


class _Roster(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    technicians: tuple[Technician, ...] = ()


def enrol(
    name: str, role: Role, pin: str, vault: Vault, card: str = "", *, cost: Cost = USUAL_COST
) -> tuple[Technician, str]:
    """Return a new technician, and the secret for their telephone, which can't be had again.

    `cost` is that of trying a PIN, for whoever has the file. Raises UnfitPin, and ValueError for a name that
    can't be one.
    """
    secret = new_secret()
    sealed = vault.seal(secret.encode(), name.encode()).hex()
    return Technician(name=name, role=role, pin=hash_pin(pin, cost), code_secret=sealed, card=card), secret


def read_roster(path: Path) -> tuple[Technician, ...]:
    """Return the technicians of a file; none when there is no file. Raises RosterUnusable."""
    try:
        content = read_private(path)
    except FileNotFoundError:
        return ()
    except (OSError, NotPrivate) as error:
        raise RosterUnusable(str(error)) from None
    try:
        return _Roster.model_validate_json(content).technicians
    except ValidationError as error:
        raise RosterUnusable(f"{path}: {error.error_count()} mistakes in it") from None


def write_roster(path: Path, technicians: tuple[Technician, ...]) -> None:
    """Replace the file. Raises OSError."""
    write_private(path, _Roster(technicians=technicians).model_dump_json(indent=2).encode())
