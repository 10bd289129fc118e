"""The password of the card: how it travels, and what may come of trying it.

    Verified             it is right
    WrongPassword        it is wrong, and so many tries are left
    PasswordLocked       the card takes no password any more; only the issuer can change that
    VerificationUnknown  nobody knows: the answer was lost, or says nothing about the password

After `VerificationUnknown` a try may be gone. The program never tries again by itself; a person may.
"""

from dataclasses import dataclass
from typing import Final

from drivers.errors import DeviceError
from drivers.social_security_card.apdu import SW, ResponseApdu
from drivers.social_security_card.errors import CardUnreadable

SHORTEST: Final = 4
LONGEST: Final = 16


@dataclass(frozen=True, slots=True)
class Verified:
    """The card has accepted the password, until it is reset or taken out."""


@dataclass(frozen=True, slots=True)
class WrongPassword:
    """The card has refused the password. `tries_left` is at least 1."""

    tries_left: int


@dataclass(frozen=True, slots=True)
class PasswordLocked:
    """The card takes no password any more."""


@dataclass(frozen=True, slots=True)
class VerificationUnknown:
    """Whether the card has tried the password is unknown, and so is the outcome."""

    cause: DeviceError


Verification = Verified | WrongPassword | PasswordLocked | VerificationUnknown


def pack_password(password: str) -> bytes:
    """Return the password as VERIFY carries it: packed BCD, "123456" is 12 34 56.

    Certain for six digits. That an odd digit is followed by F is unverified. Raises `ValueError`, without the
    password in it, unless it is 4 to 16 ASCII digits.
    """
    if not (SHORTEST <= len(password) <= LONGEST and password.isascii() and password.isdecimal()):
        raise ValueError(f"a password is {SHORTEST} to {LONGEST} digits")
    return bytes.fromhex(password + "F" * (len(password) % 2))


def decode_verification(response: ResponseApdu) -> Verification:
    """Say what the answer to VERIFY means."""
    if response.is_ok:
        return Verified()
    if response.tries_left:
        return WrongPassword(response.tries_left)
    # 63C0: wrong, and that was the last try.
    locked = (SW.AUTHENTICATION_BLOCKED, SW.APPLICATION_LOCKED_FOR_GOOD)
    if response.tries_left == 0 or response.sw in locked:
        return PasswordLocked()
    return VerificationUnknown(CardUnreadable(f"the card answered {response.sw:04X} to VERIFY"))
