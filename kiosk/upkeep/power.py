"""Out of service by hand, restart, and shutdown. What was recorded is on the disk before any of it."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.domain.withdrawal import Withdrawal
from kiosk.flows import events as on
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance.events import Power, Trouble
from kiosk.private_files import NotPrivate, read_private, write_private
from kiosk.services.upkeep import Hands, Undone

_POWER_OFF = ("/usr/bin/systemctl", "poweroff")
_WITHIN_S = 10.0


class Switch(Protocol):
    """What can be done with the power. Both raise OSError when the system refuses."""

    def restart(self) -> None:
        """End the application; whoever supervises it starts it anew."""

    def shut_down(self) -> None:
        """Switch the machine off, in order."""


class SystemSwitch:
    """The machine's own: systemd supervises the kiosk (deploy/xinxiang-kiosk.service) and switches off."""

    def restart(self) -> None:
        """End as `systemctl stop` would have it; Restart=always brings the kiosk back."""
        os.kill(os.getpid(), signal.SIGTERM)

    def shut_down(self) -> None:
        """Ask systemd, which asks polkit whether the kiosk's user may (deploy/50-xinxiang-kiosk.rules)."""
        try:
            subprocess.run(_POWER_OFF, check=True, timeout=_WITHIN_S, capture_output=True)  # noqa: S603  ours
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as refused:
            raise OSError("the system refused to switch off") from refused


@dataclass(frozen=True, slots=True)
class PowerHands:
    """`file`: where it stands that the kiosk is out of service by hand."""

    file: Path
    switch: Switch

    def hands(self) -> Hands:
        """Return what is done for each order."""
        return {order.Withdraw: self._withdraw, order.SwitchPower: self._switch}

    def withdrawn(self) -> Withdrawal | None:
        """Return why the kiosk is out of service by hand. A file nobody can read closes no kiosk."""
        with suppress(OSError, NotPrivate, ValueError):
            return Withdrawal(read_private(self.file).decode())
        return None

    def _withdraw(self, ordered: order.Withdraw) -> Iterator[on.ServiceWithdrawn]:
        if ordered.reason is None:
            self.file.unlink(missing_ok=True)
        else:
            write_private(self.file, ordered.reason.value.encode())
        yield on.ServiceWithdrawn(ordered.reason)

    def _switch(self, ordered: order.SwitchPower) -> Iterator[on.Event]:
        act: Callable[[], None] = {
            Power.RESTART: self.switch.restart,
            Power.SHUT_DOWN: self.switch.shut_down,
        }[ordered.power]
        try:
            act()
        except OSError:
            raise Undone(Trouble.NOT_DONE) from None
        yield from ()
