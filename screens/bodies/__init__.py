"""One module per kind of body, each a function from the body and the theme to a block."""

from kiosk.views.models import (
    Body,
    ColourField,
    Comparison,
    Facts,
    Form,
    Guidance,
    Instruction,
    Keypad,
    Menu,
    Outcome,
    StatusList,
    Table,
    TextEntry,
    TouchGrid,
)
from screens.bodies.colour_field import lay_colour_field
from screens.bodies.comparison import lay_comparison
from screens.bodies.facts import lay_facts
from screens.bodies.form import lay_form
from screens.bodies.guidance import lay_guidance
from screens.bodies.instruction import lay_instruction
from screens.bodies.keypad import lay_keypad
from screens.bodies.menu import lay_menu
from screens.bodies.outcome import lay_outcome
from screens.bodies.status_list import lay_status_list
from screens.bodies.table import lay_table
from screens.bodies.text_entry import lay_text_entry
from screens.bodies.touch_grid import lay_touch_grid
from screens.layout import Block
from screens.theme import Theme


def lay_body(body: Body, theme: Theme) -> Block:
    """Return the block for the body of a view."""
    match body:
        case Menu():
            return lay_menu(body, theme)
        case Instruction():
            return lay_instruction(body, theme)
        case Keypad():
            return lay_keypad(body, theme)
        case Form():
            return lay_form(body, theme)
        case TextEntry():
            return lay_text_entry(body, theme)
        case Comparison():
            return lay_comparison(body, theme)
        case Facts():
            return lay_facts(body, theme)
        case Table():
            return lay_table(body, theme)
        case Outcome():
            return lay_outcome(body, theme)
        case Guidance():
            return lay_guidance(body, theme)
        case StatusList():
            return lay_status_list(body, theme)
        case TouchGrid():
            return lay_touch_grid(body, theme)
        case ColourField():
            return lay_colour_field(body, theme)
