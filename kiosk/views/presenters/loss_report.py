"""The screens of a loss report: before it is made, everything it does and does not do."""

from kiosk.domain.cards import CardState, OwnCard
from kiosk.domain.guides import Guide
from kiosk.domain.policy import Policy
from kiosk.domain.transaction import IdentityLevel
from kiosk.flows import events as on
from kiosk.flows import loss_report as states
from kiosk.views.frame import Frame
from kiosk.views.models import AnyChoice, Choice, Fact, Facts, Icon, Instruction, Menu, Picture, Role, View
from kiosk.views.presenters.records import state_of
from kiosk.views.presenters.refusals import guide_choice
from kiosk.views.words import Words

_LOST = {CardState.LOSS_REPORTED, CardState.TEMPORARILY_LOST}


def not_offered(frame: Frame, state: states.NotOffered) -> View:
    """Not here: 12333 and the window."""
    words, hotline = frame.words, frame.visit.policy.hotline
    key = f"loss.{state.why.value}"
    points = (*words.all(f"{key}.points"), *frame.accounts())
    body = Instruction(Picture.CALL, words(f"{key}.text"), points, emphasis=hotline)
    choices = (guide_choice(frame, Guide.LOSS_BY_OTHER_WAYS, key), frame.confirm("choice.understood"))
    return frame.view("loss_not_offered", body, *choices, title=words("loss.title"), back=False, home=False)


def awaiting_id_card(frame: Frame, state: states.AwaitingIdCard) -> View:
    """Please place your resident ID card."""
    words = frame.words
    points = words.all("loss.awaiting_id_card.points", hotline=frame.visit.policy.hotline)
    body = Instruction(Picture.PLACE_ID_CARD, words("loss.awaiting_id_card.text"), points)
    return frame.view("loss_awaiting_id_card", body, title=words("loss.title"))


def id_card_trouble(frame: Frame, state: states.IdCardTrouble) -> View:
    """The ID card can't be read, or is out of date."""
    words, hotline = frame.words, frame.visit.policy.hotline
    key = "loss.id_card_expired" if state.expired else "loss.id_card_unreadable"
    points = words.all(f"{key}.points", hotline=hotline)
    if state.expired:
        points = (*points, *frame.accounts())
    picture = Picture.CALL if state.expired else Picture.PLACE_ID_CARD
    body = Instruction(picture, words(f"{key}.text"), points, emphasis=hotline if state.expired else "")
    guide = guide_choice(frame, Guide.LOSS_BY_OTHER_WAYS, key)
    return frame.view("loss_id_card_trouble", body, guide, title=words("loss.title"))


def finding_cards(frame: Frame, state: states.FindingCards) -> View:
    """The backend is being asked."""
    body = Instruction(Picture.WAITING, frame.words("loss.finding_cards.text"))
    return frame.view("loss_finding_cards", body, title=frame.words("loss.title"), back=False)


def choosing_card(frame: Frame, state: states.ChoosingCard) -> View:
    """Which of your cards?"""
    words = frame.words
    items: tuple[AnyChoice, ...] = tuple(
        Choice(
            _card(frame, card),
            on.CardChosen(place),
            Icon.CARD,
            detail=state_of(words, card),
        )
        for place, card in enumerate(states.reportable(frame.visit))
    )
    menu = Menu(items, words("loss.choosing_card.lead"))
    return frame.view("loss_choosing_card", menu, title=words("loss.title"))


def explaining(frame: Frame, state: states.ExplainingLoss) -> View:
    """What happens to the social security account, and what doesn't to the bank account."""
    words, policy = frame.words, frame.visit.policy
    call = call_the_bank(words, policy, state.card.bank)
    facts = (
        Fact(words("loss.explaining.card"), _card(frame, state.card)),
        Fact(words("loss.explaining.state"), state_of(words, state.card)),
    )
    online = frame.visit.conditions.online
    stops, *others = words.all("loss.explaining.points")
    points = (stops if online else words("loss.explaining.offline"), *others, call)
    if state.card.state in _LOST:  # no error: the backend answers with the earlier report's number and time
        points = (words(f"loss.explaining.{state.card.state.value}"), *points)
    if state.person.level is IdentityLevel.CARD_AND_PASSWORD:
        points = (*points, words("loss.explaining.damaged"))
    body = Facts(facts, points, lead=words("loss.explaining.lead"))
    confirm = frame.confirm("loss.explaining.confirm", danger=True)
    if not online:  # it leads to the telephone first, and makes nothing yet
        confirm = Choice(words("loss.explaining.go_on"), on.WentOnOffline(), Icon.CONFIRM, Role.PRIMARY)
    return frame.view("loss_explaining", body, confirm, title=words("loss.title"))


def no_card(frame: Frame, state: states.NoCardToReport) -> View:
    """There is nothing to report."""
    words, hotline = frame.words, frame.visit.policy.hotline
    points = (*words.all("loss.no_card.points", hotline=hotline), *frame.accounts())
    body = Instruction(Picture.GO_TO_WINDOW, words("loss.no_card.text"), points)
    choices = (
        guide_choice(frame, Guide.SERVICE_POINTS, "loss.no_card"), frame.confirm("choice.understood"),
    )  # fmt: skip
    return frame.view("loss_no_card", body, *choices, title=words("loss.title"), back=False, home=False)


def warning_offline(frame: Frame, state: states.WarningOffline) -> View:
    """Call 12333 now: the first and largest word. Taking it down here comes second."""
    words, hotline = frame.words, frame.visit.policy.hotline
    body = Instruction(
        Picture.CALL,
        words("loss.offline.text"),
        (*words.all("loss.offline.points"), *frame.accounts()),
        emphasis=words("loss.offline.call", hotline=hotline),
    )
    still = Choice(words("loss.offline.still"), on.Confirmed(), Icon.LOSS)
    return frame.view("loss_warning_offline", body, still, title=words("loss.title"))


def confirming_offline(frame: Frame, state: states.ConfirmingOffline) -> View:
    """I know that it is not in effect yet."""
    words, hotline = frame.words, frame.visit.policy.hotline
    points = (*words.all("loss.confirming_offline.points", hotline=hotline), *frame.accounts())
    if state.warned.card is None:  # the backend will not guess which of two cards is meant
        points = (*points, words("loss.confirming_offline.which"))
    body = Instruction(Picture.NOT_YET, words("loss.confirming_offline.text"), points)
    confirm = frame.confirm("loss.confirming_offline.confirm", danger=True)
    return frame.view("loss_confirming_offline", body, confirm, title=words("loss.title"))


def call_the_bank(words: Words, policy: Policy, bank: str) -> str:
    """Return the advice to report the loss to the bank, with its telephone number where that is known."""
    hotline = policy.bank_hotline(bank)
    return words("loss.bank_hotline", bank=bank, hotline=hotline) if hotline else words("loss.bank")


def _card(frame: Frame, card: OwnCard) -> str:
    return frame.words("topic.card.number", number=card.masked, bank=card.bank)
