"""The displays the screens are laid out for, as pixels and pixels per inch, and where the fonts are."""

import sys
from pathlib import Path

DISPLAYS = {
    "portrait": (1080, 1920, 102.46),  # 21.5 inches, upright
    "landscape": (1920, 1080, 102.46),
    "square": (1280, 1024, 96.42),  # 17 inches
}
FONTS = Path(sys.prefix) / "share" / "fonts"
