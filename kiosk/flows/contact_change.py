"""Changing contact details (Art 18): edit, review before and after, the password again (level 3), and done.

    EditingContact <-> EnteringValue
         |
    ReviewingChange -> ConfirmingByPassword -> (outcome)

There is no cooling-off: 及时 stands in the article. The bank's own records do not change, and this is said.
"""

from dataclasses import dataclass
from typing import ClassVar

from kiosk.domain.contact import ContactDetails, ContactField, problem_of
from kiosk.domain.transaction import ContactChange, Evidence, IdentityLevel
from kiosk.flows import events as on
from kiosk.flows import outcome, password, text_entry
from kiosk.flows.visit import ANSWER_TIME_S, State, Step, Visit, ended


@dataclass(frozen=True, slots=True)
class EditingContact:
    """The fields as they are and as they shall be."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = False
    draft: ContactDetails


@dataclass(frozen=True, slots=True)
class EnteringValue:
    """One field is being typed. `checked`: the citizen said it was finished, so its problem is shown."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = False
    draft: ContactDetails
    entry: text_entry.TextEntry
    checked: bool = False


@dataclass(frozen=True, slots=True)
class ReviewingChange:
    """Before and after, side by side."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = False
    draft: ContactDetails


@dataclass(frozen=True, slots=True)
class ConfirmingByPassword:
    """The password once more, at the moment of change (level 3)."""

    survives_card_removal: ClassVar[bool] = False
    draft: ContactDetails
    entry: password.PasswordEntry

    @property
    def timeout(self) -> float | None:
        """Seconds to go on."""
        return self.entry.timeout


@dataclass(frozen=True, slots=True)
class ChangeNotPossible:
    """The outbox takes no more: said before the citizen types anything."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True


STATES: tuple[type[State], ...] = (
    EditingContact, EnteringValue, ReviewingChange, ConfirmingByPassword, ChangeNotPossible,
)  # fmt: skip


def begin(visit: Visit) -> Step:
    """Begin with the details the backend has."""
    if visit.conditions.outbox_refusal is not None:
        return Step(visit.at(ChangeNotPossible()))
    return Step(visit.at(EditingContact(current(visit))))


def current(visit: Visit) -> ContactDetails:
    """Return the contact details as the backend has them."""
    return visit.session.records.profile.contact if visit.session.records else ContactDetails()


def changed_fields(visit: Visit, draft: ContactDetails) -> tuple[ContactField, ...]:
    """Return the allowed fields in which the draft differs."""
    changes = current(visit).changes_to(draft)
    return tuple(field for field in visit.policy.contact_fields if field in changes)


def step(visit: Visit, event: on.Event) -> Step | None:
    """Go one step in the change; None leaves the event to the house rules."""
    state = visit.state
    match state, event:
        case EditingContact(draft), on.FieldChosen(field) if field in visit.policy.contact_fields:
            # A number is typed anew; an address is more often mended.
            text = draft.value(field) if field is ContactField.ADDRESS else ""
            entry = text_entry.entering(field, text, pinyin=visit.conditions.pinyin)
            return Step(visit.at(EnteringValue(draft, entry)))

        case EditingContact(draft), on.Confirmed() if changed_fields(visit, draft):
            return Step(visit.at(ReviewingChange(draft)))

        case EnteringValue(draft, entry), on.Confirmed():
            if entry.composition.preedit:
                return None
            if problem_of(entry.of, entry.text) is not None:
                return Step(visit.at(EnteringValue(draft, entry, checked=True)))
            return Step(visit.at(EditingContact(draft.with_value(entry.of, entry.text))))

        case EnteringValue(draft), on.WentBack():
            return Step(visit.at(EditingContact(draft)))

        case EnteringValue(draft, entry), on.IdAddressChosen() if visit.session.id_address:
            filled, effects = text_entry.filled(visit.session.number, entry, visit.session.id_address)
            return Step(visit.at(EnteringValue(draft, filled)), effects)

        case EnteringValue(draft, value), _:
            advanced = text_entry.advance(visit.session.number, value, event)
            return Step(visit.at(EnteringValue(draft, advanced[0])), advanced[1]) if advanced else None

        case ReviewingChange(draft), on.Confirmed():
            begun, effects = password.begin(visit, visit.session.tries)
            return Step(visit.at(ConfirmingByPassword(draft, begun)), effects)

        case ReviewingChange(draft), on.WentBack():
            return Step(visit.at(EditingContact(draft)))

        case ConfirmingByPassword(draft, asked), _ if asked.is_given_up_by(event):
            return Step(visit.at(ReviewingChange(draft)), password.given_up(asked))

        case ConfirmingByPassword(draft, asked), _:
            confirmed = password.advance(visit, asked, event)
            if confirmed is None:
                return None
            after, effects = confirmed
            if after.phase is password.Phase.ACCEPTED:
                return _record(visit, draft)
            return Step(visit.at(ConfirmingByPassword(draft, after), tries=after.tries), effects)

        case ChangeNotPossible(), on.Confirmed():
            return ended(visit)

    return None


def _record(visit: Visit, draft: ContactDetails) -> Step:
    holder, records = visit.session.holder, visit.session.records
    if holder is None or records is None:
        return ended(visit)
    order = ContactChange(
        before=records.profile.contact,
        after=draft,
        version=records.profile.version,
        changed=changed_fields(visit, draft),
    )
    evidence = Evidence(IdentityLevel.PASSWORD_AGAIN, visit.policy.verified_by.value)
    return outcome.record(visit, order, holder.name, holder.number, evidence)
