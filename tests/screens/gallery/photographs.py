# ruff: noqa: T201
"""Photographs screens on one display and inspects each: a process for a display, and one window for all.

    python -m tests.screens.gallery.photographs portrait|landscape|square POSES [FOLDER]

POSES is a file of pickled poses. With a folder every picture is kept, as FOLDER/display/look/exhibit.png,
and FOLDER/display.json lists them with what was found. What is wrong is printed, and makes the status 1.
"""

import json
import pickle
import sys
from dataclasses import asdict
from pathlib import Path

from screens.window import open_window
from tests.screens.gallery.displays import DISPLAYS, FONTS
from tests.screens.gallery.exhibits import Pose


def photograph(display: str, poses: list[Pose], into: Path | None) -> int:
    """Photograph and inspect, and return how much is wrong."""
    window = open_window(*DISPLAYS[display], FONTS, offscreen=True)
    from screens.inspection import inspect  # noqa: PLC0415 - imports Kivy, which the window opens first
    from tests.screens.gallery.places import Places  # noqa: PLC0415 - likewise
    from tests.screens.pump import Pump  # noqa: PLC0415 - likewise

    pump, places = Pump(window), Places()
    listed, wrong = [], 0
    for pose in poses:
        window.show(pose.view)
        picture = window.picture()
        pump.frame()  # Kivy gives textures back between frames only: without one, a megabyte stays each time
        findings = inspect(window.screen, picture)
        places.note(window.screen, pose)
        for finding in findings:
            print(
                f"{display}/{pose.look}/{pose.exhibit}: {finding.rule}: {finding.where}: {finding.measured}"
            )
        wrong += len(findings)
        if into is not None:
            path = into / display / pose.look / f"{pose.exhibit}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            picture.save(path, compress_level=1)
        found = [asdict(finding) for finding in findings]
        listed.append(
            {"look": pose.look, "exhibit": pose.exhibit, "title": pose.view.title, "findings": found}
        )
    for stray in places.strays():
        print(f"{display}/{stray}")
        wrong += 1
    if into is not None:
        (into / f"{display}.json").write_text(json.dumps(listed, ensure_ascii=False), "utf-8")
    print(f"{display}: {len(listed)} screens, {wrong} findings")
    return wrong


if __name__ == "__main__":
    display, file, *folder = sys.argv[1:]
    poses = pickle.loads(Path(file).read_bytes())
    sys.exit(photograph(display, poses, Path(folder[0]) if folder else None) > 0)
