"""The numbers of the design: colours, letter sizes and the grid. `pieces.py` draws with them.

Lengths are millimetres on the glass, because a finger and an old eye know no pixels. Letters are given
by the height of a capital, which is what the rules for public terminals measure.

Contrast is kept by construction and measured on the drawn pixels by the tests: words and controls
10:1 or better, in the high modes 20:1 (VVSG 2.0, 7.1-C and D).
"""

from dataclasses import dataclass

from kiosk.views.models import Hue, Palette, Size

GRID_MM = 2.0  # eight points on a 102 ppi display

TARGET_MM = 20.0  # a key or a main action: errors stop falling here (Colle and Hiszem 2004)
SMALL_TARGET_MM = 13.0  # settings in the footer; nothing touched is under 12.7 mm (VVSG 7.2-I)
ELDER_TARGET = 1.1  # times as large in the elder mode, but for keys: more has no room on 1280x1024
TARGET_GAP_MM = 2.8  # 2.54 mm is the least (VVSG 7.2-I); rounding to pixels must not eat into it

CAP_HEIGHT_OF_EM = 0.733  # Noto Sans SC: sCapHeight / unitsPerEm

SIDE_MM = 8.0  # left and right of everything
LEAST_SIDE_MM = 1.5  # from an edge to the words inside, beside them
LEAST_BESIDE_MM = 1.0  # between an icon and its words
LEAST_END_MM = 0.8  # and above and below, where a line has its own white of a millimetre
RADIUS_MM = 3.0
FINE_EDGE_MM = 0.25
EDGE_MM = 0.5
HEAVY_EDGE_MM = 1.0

# The type scale: the heights of a capital in millimetres. Ten sizes for everything that is ever set, so that
# screens look alike, and because SDL_ttf keeps 64 fonts open at most.
TYPE_SCALE_MM = (4.8, 5.3, 5.8, 6.4, 7.3, 7.8, 8.8, 10.2, 12.0, 14.0)

# Where each use stands on the scale, for each text size. A screen with room to spare goes up from there.
TYPE_STEPS: dict[str, dict[Size, int]] = {
    "caption": {Size.NORMAL: 0, Size.LARGE: 1, Size.LARGER: 3, Size.ELDER: 3},
    "body": {Size.NORMAL: 1, Size.LARGE: 2, Size.LARGER: 3, Size.ELDER: 4},
    "label": {Size.NORMAL: 1, Size.LARGE: 2, Size.LARGER: 3, Size.ELDER: 4},  # bold
    "heading": {Size.NORMAL: 3, Size.LARGE: 4, Size.LARGER: 5, Size.ELDER: 6},
    "title": {Size.NORMAL: 6, Size.LARGE: 6, Size.LARGER: 7, Size.ELDER: 7},
    "display": {Size.NORMAL: 8, Size.LARGE: 8, Size.LARGER: 9, Size.ELDER: 9},
}

# No letter is ever smaller, however full the screen: 4.8 mm for everyone, 5.3 large, 6.4 in the two largest
# sizes, of which the elder mode has fewer things on a screen.
#
# Two numbers are met in part. 7.3 mm, 0.7 degrees from 60 cm (EN 301 549, 5.1.4): in the elder mode all but
# captions have it upright in Chinese, in good weather, and elsewhere where a screen has room; a full one in
# English or on the wide displays, which are half as high, has 6.4 mm, 0.7 degrees from 52 cm. 8.5 to 9.0 mm,
# the largest size of some voting machines: headings have it, and so have sentences where there is room, which
# is on more than half of the elder mode's screens upright in Chinese. Everywhere they would take half as much
# again.
LEAST_TYPE_STEP: dict[Size, int] = {Size.NORMAL: 0, Size.LARGE: 1, Size.LARGER: 3, Size.ELDER: 3}


@dataclass(frozen=True, slots=True)
class Tone:
    """What one kind of message looks like: words and shapes in `ink` on `ground`."""

    ink: str
    ground: str


@dataclass(frozen=True, slots=True)
class Colours:
    """One palette. Edges are drawn only round what can be touched."""

    ground: str  # the screen itself
    surface: str  # cards on it, and what can be touched
    tint: str  # a surface that stands out a little
    ink: str
    quiet: str  # labels and captions
    accent: str  # actions, and words that lead to them
    on_accent: str
    accent_pressed: str
    bright: str  # the accent where it is shape only, never words
    line: str  # hairlines between rows
    in_effect: Tone
    recorded: Tone
    refused: Tone
    neutral: Tone


LIGHT = Colours(
    ground="#EEF3F5",
    surface="#FFFFFF",
    tint="#DCEAEE",
    ink="#0E222C",
    quiet="#1A323C",
    accent="#00394A",
    on_accent="#FFFFFF",
    accent_pressed="#00212C",
    bright="#0B7C94",
    line="#C3D2D8",
    in_effect=Tone("#053B25", "#D8F0E1"),
    recorded=Tone("#472B00", "#FCE8BF"),
    refused=Tone("#640A18", "#FBE2E0"),
    neutral=Tone("#00394A", "#DCEAEE"),
)

DARK = Colours(
    ground="#0B161B",
    surface="#14242B",
    tint="#192F38",
    ink="#F4F8F9",
    quiet="#E1EAED",
    accent="#B4E6F2",
    on_accent="#04171D",
    accent_pressed="#E3F6FB",
    bright="#4FB9D1",
    line="#35505B",
    in_effect=Tone("#C3F3D5", "#0C3020"),
    recorded=Tone("#FFE9B8", "#3A2900"),
    refused=Tone("#FFDEDA", "#47101A"),
    neutral=Tone("#B4E6F2", "#192F38"),
)

HIGH = Colours(
    ground="#FFFFFF",
    surface="#FFFFFF",
    tint="#FFFFFF",
    ink="#000000",
    quiet="#000000",
    accent="#000000",
    on_accent="#FFFFFF",
    accent_pressed="#000000",
    bright="#000000",
    line="#000000",
    in_effect=Tone("#000000", "#FFFFFF"),
    recorded=Tone("#000000", "#FFFFFF"),
    refused=Tone("#000000", "#FFFFFF"),
    neutral=Tone("#000000", "#FFFFFF"),
)

HIGH_DARK = Colours(
    ground="#000000",
    surface="#000000",
    tint="#000000",
    ink="#FFFFFF",
    quiet="#FFFFFF",
    accent="#FFFFFF",
    on_accent="#000000",
    accent_pressed="#FFFFFF",
    bright="#FFFFFF",
    line="#FFFFFF",
    in_effect=Tone("#FFFFFF", "#000000"),
    recorded=Tone("#FFFFFF", "#000000"),
    refused=Tone("#FFFFFF", "#000000"),
    neutral=Tone("#FFFFFF", "#000000"),
)

PALETTES: dict[Palette, Colours] = {
    Palette.LIGHT: LIGHT,
    Palette.DARK: DARK,
    Palette.HIGH: HIGH,
    Palette.HIGH_DARK: HIGH_DARK,
}

TEST_HUES: dict[Hue, str] = {
    Hue.RED: "#FF0000",
    Hue.GREEN: "#00FF00",
    Hue.BLUE: "#0000FF",
    Hue.WHITE: "#FFFFFF",
    Hue.BLACK: "#000000",
}
"""What a display is tested with: each kind of pixel alone, all, and none."""
