"""Runs a kiosk in an offscreen window, whose loop hangs once a line comes in."""

import sys
import time
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from kiosk.config import load_config
from kiosk.running import run

lines: SimpleQueue[str] = SimpleQueue()


def read() -> None:
    for line in sys.stdin:
        lines.put(line)


def between_turns() -> None:
    try:
        lines.get_nowait()
    except Empty:
        return
    sys.stdout.write("hanging\n")
    sys.stdout.flush()
    while True:
        time.sleep(60)


Thread(target=read, daemon=True).start()
run(load_config(Path(sys.argv[1])), offscreen=True, fullscreen=False, beside=lambda *_: between_turns)
