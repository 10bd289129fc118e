"""An X server without a window manager, as on the kiosk, and a hand on its pointer and keys."""

import os
import shutil
import subprocess

import pytest

needs_x = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"
)


class XDisplay:
    """One screen of the given size. `environment` is for programs that are to use it."""

    def __init__(self, width: int, height: int) -> None:
        read, write = os.pipe()
        size = f"{width}x{height}x24"
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
        self._server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            self.name = f":{told.readline().strip()}"
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("SDL", "KIVY"))
        }
        self.environment["DISPLAY"] = self.name

    def send(self, *words: str) -> str:
        """Have xdotool do something: "key", "F1"; "mousemove", "5", "5", "click", "1"."""
        sent = subprocess.run(
            ["xdotool", *words], env=self.environment, check=True, timeout=20, capture_output=True, text=True
        )
        return sent.stdout

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(timeout=20)
