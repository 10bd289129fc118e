"""A technician's PIN: at least eight digits, kept as an Argon2id hash (RFC 9106, its low-memory profile)."""

from typing import TypeAlias

from argon2 import Parameters, PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

LEAST_DIGITS, MOST_DIGITS = 8, 16
Cost: TypeAlias = Parameters
USUAL_COST: Cost = RFC_9106_LOW_MEMORY
_HASHER = PasswordHasher()  # to verify: what a hash costs is written in it
_RUNS = "01234567890123456789", "98765432109876543210"


class UnfitPin(ValueError):
    """A PIN that can't be one; the message says what is wrong, and never the PIN."""


def hash_pin(pin: str, cost: Cost = USUAL_COST) -> str:
    """Return what is kept of a PIN. Takes a quarter of a second at the usual cost. Raises UnfitPin."""
    if not (pin.isascii() and pin.isdigit() and LEAST_DIGITS <= len(pin) <= MOST_DIGITS):
        raise UnfitPin(f"a PIN has {LEAST_DIGITS} to {MOST_DIGITS} digits")
    if len(set(pin)) < 3 or any(pin in run for run in _RUNS):
        raise UnfitPin("too easily guessed")
    return PasswordHasher.from_parameters(cost).hash(pin)


def is_pin(pin: str, kept: str) -> bool:
    """Whether this is the PIN that was kept. Takes as long either way."""
    try:
        return _HASHER.verify(kept, pin)
    except (VerificationError, InvalidHashError):
        return False
