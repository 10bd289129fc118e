"""Six digits that must not be seen: no log, repr, receipt, row or file may hold them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secret:
    """A password on its way from the keypad to the card. Shown as dots, wherever it is shown."""

    digits: str = field(default="", repr=False)

    def __str__(self) -> str:
        return "●" * len(self.digits)

    def __len__(self) -> int:
        return len(self.digits)

    def with_digit(self, digit: str) -> "Secret":
        """Return the secret with one more digit."""
        return Secret(self.digits + digit)

    def shortened(self) -> "Secret":
        """Return the secret without its last digit."""
        return Secret(self.digits[:-1])
