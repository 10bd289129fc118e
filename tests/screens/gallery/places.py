"""Where the ways out and on stand: in one look each has one place, on whatever screen.

home    one place for its words, its lower left corner for all
back    one place beside home; where there is no home, in its place
on      ends in one corner, however wide it is

What stands elsewhere on some screen by more than a millimetre, which neither eye nor finger tells, is a
stray. A kiosk that has lost its voice has a setting less below the
ways, so its screens are compared with each other.
"""

from collections import defaultdict
from collections.abc import Iterator

from kiosk.views.models import AnyChoice
from screens.paging import is_turn
from screens.screen import Screen
from screens.targets import Target
from tests.screens.gallery.exhibits import Pose

Place = tuple[float, ...]  # in pixels


class Places:
    """The places seen so far, and the exhibits they were seen on, look by look."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], dict[Place, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._near_px = 0.0

    def note(self, screen: Screen, pose: Pose) -> None:
        """Remember where the ways of a screen stand."""
        self._near_px = screen.theme.mm(1)
        look = f"{pose.look}, {len(screen.view.tools)} settings"
        for way, place in _ways(screen):
            self._seen[look, way][place].append(pose.exhibit)

    def strays(self) -> Iterator[str]:
        """Yield what stands elsewhere than on most screens."""
        for (look, way), places in self._seen.items():
            usual = max(places, key=lambda place: len(places[place]))
            for place, exhibits in places.items():
                if any(abs(at - there) > self._near_px for at, there in zip(place, usual, strict=True)):
                    yield f"{look}/{exhibits[0]}: {way}: {place}, elsewhere {usual}"


def _ways(screen: Screen) -> Iterator[tuple[str, Place]]:
    view = screen.view
    places = {id(block.choice): block for block in screen.walk() if isinstance(block, Target)}

    def drawn(choice: AnyChoice | None) -> Target | None:
        return places.get(id(choice)) if choice else None

    home, back = drawn(view.home), drawn(view.back)
    if home:
        yield "home", (home.x, home.y)
        yield f"home, {home.choice.text}", _box(home)
    if back:
        beside = home.choice.text if home else "nothing"
        yield f"{back.choice.text} beside {beside}", _box(back)
        if not home:
            yield "home", (back.x, back.y)
    ahead = [choice for choice in view.choices if not is_turn(choice)]
    if on := drawn(ahead[-1] if ahead else None):
        yield "the way on", (on.right, on.y)


def _box(target: Target) -> Place:
    return target.x, target.y, target.width, target.height
