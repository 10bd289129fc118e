"""Where the backend's work is done: the desks, over one store."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from kiosk.backend.emulator.bundle_desk import BundleDesk
from kiosk.backend.emulator.register import Bureau
from kiosk.backend.emulator.store import Store
from kiosk.backend.emulator.transaction_desk import TransactionDesk
from kiosk.backend.emulator.visit_desk import VisitDesk
from kiosk.backend.fleet import Banks, Fees, GuideNotes, Heartbeat, ReferenceText, ServicePoints, Topic
from offline_queue.bundle import Identity
from offline_queue.vault import KEY_SIZE

NOTHING_PUBLIC: Mapping[Topic, ReferenceText] = {
    Topic.SERVICE_POINTS: ServicePoints(items=()),
    Topic.BANKS: Banks(items=()),
    Topic.FEES: Fees(items=()),
    Topic.GUIDES: GuideNotes(items=()),
}
"""No service point, bank or fee is invented: whoever has real ones gives them."""


@dataclass(frozen=True, slots=True)
class Desks:
    """Where the work is done."""

    visits: VisitDesk
    transactions: TransactionDesk
    bundles: BundleDesk
    now: Callable[[], datetime]
    reference: Mapping[Topic, ReferenceText]
    heartbeats: dict[str, Heartbeat] = field(default_factory=dict)

    @classmethod
    def over(
        cls,
        store: Store,
        bureau: Bureau,
        now: Callable[[], datetime],
        *,
        bundle_key: bytes | None = None,
        not_offered: frozenset[str] = frozenset(),
        reference: Mapping[Topic, ReferenceText] = NOTHING_PUBLIC,
    ) -> Self:
        """Return desks that share a store. Without a `bundle_key`, bundles are sealed for this run only."""
        visits = VisitDesk(store, bureau, now, not_offered)
        transactions = TransactionDesk(store, bureau, now)
        bundles = BundleDesk(store, Identity(bundle_key or os.urandom(KEY_SIZE)), transactions)
        return cls(visits, transactions, bundles, now, reference)
