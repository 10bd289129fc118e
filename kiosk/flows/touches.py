"""Events of the citizen's hand: what was chosen on the screen. Imported with all events as `on`."""

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from kiosk.domain.contact import ContactField
from kiosk.domain.guides import Guide
from kiosk.domain.records import Insurance
from kiosk.flows.maintenance import events as tech
from kiosk.flows.settings import Contrast, TextSize


class ServiceName(Enum):
    """What the home screen offers."""

    RECORDS = "records"
    CONTACT_CHANGE = "contact_change"
    LOSS_REPORT = "loss_report"
    RECEIPT_LOOKUP = "receipt_lookup"
    GUIDES = "guides"


class Keyboard(Enum):
    """The ways to enter text by touch."""

    DIGITS = "digits"
    LETTERS = "letters"
    PINYIN = "pinyin"
    NINE_KEY = "nine_key"
    STROKES = "strokes"  # for those who never learnt pinyin, and for rare characters
    CODE = "code"  # a rare character by its number in Unicode
    HOUSE = "house"  # digits with 号 楼 单元 室 and the like
    CAPITALS = "capitals"  # digits with Latin letters, for A座 and B区
    DIVISIONS = "divisions"


class Topic(Enum):
    """A page of the own records."""

    WHO_I_AM = "who_i_am"
    INSURANCES = "insurances"
    CONTRIBUTIONS = "contributions"
    PENSION = "pension"
    MEDICAL = "medical"
    BENEFITS = "benefits"
    CARD = "card"
    TRANSACTIONS = "transactions"


@dataclass(frozen=True, slots=True)
class BrandTouched:
    """The name of the terminal was touched: nothing to a citizen, a knock at the door by a technician."""


@dataclass(frozen=True, slots=True)
class ServiceChosen:
    service: ServiceName


@dataclass(frozen=True, slots=True)
class TopicChosen:
    topic: Topic


@dataclass(frozen=True, slots=True)
class ContributionsChosen:
    """Contributions are wanted by insurance and year, rather than the last 12 months of all."""


@dataclass(frozen=True, slots=True)
class InsuranceChosen:
    insurance: Insurance


@dataclass(frozen=True, slots=True)
class YearChosen:
    year: int


@dataclass(frozen=True, slots=True)
class GuideChosen:
    """A guide is wanted; `refusal` names the screen that turned its reader away ("not_served.card_lost")."""

    guide: Guide
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class ServicePointsChosen:
    """The addresses of the service windows are wanted."""


@dataclass(frozen=True, slots=True)
class CardChosen:
    """One of the visitor's own cards, by its place in the list shown."""

    place: int


@dataclass(frozen=True, slots=True)
class FieldChosen:
    field: ContactField


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key of the keypad or keyboard on the screen. May be a digit of the password: never logged."""

    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Erased:
    """The last character was taken back."""


@dataclass(frozen=True, slots=True)
class ScreenKeypadChosen:
    """The password shall be entered on the screen, not on the PIN pad."""


@dataclass(frozen=True, slots=True)
class CandidateChosen:
    """One of the input method's candidates, by its place."""

    place: int


@dataclass(frozen=True, slots=True)
class CandidatesTurned:
    """The candidates after the first `shown` of this page are wanted, or those of the page before."""

    forward: bool
    shown: int = 0


@dataclass(frozen=True, slots=True)
class DivisionChosen:
    """A province, city, county or town picked from the list. `last`: the lists go no further."""

    code: str
    name: str
    last: bool


@dataclass(frozen=True, slots=True)
class IdAddressChosen:
    """The address on the visitor's ID card is to be written."""


@dataclass(frozen=True, slots=True)
class KeyboardChosen:
    """Another way to type was chosen."""

    keyboard: Keyboard


@dataclass(frozen=True, slots=True)
class PageTurned:
    """A list was turned to a page, counted from 1."""

    page: int


@dataclass(frozen=True, slots=True)
class Revealed:
    """A masked value was touched, to be shown."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The primary action of the screen."""


@dataclass(frozen=True, slots=True)
class WentOnOffline:
    """The citizen goes on where the network is gone. Apart from `Confirmed`, so that a link that comes back
    under the finger makes nothing happen that the screen did not say."""


@dataclass(frozen=True, slots=True)
class PrintChosen:
    """The citizen wants it on paper."""


@dataclass(frozen=True, slots=True)
class WentBack:
    """One step back."""


@dataclass(frozen=True, slots=True)
class WentHome:
    """The citizen is done, or gives up: the visit ends."""


@dataclass(frozen=True, slots=True)
class MoreTimeWanted:
    """Yes, I am still here."""


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    language: str


@dataclass(frozen=True, slots=True)
class TextSizeChosen:
    size: TextSize


@dataclass(frozen=True, slots=True)
class ContrastChosen:
    contrast: Contrast


@dataclass(frozen=True, slots=True)
class MaintenanceEnded:
    """The technician leaves."""


@dataclass(frozen=True, slots=True)
class VoiceChosen:
    """The screens are to be read aloud, or no longer."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class ScreenTouched:
    """A finger came down or a key was struck, on whatever: the voice stops, and somebody is there."""


@dataclass(frozen=True, slots=True)
class RingMoved:
    """The ring of the accessible keypad came to a choice: its words, as they are read aloud."""

    words: str = field(repr=False)


Touch: TypeAlias = (
    BrandTouched | ServiceChosen | TopicChosen | ContributionsChosen | InsuranceChosen | YearChosen
    | GuideChosen | ServicePointsChosen | CardChosen | FieldChosen | KeyPressed | Erased | ScreenKeypadChosen
    | CandidateChosen | CandidatesTurned | DivisionChosen | KeyboardChosen | PageTurned
    | IdAddressChosen
    | Revealed | Confirmed | WentOnOffline | PrintChosen
    | WentBack | WentHome | MoreTimeWanted | LanguageChosen | TextSizeChosen | ContrastChosen
    | tech.Touch | MaintenanceEnded
    | VoiceChosen | ScreenTouched | RingMoved
)  # fmt: skip
