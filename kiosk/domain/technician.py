"""Who looks after the kiosk, and how far each may go."""

from enum import Enum


class Role(Enum):
    """What a technician may do: everything that mends, or also what leaves the kiosk or changes its rules."""

    TECHNICIAN = "technician"
    SUPERVISOR = "supervisor"  # also exports, and sets configuration

    @property
    def may_export(self) -> bool:
        """Whether bundles may be taken away and configuration set."""
        return self is Role.SUPERVISOR
