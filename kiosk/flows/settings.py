"""How this visitor sees and hears the kiosk; back to the defaults when the visit ends (VVSG 7.1-A)."""

from dataclasses import dataclass, replace
from enum import Enum

from kiosk.domain.policy import Policy


class TextSize(Enum):
    """The four sizes; the last is the elder mode (关怀版): fewer choices, longer times."""

    NORMAL = "normal"
    LARGE = "large"
    LARGER = "larger"
    ELDER = "elder"


class Contrast(Enum):
    """The four contrast modes."""

    LIGHT = "light"
    DARK = "dark"
    HIGH = "high"
    HIGH_DARK = "high_dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """The visitor's choices. `voice`: the screens are read aloud."""

    language: str = "zh_CN"
    text_size: TextSize = TextSize.NORMAL
    contrast: Contrast = Contrast.LIGHT
    voice: bool = False

    @property
    def elder(self) -> bool:
        """Whether the elder mode is on."""
        return self.text_size is TextSize.ELDER

    @property
    def large(self) -> bool:
        """Whether letters are as large as in the elder mode, so that long lists need more pages."""
        return self.text_size in {TextSize.LARGER, TextSize.ELDER}

    def sized(self, size: TextSize) -> "Settings":
        """Return the settings in another size. The elder mode reads aloud, until told not to or left."""
        elder = size is TextSize.ELDER
        return replace(self, text_size=size, voice=elder if elder is not self.elder else self.voice)


def at_first(policy: Policy) -> Settings:
    """Return the settings every visit begins with: the first of the kiosk's languages, and the defaults."""
    return Settings(policy.languages[0])
