"""Where a kiosk's outbox is, under which key, and how it is opened: the same for kiosk and commands."""

from datetime import timedelta
from pathlib import Path

from kiosk.config import Config
from offline_queue.bundle import Identity
from offline_queue.clock import Clock
from offline_queue.errors import StorageFailure
from offline_queue.outbox import Outbox
from offline_queue.space import Limits
from offline_queue.upkeep import Habits
from offline_queue.vault import Vault, read_credential, read_key_file


def outbox_path(config: Config) -> Path:
    """Return where the file is."""
    return config.kiosk.data_dir / "outbox.db"


def open_outbox(config: Config, clock: Clock | None = None) -> Outbox:
    """Open the outbox as configured; a damaged file is salvaged. Raises OutboxError."""
    section = config.outbox
    try:
        config.kiosk.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageFailure(f"{config.kiosk.data_dir}: {error.strerror}") from None
    return Outbox.open(
        outbox_path(config),
        vault_of(config),
        owner=config.kiosk.id,
        clock=clock,
        limits=Limits(section.max_pending, section.min_free_mib << 20),
        copies=section.backup_dir,
    )


def vault_of(config: Config) -> Vault:
    """Return the configured key at work. Raises UnusableKey."""
    return Vault.from_key(_key_of(config), config.outbox.cipher)


def identity_of(config: Config) -> Identity:
    """Return who makes and opens this kiosk's bundles. Raises UnusableKey."""
    return Identity(_key_of(config))


def habits_of(config: Config) -> Habits:
    """Return how often the outbox is copied and verified, and how long settled payloads are kept."""
    section = config.outbox
    delivered, rejected = (
        timedelta(days=days) for days in (section.retention_days, section.rejected_retention_days)
    )
    return Habits(section.backup_every_s, section.verify_every_s, delivered, rejected)


def _key_of(config: Config) -> bytes:
    section = config.outbox
    if section.key_file is not None:
        return read_key_file(section.key_file)
    assert section.key_credential is not None
    return read_credential(section.key_credential)
