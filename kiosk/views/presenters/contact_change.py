"""The screens of a contact change: the fields, one value, before and after, the password again."""

from kiosk.domain.contact import ContactDetails, ContactField, masked_contact, problem_of
from kiosk.domain.guides import Guide
from kiosk.flows import contact_change as states
from kiosk.flows import events as on
from kiosk.flows.text_entry import longest
from kiosk.views.frame import Frame
from kiosk.views.models import (
    Choice,
    Compared,
    Comparison,
    Field,
    Form,
    Icon,
    Instruction,
    Picture,
    Step,
    TextEntry,
    View,
)
from kiosk.views.presenters.password import password
from kiosk.views.presenters.refusals import guide_choice
from kiosk.views.presenters.text_entry import text_entry

_ICONS = {
    ContactField.PHONE: Icon.PHONE,
    ContactField.ADDRESS: Icon.ADDRESS,
    ContactField.POSTCODE: Icon.POSTCODE,
    ContactField.EMAIL: Icon.MAIL,
}


def editing(frame: Frame, state: states.EditingContact) -> View:
    """The fields that may be changed."""
    words, before = frame.words, states.current(frame.visit)
    changed = states.changed_fields(frame.visit, state.draft)
    fields = tuple(
        Field(
            label=words(f"fact.{field.value}"),
            value=_shown(field, before, state.draft) or words("fact.none"),
            action=words("editing_contact.action"),
            edit=Choice(
                words("editing_contact.edit", field=words(f"fact.{field.value}")),
                on.FieldChosen(field),
                _ICONS[field],
            ),
            changed=field in changed,
        )
        for field in frame.visit.policy.contact_fields
    )
    form = Form(fields, words("editing_contact.lead"))
    forth = frame.confirm("editing_contact.review", enabled=bool(changed))
    return frame.view("editing_contact", form, forth, step=_step(frame, 1), private=True)


def entering_value(frame: Frame, state: states.EnteringValue) -> View:
    """One value, checked as it is typed."""
    words, entry = frame.words, state.entry
    problem, length = problem_of(entry.of, entry.text), longest(entry.of, entry.text)
    # A value that is only unfinished is not called wrong while it grows.
    warn = problem is not None and (state.checked or len(entry.text) >= length)
    warning = words(f"problem.{problem.value}") if warn and problem else ""
    finished = bool(entry.text) and not entry.composition.preedit and not warn
    done = frame.confirm("choice.done", enabled=finished)
    body = text_entry(frame, entry, warning)
    keyboard = f"_{entry.keyboard.value}" if isinstance(body, TextEntry) else ""
    title = words(f"entering.{entry.of.value}.title")
    name = f"entering_{entry.of.value}{keyboard}"
    return frame.view(name, body, done, title=title, step=_step(frame, 1), private=True)


def reviewing(frame: Frame, state: states.ReviewingChange) -> View:
    """What was, what will be, and what does not change."""
    words, before = frame.words, states.current(frame.visit)
    rows = tuple(
        Compared(
            words(f"fact.{field.value}"),
            before.value(field) or words("fact.none"),
            state.draft.value(field) or words("fact.none"),
        )
        for field in states.changed_fields(frame.visit, state.draft)
    )
    body = Comparison(rows, words("reviewing.before"), words("reviewing.after"), words.all("reviewing.notes"))
    forth = frame.confirm("reviewing.confirm")
    return frame.view("reviewing", body, forth, step=_step(frame, 2), private=True)


def confirming(frame: Frame, state: states.ConfirmingByPassword) -> View:
    """The password again, at the moment of change."""
    return password(frame, state.entry, "password_again", step=_step(frame, 3))


def not_possible(frame: Frame, state: states.ChangeNotPossible) -> View:
    """The kiosk can take nothing down: said before anything is typed."""
    words, hotline = frame.words, frame.visit.policy.hotline
    points = (*words.all("not_possible.points", hotline=hotline), *frame.accounts())
    body = Instruction(Picture.GO_TO_WINDOW, words("not_possible.text"), points)
    choices = (guide_choice(frame, Guide.SERVICE_POINTS, "not_possible"), frame.confirm("choice.understood"))
    return frame.view("not_possible", body, *choices, back=False, home=False)


def _shown(field: ContactField, before: ContactDetails, draft: ContactDetails) -> str:
    """What was there stays masked; what the citizen has just typed is shown."""
    value = draft.value(field)
    return value if value != before.value(field) else masked_contact(field, value)


def _step(frame: Frame, number: int) -> Step:
    names = frame.words.all("contact_change.steps")
    return Step(number, len(names), names)
