"""One-time codes of a technician's telephone (RFC 6238): six digits, new every 30 seconds, without a network.

The telephone and the kiosk need only the same time, to 30 seconds each way.
"""

from collections.abc import Collection
from datetime import UTC, datetime

import pyotp
from pyotp.utils import strings_equal

STEP_S = 30
_STEPS_OFF = (0, -1, 1)


def new_secret() -> str:
    """Return a secret of 160 bits in base 32, for the technician's telephone (RFC 4226, 4)."""
    return pyotp.random_base32(32)


def enrolment_uri(secret: str, name: str, kiosk: str) -> str:
    """Return the otpauth URI that a telephone takes the secret from."""
    return pyotp.TOTP(secret, interval=STEP_S).provisioning_uri(name=name, issuer_name=f"Kiosk {kiosk}")


def is_code_now(secret: str, code: str) -> bool:
    """Whether a telephone shows this code by this machine's clock."""
    return step_of_code(secret, code.strip(), datetime.now(UTC), ()) is not None


def step_of_code(secret: str, code: str, at: datetime, used: Collection[int]) -> int | None:
    """Return the step whose code this is, of the present and its neighbours; None for a wrong or used one."""
    totp = pyotp.TOTP(secret, interval=STEP_S)
    present = int(at.timestamp()) // STEP_S
    found = None
    for off in _STEPS_OFF:
        if strings_equal(totp.generate_otp(present + off), code) and present + off not in used:
            found = present + off
    return found
