"""The two ways to ask services how they are: at work in a running kiosk, or opened for this and let go."""

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from drivers.errors import DeviceStatus, Remedy
from kiosk.audit.head import Head
from kiosk.audit.verification import Verdict, verify
from kiosk.config import Config
from kiosk.outbox_file import outbox_path, vault_of
from kiosk.services.audit import Audit
from kiosk.services.ledger import Ledger
from kiosk.services.routes import ACCESS, AUDIT, LEDGER
from kiosk.services.service import Check, Make, NotWorking, Service
from offline_queue.errors import OutboxError
from offline_queue.opening import verify_file
from offline_queue.verification import Verification

_SETTLE_S = 1.0  # for the card reader to report itself

Call = Callable[[str, Callable[[Service], object]], object]
"""Asks a service by name on the thread that owns it. Raises NotWorking."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """The services of a running kiosk."""

    call: Call

    def check(self, service: str) -> Check:
        """Ask a service how it is. Raises NotWorking."""
        check = self.call(service, lambda asked: asked.check())
        assert isinstance(check, Check)
        return check

    def verify_outbox(self) -> Verification:
        """Walk the chain of the outbox. Raises NotWorking, OutboxError."""

        def ask(service: Service) -> Verification:
            assert isinstance(service, Ledger)
            return service.outbox.verify()

        verified = self.call(LEDGER, ask)
        assert isinstance(verified, Verification)
        return verified

    def verify_audit(self, folder: Path, key: Ed25519PublicKey) -> Verdict:
        """Walk the audit log as far as its writer says it goes. Raises NotWorking, OSError."""

        def ask(service: Service) -> Head:
            assert isinstance(service, Audit)
            return service.head()

        head = self.call(AUDIT, ask)
        assert isinstance(head, Head)
        return verify(folder, key, head)


@dataclass(frozen=True, slots=True)
class OpenedForThis:
    """The services of a kiosk that isn't running. Nothing is sent, salvaged or begun."""

    config: Config
    makes: Mapping[str, Make]

    def check(self, service: str) -> Check:
        """Open a service's device, ask how it is, and let it go. Raises NotWorking."""
        if service == LEDGER:
            return self._check_outbox()
        if service == ACCESS and not self.config.technicians_file.exists():
            return Check(DeviceStatus.NO_DEVICE, Remedy.MAINTENANCE, "no technician", ("no_technicians",))
        with closing(self._made(service)) as opened:
            until = time.monotonic() + _SETTLE_S
            while time.monotonic() < until and not opened.watch().events:
                continue
            return opened.check()

    def _made(self, service: str) -> Service:
        try:
            return self.makes[service]()
        except (OSError, OutboxError):  # of something it needs, and another check names: a font, a key
            raise NotWorking from None

    def verify_outbox(self) -> Verification:
        """Walk the chain of the outbox, without salvaging what is damaged. Raises OutboxError."""
        vault, file = vault_of(self.config), outbox_path(self.config)
        if not file.exists():  # before the first start
            return Verification(0, None)
        return verify_file(file, vault, self.config.kiosk.id)

    def verify_audit(self, folder: Path, key: Ed25519PublicKey) -> Verdict:
        """Walk the audit log as far as its files say it goes. Raises OSError."""
        return verify(folder, key)

    def _check_outbox(self) -> Check:
        try:
            verified = self.verify_outbox()
            if not verified.rows or verified.first_break is not None:
                return Check(DeviceStatus.ONLINE)  # nothing in it, or damage: the walk of the chain tells
            with closing(self.makes[LEDGER]()) as opened:
                return opened.check()
        except OutboxError as error:
            return Check(DeviceStatus.HARDWARE_ERROR, Remedy.MAINTENANCE, str(error), (error.word,))
