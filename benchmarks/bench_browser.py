"""The home screen in our window against the same home screen as a page in Debian's Chromium in kiosk mode.

    make bench-browser

Both on the same X server without a window manager, by turns, so that a busy machine slows both. Start is from
the start of the process to the first frame: ours says so itself, the page asks for a file once it is painted.
Memory is the proportional share (PSS) of the whole process tree then. Ends with a status when ours is not the
lower in both.
"""

import functools
import html
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from kiosk.views.models import Menu, View
from tests.screens.gallery_samples import samples
from tests.screens.x_display import XDisplay

SIZE = (1080, 1920)
FONTS = Path(sys.prefix) / "share" / "fonts"
ROUNDS = 3
PATIENCE_S = 60.0

PAGE = (Path(__file__).parent / "home_page.html").read_text(encoding="utf-8")


class Site(http.server.ThreadingHTTPServer):
    """Serves the page, and notes when it says that it is painted."""

    def __init__(self, folder: Path) -> None:
        self.painted = threading.Event()
        self.at = 0.0
        super().__init__(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/painted":
            assert isinstance(self.server, Site)
            self.server.at = time.monotonic()
            self.server.painted.set()
        super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


def write_page(folder: Path, view: View) -> None:
    """Write the same words and the same font as a page."""
    assert isinstance(view.body, Menu)
    items = "".join(
        f"<button>{html.escape(item.text)}<small>{html.escape(item.detail)}</small></button>"
        for item in view.body.items
    )
    tools = "".join(f"<button>{html.escape(tool.text)}</button>" for tool in view.tools)
    page = PAGE.format(
        title=view.title, lead=view.body.lead, brand=view.brand, clock=view.clock, footer=view.footer,
        items=items, tools=tools,
    )  # fmt: skip
    (folder / "index.html").write_text(page, encoding="utf-8")
    (folder / "painted").write_text("")
    for name, file in {"regular.ttf": "NotoSansSC-Regular.ttf", "bold.ttf": "NotoSansSC-Bold.ttf"}.items():
        (folder / name).symlink_to(FONTS / file)


def chromium(display: XDisplay, view: View) -> tuple[float, float]:
    """Return seconds to the first frame and megabytes then."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        write_page(Path(folder), view)
        site = Site(Path(folder))
        command = [
            "chromium", "--kiosk", "--incognito", "--no-first-run", "--disable-gpu", "--password-store=basic",
            f"--window-size={SIZE[0]},{SIZE[1]}", f"--user-data-dir={folder}/profile",
        ]  # fmt: skip
        if os.geteuid() == 0:
            command.append("--no-sandbox")  # it refuses to run as root with one
        began = time.monotonic()
        browser = subprocess.Popen(
            [*command, f"http://127.0.0.1:{site.server_port}/"],
            env={**display.environment, "HOME": folder}, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            if not site.painted.wait(PATIENCE_S):
                raise SystemExit("chromium painted nothing")
            return site.at - began, tree_mb(browser.pid)
        finally:
            os.killpg(browser.pid, 9)
            browser.wait()
            site.shutdown()


def ours(display: XDisplay) -> tuple[float, float]:
    """Return the same of our window; it says so itself once the frame is on the display."""
    command = [sys.executable, "-m", "benchmarks.bench_browser", "window"]
    began = time.monotonic()
    window = subprocess.Popen(
        command, env=display.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert window.stdout is not None
        window.stdout.readline()
        return time.monotonic() - began, tree_mb(window.pid)
    finally:
        window.kill()
        window.wait()


def window_alone() -> None:
    """Show the home screen on the display, say so, and stay."""
    from screens.window import open_window  # noqa: PLC0415 - only this process has the window

    window = open_window(*SIZE, 102.46, FONTS, fullscreen=True)
    window.show(next(samples(zh=True)))
    from kivy.base import EventLoop  # noqa: PLC0415

    EventLoop.idle()
    print(json.dumps("shown"), flush=True)
    sys.stdin.readline()


def tree_mb(pid: int) -> float:
    """Return the proportional share of memory of a process and all that it started, in megabytes."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            child, rest = stat.read_text().split(" (", 1)
        except OSError:
            continue
        children.setdefault(int(rest.rsplit(") ", 1)[1].split()[1]), []).append(int(child))
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        waiting += children.get(one, [])
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1])
    return total / 1000


def main() -> int:
    if shutil.which("chromium") is None:
        raise SystemExit("chromium is not installed: make bench-browser")
    view = next(samples(zh=True))
    display = XDisplay(*SIZE)
    try:
        ours(display)  # both find their files in memory
        chromium(display, view)
        rounds = [(ours(display), chromium(display, view)) for _ in range(ROUNDS)]
    finally:
        display.close()
    broken = 0
    for figure, place in (("start to first frame, s", 0), ("memory then, MB", 1)):
        mine, browser = (min(one[who][place] for one in rounds) for who in (0, 1))
        broken += mine >= browser
        print(
            f"{figure:28} ours {mine:8.2f}   chromium {browser:8.2f}   {'BROKEN' if mine >= browser else ''}"
        )
    return broken > 0


if __name__ == "__main__":
    if sys.argv[1:] == ["window"]:
        window_alone()
    else:
        sys.exit(main())
