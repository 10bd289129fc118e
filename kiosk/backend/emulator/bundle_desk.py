"""Bundles: what a dead kiosk still had to tell, carried here by hand and taken in like any other transaction.

A bundle is believed when a kiosk that was made known has signed it, and it was sealed for this backend. Each
entry goes the way of one told over the network, under its own key: what had arrived before is not done again.
"""

from pydantic import ValidationError

from kiosk.backend.contract import ToldTransaction, TransactionDocument
from kiosk.backend.emulator.register import Refused
from kiosk.backend.emulator.store import Store
from kiosk.backend.emulator.transaction_desk import TransactionDesk
from kiosk.backend.fleet import BundleAnswer
from kiosk.backend.message import Code
from offline_queue.bundle import Address, Bundle, Carried, Identity, open_bundle, signer_of
from offline_queue.errors import UnreadableBundle


class BundleDesk:
    """Takes bundles in. A bundle may come twice, or come in part over the network meanwhile."""

    def __init__(self, store: Store, identity: Identity, transactions: TransactionDesk) -> None:
        self.address = identity.address
        self._store = store
        self._identity = identity
        self._transactions = transactions

    def take_in(self, sealed: bytes) -> BundleAnswer:
        """Return what became of its entries. Raises Refused, and then nothing was taken in."""
        try:
            bundle = self._opened(sealed)
        except UnreadableBundle:
            raise Refused(Code.BUNDLE_UNREADABLE) from None
        taken = known = unclear = 0
        for entry in bundle.entries:
            try:
                _, first = self._transactions.take_in(entry.new.key, _told(entry))
            except (Refused, ValidationError, UnreadableBundle):
                unclear += 1  # being worked on, another content under its key, or not of this API
            else:
                taken += first
                known += not first
        missing = self._transactions.gaps(bundle.owner, bundle.last_seq).missing
        return BundleAnswer(kiosk=bundle.owner, taken=taken, known=known, unclear=unclear, missing=missing)

    def _opened(self, sealed: bytes) -> Bundle:
        signer = signer_of(sealed)
        for kiosk, written in self._store.known_kiosks():
            sender = Address.parse(written)
            if sender.verifying_key == signer:
                bundle = open_bundle(sealed, self._identity, sender)
                if bundle.owner != kiosk:
                    raise UnreadableBundle("signed by another kiosk than it says")
                return bundle
        raise UnreadableBundle("signed by nobody who is known")


def _told(entry: Carried) -> ToldTransaction:
    document = TransactionDocument.model_validate_json(entry.new.payload)
    if document.kiosk != entry.origin.owner:
        raise UnreadableBundle("a number of another kiosk")
    return ToldTransaction(**dict(document), sequence=entry.origin.seq)
