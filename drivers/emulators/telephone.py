"""A technician's telephone: shows the one-time code of the moment (RFC 6238), as any authenticator does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import pyotp


@dataclass(frozen=True, slots=True)
class Telephone:
    """One that has taken the secret of `kiosk technicians add`, and knows the time."""

    secret: str = field(repr=False)
    wall: Callable[[], datetime]

    @property
    def code(self) -> str:
        """The six digits on its screen."""
        return self.code_off_by(0)

    def code_off_by(self, seconds: int) -> str:
        """Return what a telephone shows whose clock is off by so many seconds."""
        return pyotp.TOTP(self.secret).at(int(self.wall().timestamp()) + seconds)
