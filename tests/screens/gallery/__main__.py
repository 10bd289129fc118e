# ruff: noqa: T201
"""Makes the gallery, or only inspects what it would show.

    python -m tests.screens.gallery            pictures and an index page in gallery/
    python -m tests.screens.gallery --check    every finding of the inspection, and a status if there is one

`--display` and `--only` leave some out: `--display portrait --only zh_CN.elder --only home.` shows the
exhibits whose look and name have all the parts. There is one process per display, two at a time.
"""

import argparse
import json
import pickle
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.screens.gallery.displays import DISPLAYS
from tests.screens.gallery.exhibits import poses
from tests.screens.gallery.index_page import write_index

FOLDER = Path("gallery")


def main() -> int:
    """Photograph, or inspect, on every display. Return 1 if anything is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--display", action="append", choices=DISPLAYS)
    parser.add_argument("--only", action="append", default=[])
    asked = parser.parse_args()
    displays = asked.display or list(DISPLAYS)
    folder = () if asked.check else (str(FOLDER),)
    if folder:
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir()
    with tempfile.NamedTemporaryFile() as file, ThreadPoolExecutor(2) as pool:
        Path(file.name).write_bytes(pickle.dumps(poses(asked.only)))
        commands = [
            (sys.executable, "-m", "tests.screens.gallery.photographs", display, file.name, *folder)
            for display in displays
        ]
        wrong = any(list(pool.map(subprocess.call, commands)))
    if folder:
        shown = {display: json.loads((FOLDER / f"{display}.json").read_text("utf-8")) for display in displays}
        print(write_index(FOLDER, shown))
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
