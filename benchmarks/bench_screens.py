"""The window against a bare Kivy application of nine buttons: same display, same font, same software GL.

    make bench-screens

Each figure is taken in a process of its own, ours and the bare one by turns, so that a busy machine slows
both. Prints a table, and ends with a status when a limit is broken.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path

from benchmarks.real_visits import visits
from kiosk.demo.stage import Stage
from kiosk.views.models import View
from screens.window import open_window
from tests.screens.gallery_samples import samples

WIDTH, HEIGHT, PPI = 1080, 1920, 102.46
FONTS = Path(sys.prefix) / "share" / "fonts"
ROUNDS = 3
TOUCHES = 60
SETTLED_S = 20.0  # for what a start brings with it: the first round, the public texts, the window's calm
IDLE_S = 30.0
SLOWEST = 10  # of all touches, told by name
VISITS, WARM_VISITS = 2000, 100


def ours_touch() -> dict[str, list[float]]:
    """Milliseconds from a touch to its frame: the press shown, the next screen, a digit."""
    window, views = _our_window()
    from tests.screens.pump import Finger, Pump  # noqa: PLC0415 - Kivy reads its settings on import

    pump = Pump(window)
    window.moves = True  # as in the hall: what moves must not be late
    shown = cycle([views["home"], views["records_menu"]])
    password = views["password"]
    dots = cycle(replace(password, body=replace(password.body, shown="•" * count)) for count in range(7))

    def touch_often(following: Iterator[View]) -> tuple[list[float], list[float]]:
        window.on_choice = lambda _event: window.show(next(following))
        window.show(next(following))
        pump.frame()
        presses, changes = [], []
        for _ in range(TOUCHES):
            target, finger = next(window.screen.targets()), Finger()
            presses.append(_timed(partial(finger.down, target.center_x, target.center_y), pump.frame))
            changes.append(_timed(finger.up, pump.frame))
            pump.frame(1.0)
        return presses, changes

    press, change = touch_often(shown)
    _, digit = touch_often(dots)
    return {"press": press, "change": change, "digit": digit}


def citizens_waits() -> dict[str, list[float]]:
    """Milliseconds from a finger in SDL's queue to the frame, through the kiosk's loop, on every screen."""
    window, _ = _our_window()
    from benchmarks.waits import waits  # noqa: PLC0415 - Kivy reads its settings on import

    waited = waits(window)
    for each in sorted(waited, key=lambda each: each.ms)[-SLOWEST:]:
        print(f"{each.ms:.0f} ms, {each.kind}: {each.screen}", file=sys.stderr)
    return {kind: [each.ms for each in waited if each.kind == kind] for kind in ("press", "key", "screen")}


def bare_touch() -> dict[str, list[float]]:
    """The same for nine of Kivy's own buttons: pressing redraws; a new set of buttons is the next screen."""
    root, fill = _bare_window()
    from kivy.base import EventLoop  # noqa: PLC0415
    from kivy.clock import Clock  # noqa: PLC0415

    from tests.screens.pump import Finger  # noqa: PLC0415

    Clock._max_fps = 0  # do not sleep between frames, as ours does not
    press, change = [], []
    for _ in range(TOUCHES):
        button, finger = root.children[-1], Finger()
        press.append(_timed(partial(finger.down, *button.center), EventLoop.idle))
        change.append(_timed(finger.up, fill, EventLoop.idle))
    return {"press": press, "change": change}


def ours_start() -> dict[str, float]:
    """Seconds from the start of Python to the first frame, and what the process then holds."""
    window, views = _our_window()
    from kivy.base import EventLoop  # noqa: PLC0415

    window.show(views["home"])
    EventLoop.idle()
    return {"start_s": _age_s(), "memory_mb": _memory_mb()}


def bare_start() -> dict[str, float]:
    """The same for the bare application."""
    _bare_window()
    return {"start_s": _age_s(), "memory_mb": _memory_mb()}


def kiosk_start_and_idle() -> dict[str, float]:
    """The whole kiosk, not only its window: every thread, its devices on their wires, the backend over HTTP.

    Seconds from the start of its process to the home screen open for citizens; then the share of one core it
    takes while nobody is there.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        Stage(Path(folder), FONTS, where="offscreen", size=(WIDTH, HEIGHT)) as stage,
    ):
        began = time.monotonic()
        stage.start_kiosk()
        start_s = time.monotonic() - began
        stage.wait_for(lambda: "网络中断" not in stage.screen, "the link")
        time.sleep(SETTLED_S)
        began, before = time.monotonic(), stage.processor_seconds
        time.sleep(IDLE_S)
        share = (stage.processor_seconds - before) / (time.monotonic() - began)
    return {"start_s": start_s, "share": share}


def ours_growth() -> dict[str, float]:
    """Megabytes gained over many visits through the kiosk's flows and its window, every screen drawn."""
    window, _ = _our_window()
    from tests.screens.pump import Pump  # noqa: PLC0415

    pump = Pump(window)

    def show(view: View) -> None:
        window.show(view)
        pump.frame()

    early = 0.0
    for number in visits(VISITS, show):
        if number + 1 == WARM_VISITS:
            early = _memory_mb()
        if (number + 1) % 100 == 0:  # it takes half an hour
            print(f"{number + 1} visits: {_memory_mb():.1f} MB", file=sys.stderr)
    return {"growth_mb": _memory_mb() - early}


def _our_window():
    window = open_window(WIDTH, HEIGHT, PPI, FONTS, offscreen=True)
    return window, {sample.name: sample for sample in samples(zh=True)}


def _bare_window():
    os.environ.update(
        KIVY_NO_CONFIG="1",
        KIVY_NO_ARGS="1",
        KIVY_NO_FILELOG="1",
        KIVY_LOG_MODE="PYTHON",
        SDL_VIDEODRIVER="offscreen",
    )
    from kivy.config import Config  # noqa: PLC0415

    for key, value in {"width": WIDTH, "height": HEIGHT, "multisamples": 0}.items():
        Config.set("graphics", key, value)
    from kivy.base import EventLoop, runTouchApp  # noqa: PLC0415
    from kivy.core.text import LabelBase  # noqa: PLC0415
    from kivy.core.window import Window  # noqa: PLC0415
    from kivy.graphics.opengl import glFinish  # noqa: PLC0415
    from kivy.uix.boxlayout import BoxLayout  # noqa: PLC0415
    from kivy.uix.button import Button  # noqa: PLC0415

    bold = str(FONTS / "NotoSansSC-Bold.ttf")
    LabelBase.register("Roboto", str(FONTS / "NotoSansSC-Regular.ttf"), fn_bold=bold)
    Window.bind(on_flip=lambda *_: glFinish())
    root = BoxLayout(orientation="vertical", spacing=16, padding=32)

    def fill() -> None:
        root.clear_widgets()
        for number in range(9):
            root.add_widget(Button(text=f"查询参保信息 {number}", font_size=32))

    fill()
    runTouchApp(root, embedded=True)
    EventLoop.idle()
    EventLoop.idle()
    return root, fill


def _timed(*acts: Callable[[], object]) -> float:
    began = time.perf_counter()
    for act in acts:
        act()
    return (time.perf_counter() - began) * 1000


def _age_s() -> float:
    """Seconds since this process was started, interpreter included."""
    started_ticks = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
    uptime_s = float(Path("/proc/uptime").read_text().split()[0])
    return uptime_s - started_ticks / os.sysconf("SC_CLK_TCK")


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def _measure(name: str) -> dict[str, list[float]]:
    command = [sys.executable, "-m", "benchmarks.bench_screens", name]
    ended = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    told = json.loads(ended.stdout)
    return {key: value if isinstance(value, list) else [value] for key, value in told.items()}


def _by_turns(*names: str) -> Iterator[dict[str, list[float]]]:
    """Measure each several times, by turns, and return the figures of each together."""
    rounds = [[_measure(name) for name in names] for _ in range(ROUNDS)]
    for figures in zip(*rounds, strict=True):
        yield {key: [figure for one in figures for figure in one[key]] for key in figures[0]}


def _p95(figures: list[float]) -> float:
    return statistics.quantiles(figures, n=20)[-1]


def main() -> int:
    rows: list[tuple[str, float, float, str, float]] = []  # figure, ours, bare, limit in words, limit
    ours, bare = _by_turns("ours_touch", "bare_touch")
    for figure, beside in (("press", "press"), ("change", "change"), ("digit", "change")):
        for words, take in (("median", statistics.median), ("p95", _p95)):
            mine, other = take(ours[figure]), take(bare[beside])
            rows.append((f"touch to frame, {figure}, {words} ms", mine, other, "<= 1.5 x bare", 1.5 * other))
        rows.append((f"touch to frame, {figure}, p95 ms", _p95(ours[figure]), 0, "< 100", 100))
    for kind, waited in _measure("citizens_waits").items():
        figure = f"a citizen waits, {kind} ({len(waited)} touches)"
        rows.append((f"{figure}, median ms", statistics.median(waited), 0, "", float("inf")))
        rows.append((f"{figure}, p95 ms", _p95(waited), 0, "< 100", 100))
    ours, bare = _by_turns("ours_start", "bare_start")
    mine, other = min(ours["start_s"]), min(bare["start_s"])
    rows.append(("start to first frame, s", mine, other, "<= 1.5 x bare", 1.5 * other))
    rows.append(("memory then, MB", min(ours["memory_mb"]), min(bare["memory_mb"]), "", float("inf")))
    kiosk = _measure("kiosk_start_and_idle")
    rows.append(
        ("whole kiosk, start to home screen, s", kiosk["start_s"][0], other, "<= 1.5 x bare", 1.5 * other)
    )
    rows.append(("whole kiosk, idle, % of a core", 100 * kiosk["share"][0], 0, "<= 2", 2))
    growth = _measure("ours_growth")["growth_mb"][0]
    rows.append((f"growth over {VISITS} visits, MB", growth, 0, "<= 5", 5))
    broken = 0
    for figure, mine, other, words, limit in rows:
        verdict = "" if mine <= limit else "BROKEN"
        broken += bool(verdict)
        print(f"{figure:54} {mine:8.2f} {other or '':8.6} {words:14} {verdict}")
    return broken > 0


WORKERS = {
    each.__name__: each
    for each in (
        ours_touch,
        bare_touch,
        citizens_waits,
        ours_start,
        bare_start,
        kiosk_start_and_idle,
        ours_growth,
    )
}

if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(WORKERS[sys.argv[1]]()))
    else:
        sys.exit(main())
