"""How the outbox is, for a technician: what waits, what stands against more, and what became of its file."""

from collections.abc import Iterable

from drivers.errors import DeviceStatus, Remedy
from kiosk.domain.findings import Measured
from kiosk.services.service import Check
from offline_queue.outbox import Outbox
from offline_queue.salvage import Salvage

OVERDUE_H = 24  # what waits longer is worth a look, even where lines are bad


def check_of(outbox: Outbox, copy_failure: str | None) -> Check:
    """Return the check of an open outbox. `copy_failure`: why the last second copy failed.

    Raises OutboxError.
    """
    summary, obstacle, aside = outbox.summary(), outbox.accepts_new(), outbox.kept_aside()
    waiting_h = int((summary.oldest_pending_s or 0) // 3600)
    causes = {
        obstacle.value if obstacle else "": obstacle,
        "salvaged": aside,
        "lost": numbers_lost(aside),
        "rejected": summary.rejected,
        "overdue": waiting_h >= OVERDUE_H,
        "no_copy": copy_failure,
    }
    measured = (
        Measured("pending", summary.pending),
        Measured("rejected", summary.rejected),
        *((Measured("lost", summary.lost),) if summary.lost else ()),
        *((Measured("oldest_h", waiting_h),) if waiting_h else ()),
    )
    said = [f"{summary.pending} pending, {summary.rejected} rejected"]
    said += [f"takes no more: {obstacle}"] if obstacle else []
    said += [_told(salvaged) for salvaged in aside]
    said += [f"no second copy: {copy_failure}"] if copy_failure else []
    return Check(
        DeviceStatus.HARDWARE_ERROR if obstacle else DeviceStatus.ONLINE,
        Remedy.MAINTENANCE if len(said) > 1 else None,
        "; ".join(said),
        tuple(cause for cause, stands in causes.items() if stands),
        measured,
    )


def numbers_lost(aside: Iterable[Salvage]) -> int:
    """Return how many numbers the damaged files have cost that still lie beside the outbox."""
    return sum(salvaged.numbers_lost for salvaged in aside)


def _told(salvaged: Salvage) -> str:
    lost = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in salvaged.lost)
    return (
        f"damaged {salvaged.at:%Y-%m-%d} ({salvaged.cause}), kept in {salvaged.kept_aside.name}: "
        f"{salvaged.saved} saved, {salvaged.from_copies} of them from copies, numbers lost: {lost or 'none'}"
    )
