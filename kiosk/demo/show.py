"""`kiosk demo`: with a display, window and dock for whoever wants to try; without one, the scripted visit.

`kiosk demo --maintenance` is the scripted morning of a technician, with a display or without.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from kiosk.demo.dock import kiosk_size, open_dock
from kiosk.demo.morning import CERTIFICATE_DAYS, Morning
from kiosk.demo.script import Play
from kiosk.demo.stage import DemonstrationFailed, Stage

PORTRAIT = (1080, 1920)


def show_morning(output: Path) -> int:
    """Play the technician's morning and return the exit status: 0 only if everything happened."""
    fonts_dir = Path(sys.prefix) / "share" / "fonts"
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    with (
        tempfile.TemporaryDirectory(prefix="kiosk-demo-") as folder,
        Stage(
            Path(folder),
            fonts_dir,
            where="offscreen",
            size=PORTRAIT,
            certificate_days=CERTIFICATE_DAYS + 0.5,
            voice=False,
        ) as stage,
    ):
        try:
            Morning(stage, output).perform()
        except DemonstrationFailed as failure:
            print(f"FAILED: {failure}", file=sys.stderr)  # noqa: T201
            return 1
    print(f"All of it happened; see {output}/")  # noqa: T201
    return 0


def show(output: Path) -> int:
    """Show the kiosk and return the exit status: 0 only if everything that had to happen did."""
    has_display = bool(os.environ.get("DISPLAY"))
    fonts_dir = Path(sys.prefix) / "share" / "fonts"
    with (
        tempfile.TemporaryDirectory(prefix="kiosk-demo-") as folder,
        Stage(
            Path(folder),
            fonts_dir,
            where="beside" if has_display else "offscreen",
            size=kiosk_size() if has_display else PORTRAIT,
        ) as stage,
    ):
        if has_display:
            return open_dock(stage, fonts_dir)
        shutil.rmtree(output, ignore_errors=True)
        output.mkdir(parents=True)
        try:
            Play(stage, output).perform()
        except DemonstrationFailed as failure:
            print(f"FAILED: {failure}", file=sys.stderr)  # noqa: T201
            return 1
    print(f"All of it happened; see {output}/")  # noqa: T201
    return 0
