"""What the Measures let people do with a card and its social security account, and where the kiosk comes in.

The kiosk's powers are a list of what it may do. What is not in it is done at a window, by 12333 or at the
bank, and the kiosk says where.
"""

from enum import Enum


class Business(Enum):
    """A business with the card or its social security account."""

    FIRST_APPLICATION = "first_application"  # Art 7
    REPLACEMENT = "replacement"  # Art 9
    TEMPORARY_CARD = "temporary_card"  # Art 9
    ACTIVATION = "activation"  # Art 15, 30
    CONTACT_CHANGE = "contact_change"  # Art 18
    LOSS_REPORT = "loss_report"  # Art 19
    UN_LOSS = "un_loss"  # Art 19
    CANCELLATION = "cancellation"  # Art 20
    RECORDS = "records"  # Art 22
    PASSWORD_CHANGE = "password_change"  # Art 23
    UNLOCKING = "unlocking"  # Art 24
    PASSWORD_RESET = "password_reset"  # Art 25


DONE_AT_THE_KIOSK = frozenset({Business.RECORDS, Business.CONTACT_CHANGE, Business.LOSS_REPORT})
"""Art 22 and 18 name the kiosk. Art 19 does not: its loss report rests on the Bureau's word, and can be
switched off."""
