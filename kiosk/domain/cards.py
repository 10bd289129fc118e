"""Social security cards as the backend and the chip know them."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class CardState(Enum):
    """What the backend says of a card. The field's words are in the comments."""

    NORMAL = "normal"  # 正常
    NOT_ACTIVATED = "not_activated"  # 社保功能正常, 金融账户未激活 (Art 15): blocks no look-up
    LOSS_REPORTED = "loss_reported"  # 挂失
    TEMPORARILY_LOST = "temporarily_lost"  # 临时挂失
    PASSWORD_LOCKED = "password_locked"  # 密码锁定 (Art 24)
    CANCELLED = "cancelled"  # 注销
    IN_PRODUCTION = "in_production"  # 制卡中
    SEALED = "sealed"  # 封存
    REPLACED = "replaced"  # 已补换卡


class ProductionStage(Enum):
    """The stages of Art 5 between data collection and handing out."""

    COLLECTED = "collected"
    UPLOADED = "uploaded"
    ACCOUNT_OPENING = "account_opening"
    MAKING = "making"
    PERSONALISING = "personalising"
    RETURNED = "returned"
    READY_FOR_COLLECTION = "ready_for_collection"
    COLLECTED_BY_HOLDER = "collected_by_holder"


@dataclass(frozen=True, slots=True)
class ChipCard:
    """What was read from the chip in the reader. Number and name are blank on contactless cards.

    `card_id` is the 卡识别码 in hexadecimal; `region` the issuing region's six digits.
    """

    card_id: str = field(repr=False)
    region: str
    card_number: str | None = field(repr=False)
    holder_number: str | None = field(repr=False)
    holder_name: str | None = field(repr=False)
    spec_version: str
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class OwnCard:
    """One card of the visitor, as the backend knows it."""

    card_number: str = field(repr=False)
    state: CardState
    bank: str  # "" when the backend does not say
    issued_on: date | None
    state_since: date | None = None
    stage: ProductionStage | None = None

    @property
    def masked(self) -> str:
        """The card number as a screen may show it: its last four characters."""
        return "*" * max(0, len(self.card_number) - 4) + self.card_number[-4:]


HENAN = "41"


def is_of_henan(region: str) -> bool:
    """Whether the issuing region lies in the province: its cards are served here (Art 17)."""
    return region.startswith(HENAN)
