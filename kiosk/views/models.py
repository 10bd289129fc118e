"""Views: what a screen shows, as plain frozen data. The screens know this module and nothing else.

A `Choice` carries the event that touching it means, so a screen needs no knowledge of flows and a test
touches words. All text is ready to show: in the visitor's language, masked where it must be.
`private` text must never reach a log; a view is not logged but by its name.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, Protocol, TypeAlias, TypeVar, runtime_checkable

E_co = TypeVar("E_co", covariant=True)


class Role(Enum):
    """What a choice is for; decides its place and look, together with its icon and words."""

    PRIMARY = "primary"  # the one way on
    SECONDARY = "secondary"
    DANGER = "danger"  # can't be undone at the kiosk
    QUIET = "quiet"  # settings and small aids


class Icon(Enum):
    """The pictures beside the words, drawn by the screens as vectors."""

    NONE = "none"
    RECORDS = "records"
    CONTACT = "contact"
    LOSS = "loss"
    RECEIPT = "receipt"
    GUIDE = "guide"
    PHONE = "phone"
    ADDRESS = "address"
    MAIL = "mail"
    POSTCODE = "postcode"
    PERSON = "person"
    SHIELD = "shield"
    COINS = "coins"
    CHART = "chart"
    MEDICAL = "medical"
    CARD = "card"
    PRINT = "print"
    CONFIRM = "confirm"
    BACK = "back"
    HOME = "home"
    NEXT = "next"
    PREVIOUS = "previous"
    ERASE = "erase"
    EYE = "eye"
    HIDE = "hide"
    BRIEFCASE = "briefcase"
    INJURY = "injury"
    LANGUAGE = "language"
    TEXT_SIZE = "text_size"
    CONTRAST = "contrast"
    CLOCK = "clock"
    WINDOW = "window"
    WARNING = "warning"
    KEYBOARD = "keyboard"
    WRENCH = "wrench"
    VOICE = "voice"
    CALENDAR = "calendar"
    UNLOCK = "unlock"
    QUESTION = "question"
    BANK = "bank"
    CANCEL = "cancel"
    PEOPLE = "people"
    MORE = "more"
    ELDER = "elder"
    RESTART = "restart"
    SHUT_DOWN = "shut_down"


@dataclass(frozen=True, slots=True)
class Choice(Generic[E_co]):
    """Something to touch. `detail` is a second, smaller line; `chosen` marks the one of several in force."""

    text: str
    event: E_co
    icon: Icon = Icon.NONE
    role: Role = Role.SECONDARY
    detail: str = ""
    chosen: bool = False
    enabled: bool = True


AnyChoice: TypeAlias = Choice[object]


class Picture(Enum):
    """Illustrations for those who would rather look than read."""

    INSERT_CARD = "insert_card"
    PLACE_ID_CARD = "place_id_card"
    TAKE_CARD = "take_card"
    TAKE_ID_CARD = "take_id_card"
    READING = "reading"
    WAITING = "waiting"
    PRINTING = "printing"
    CALL = "call"
    NOT_YET = "not_yet"
    CARD_FAULT = "card_fault"
    GO_TO_WINDOW = "go_to_window"
    OUT_OF_SERVICE = "out_of_service"
    STILL_THERE = "still_there"
    LOCKED = "locked"
    PIN_PAD = "pin_pad"
    FAREWELL = "farewell"


class Mark(Enum):
    """The one thing a result says; never by colour alone: each has its own shape, word and colour."""

    IN_EFFECT = "in_effect"
    RECORDED = "recorded"  # taken down, not yet in effect
    REFUSED = "refused"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Menu:
    """Large choices to pick one from; `lead` is a sentence above them."""

    items: tuple[AnyChoice, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One thing to do, or to wait for: a picture, at most two sentences, points to heed."""

    picture: Picture
    text: str
    points: tuple[str, ...] = ()
    emphasis: str = ""  # one short text larger than all: a telephone number to call
    sign: Icon = Icon.PHONE  # beside it: what it is
    done: float | None = None  # how much of the work, 0 to 1: a bar under it


@dataclass(frozen=True, slots=True)
class Keypad:
    """Digits to enter. `shown` is what stands in the field: dots for a password. `groups` are the slots,
    (6,) in one run, (4, 6, 1) with gaps between. Keys are laid out three in a row, as given; when they are
    on a device of their own there are none, and its `picture` stands in their place."""

    label: str
    shown: str
    length: int
    keys: tuple[AnyChoice, ...]
    secret: bool
    groups: tuple[int, ...] = ()
    note: str = ""
    warning: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form: its value, why it will not do, and the choice to edit it.

    `action` is what the choice shows beside the label; its own text says all of it, to those who listen.
    """

    label: str
    value: str
    action: str
    edit: AnyChoice
    problem: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """Fields to change, one touch each."""

    fields: tuple[Field, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class TextEntry:
    """Text to enter: `text` so far, `preedit` letters not yet converted, candidates, and rows of keys.

    A screen shows as many candidates as it has room for. `turn_on` leads on from behind all of them, and
    `turns_between` from behind the first, the first two and so on, so that none is passed over.
    `composing`: what is typed is converted, so candidates have their place even before they come.
    `unknown` stands in the place of the candidates when what is typed means nothing.
    `notes` and `problems` are all that may ever stand in the place of the note.
    """

    label: str
    text: str = field(repr=False)
    preedit: str = field(repr=False)
    candidates: tuple[AnyChoice, ...] = field(repr=False)
    rows: tuple[tuple[AnyChoice, ...], ...]
    turns_between: tuple[AnyChoice, ...] = ()
    keyboards: tuple[AnyChoice, ...] = ()
    turn_back: AnyChoice | None = None
    turn_on: AnyChoice | None = None
    problem: str = ""
    problems: tuple[str, ...] = ()
    note: str = ""
    notes: tuple[str, ...] = ()
    composing: bool = False
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of a review: what was, what will be."""

    label: str
    before: str = field(repr=False)
    after: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Before and after, to be looked at before it is confirmed."""

    rows: tuple[Compared, ...]
    before_heading: str
    after_heading: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; `state` is a short word shown as a badge, set off when it is to be `heeded`."""

    label: str
    value: str = field(repr=False)
    state: str = ""
    heeded: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A list of facts, with notes under it and perhaps a choice to show what is masked."""

    facts: tuple[Fact, ...]
    notes: tuple[str, ...] = ()
    reveal: AnyChoice | None = None
    lead: str = ""
    verdict: "StatusRow | None" = None  # stands above all: what was to be found out


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its label, its height in the unit of the chart, its value in words.

    A `hollow` one is owed: it has not been received.
    """

    label: str
    height: float = field(repr=False)
    value: str = field(repr=False)
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a page. `pages` is 1 when all fits; nothing scrolls. `chart` may stand above.

    The last cell of a row in `marked` stands out: it is not as one would expect. `results` are the marks the
    rows begin with, where each tells of a result.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    page: int = 1
    pages: int = 1
    turn_back: AnyChoice | None = None
    turn_on: AnyChoice | None = None
    page_words: str = ""
    summary: str = field(default="", repr=False)
    empty: str = ""
    notes: tuple[str, ...] = ()
    chart: tuple[Bar, ...] = ()
    marked: frozenset[int] = frozenset()  # rows of this page, counted from 0
    results: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a transaction stands. The mark, its words, the number to keep, what it means, what to do."""

    mark: Mark
    headline: str
    number_label: str = ""
    number: str = ""
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    qr: str = ""
    paper: str = ""  # what became of the slip
    call: str = ""  # the one thing to do now


@dataclass(frozen=True, slots=True)
class Guidance:
    """A guide or refusal on one screen: the gist, then titled points, then the article."""

    lead: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    article: str


class Health(Enum):
    """How a part of the kiosk is; never by colour alone: each has its own shape and word."""

    WELL = "well"
    NOTED = "noted"  # works, and something is to be done soon
    FAILED = "failed"
    UNDER_WAY = "under_way"  # being looked at, or being done
    UNKNOWN = "unknown"  # not looked at


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One part and how it is: in a word, what was seen, the next step. `choice` leads to more about it."""

    health: Health
    word: str
    label: str
    seen: str = ""
    advice: str = ""
    choice: AnyChoice | None = None


@dataclass(frozen=True, slots=True)
class StatusList:
    """Parts and how they are, for a technician. `pages` is 1 when all fits; nothing scrolls."""

    rows: tuple[StatusRow, ...]
    lead: str = ""
    notes: tuple[str, ...] = ()
    turn_back: AnyChoice | None = None
    turn_on: AnyChoice | None = None
    page_words: str = ""
    verdict: StatusRow | None = None  # stands above all: what the rows come to


@runtime_checkable
class Aimed(Protocol):
    """An event that wants to know how far from the middle of its choice the finger was."""

    def aimed_at(self, right_mm: float, up_mm: float) -> object:
        """Return the event of a touch there, in millimetres to the right of the middle and above it."""


@dataclass(frozen=True, slots=True)
class TouchGrid:
    """Targets all over the screen, to be hit one by one. Each choice's event is `Aimed`.

    `columns` to a row, in reading order; one that was hit is `chosen`. `lead` says what to do.
    """

    targets: tuple[AnyChoice, ...]
    columns: int
    lead: str


class Hue(Enum):
    """The colours a display is tested with."""

    RED = "red"
    GREEN = "green"
    BLUE = "blue"
    WHITE = "white"
    BLACK = "black"


@dataclass(frozen=True, slots=True)
class ColourField:
    """The whole display in one colour, without anything else, to look for dead pixels. A touch goes on."""

    hue: Hue
    onward: AnyChoice


Body: TypeAlias = (
    Menu | Instruction | Keypad | Form | TextEntry | Comparison | Facts | Table | Outcome | Guidance
    | StatusList | TouchGrid | ColourField
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Banner:
    """A state of the kiosk that matters to this visitor: offline, no paper. `grave` ones stand out."""

    text: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Countdown:
    """Shown only when it matters: whole seconds left of how many, and the words for it."""

    seconds_left: int
    of_seconds: int
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """Where one is in a change of several steps, counted from 1."""

    number: int
    of: int
    names: tuple[str, ...]


class Size(Enum):
    """The text size in force."""

    NORMAL = "normal"
    LARGE = "large"
    LARGER = "larger"
    ELDER = "elder"


class Palette(Enum):
    """The contrast mode in force."""

    LIGHT = "light"
    DARK = "dark"
    HIGH = "high"
    HIGH_DARK = "high_dark"


@dataclass(frozen=True, slots=True)
class Look:
    """How this visitor sees the kiosk."""

    size: Size = Size.NORMAL
    palette: Palette = Palette.LIGHT
    language: str = "zh_CN"


class Audience(Enum):
    """Who may hear a sentence: a hall is full of people."""

    EVERYBODY = "everybody"
    VISITOR = "visitor"  # personal values: through an earpiece only
    HALL = "hall"  # what is said in their place where everybody hears it


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that is read aloud, with its numbers in words or digit by digit."""

    text: str = field(repr=False)
    audience: Audience = Audience.EVERYBODY


@dataclass(frozen=True, slots=True)
class View:
    """One screen. `name` identifies it in the registry of views, the gallery and the log.

    `choices` stand at the foot: the primary action always last, in the same place. `tools` are settings
    offered on every screen. `knock` is made by touching the brand, and shows nowhere. `speech` is what the
    voice says; it never holds digits of a password. `aloud`: the visitor wants to hear it. `alarm` counts
    the alarms this screen has given; each is heard by all.
    """

    name: str
    title: str
    body: Body
    choices: tuple[AnyChoice, ...] = ()
    back: AnyChoice | None = None
    home: AnyChoice | None = None
    tools: tuple[AnyChoice, ...] = ()
    banners: tuple[Banner, ...] = ()
    countdown: Countdown | None = None
    step: Step | None = None
    look: Look = Look()
    brand: str = ""
    knock: AnyChoice | None = None
    clock: str = ""
    footer: str = ""
    private: bool = False
    speech: tuple[Sentence, ...] = ()
    aloud: bool = False
    alarm: int = 0


def choices_of(view: View) -> tuple[AnyChoice, ...]:
    """Return everything that can be touched on a screen, in reading order."""
    body = view.body
    inside: tuple[AnyChoice | None, ...] = ()
    match body:
        case Menu(items):
            inside = items
        case Keypad(keys=keys):
            inside = keys
        case Form(fields):
            inside = tuple(line.edit for line in fields)
        case TextEntry():
            keys = tuple(key for row in body.rows for key in row)
            inside = (*body.candidates, body.turn_back, body.turn_on, *body.keyboards, *keys)
        case Facts(reveal=reveal):
            inside = (reveal,)
        case Table():
            inside = (body.turn_back, body.turn_on)
        case StatusList(rows):
            inside = (*(row.choice for row in rows), body.turn_back, body.turn_on)
        case TouchGrid(targets):
            inside = targets
        case ColourField(onward=onward):
            inside = (onward,)
        case _:
            pass
    every = (*inside, *view.choices, view.back, view.home, *view.tools)
    return tuple(choice for choice in every if choice is not None and choice.enabled)
