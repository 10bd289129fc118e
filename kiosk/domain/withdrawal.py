"""Why somebody has taken the kiosk out of service by hand. Citizens read it, in words for each."""

from enum import Enum


class Withdrawal(Enum):
    """The reasons there are to choose from."""

    REPAIR = "repair"
    SYSTEM = "system"  # the social security system is being worked on
    HALL = "hall"  # the hall is being worked on, or closed
    MOVING = "moving"
