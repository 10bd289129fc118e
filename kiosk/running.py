"""A kiosk running in its window, until it is told to stop or something nobody expected happens."""

import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from drivers.control_socket import ControlSocket
from kiosk import app
from kiosk.audit_desk import audit_hands
from kiosk.config import Config
from kiosk.control import control_path, doctor_hands, queue_hands
from kiosk.flows import events as on
from kiosk.health.asking import AtWork
from kiosk.health.inspections import Kiosk, inspections
from kiosk.health.window_health import WindowHealth
from kiosk.logs import fault_place, open_log
from kiosk.narration import words_of
from kiosk.runtime import Runtime
from kiosk.threads import ThreadedCrew
from kiosk.views.models import AnyChoice, Audience
from screens.window import open_window

if TYPE_CHECKING:  # the window's toolkit reads its settings when it is imported: open_window comes first
    from screens.kiosk_window import KioskWindow

TURNS_PER_SECOND = 30


def run(
    config: Config,
    *,
    config_file: Path | None = None,
    offscreen: bool = False,
    fullscreen: bool | None = None,
    beside: "Callable[[KioskWindow, Runtime], Callable[[], None]] | None" = None,
) -> None:
    """Open the window and run the kiosk in it. Returns when told to stop; lets faults of the loop escape.

    `beside` is given window and loop once they stand, and returns what to call between turns: the
    demonstration's hands. The kiosk in the hall has none.
    """
    log = open_log(config.kiosk.data_dir / "log" / "kiosk.jsonl", config.kiosk.id)
    health = WindowHealth(config, log)
    display = config.display
    diagonal_px = (display.width**2 + display.height**2) ** 0.5
    window = open_window(
        display.width,
        display.height,
        diagonal_px / display.diagonal_inches,
        app.fonts_dir(config),
        fullscreen=display.fullscreen if fullscreen is None else fullscreen,
        offscreen=offscreen,
        rotation=display.rotation,
        keypad=display.keypad,
    )
    crew = ThreadedCrew(lambda name, fault: _log_fault(log, name, fault))
    doors = app.real_doors(config)
    runtime = app.assemble(
        config, doors, crew, window.show, log, config_file=config_file, observers=(health.metrics,)
    )
    window.on_choice = runtime.touch
    window.on_touched = lambda: runtime.post(on.ScreenTouched())
    window.on_ringed = ring_follower(runtime, Audience(config.voice.heard_by))
    between = beside(window, runtime) if beside is not None else _nothing

    def turn() -> None:
        with health.turn():
            runtime.turn()
            between()

    def stop(*_: object) -> None:
        health.asked_to_end()
        window.stop()

    # systemd ends xinit. As xinit.c reads (shutdown), it then hangs up on its clients and ends the X server:
    # unverified on a machine with systemd and xinit.
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    checked = Kiosk(config, config_file, app.fonts_dir(config), doors.clock.wall)
    checks = inspections(checked, AtWork(crew.call))
    hands = {**queue_hands(crew, config), **doctor_hands(crew.call, checks), **audit_hands(crew)}
    control = ControlSocket(control_path(config), hands)
    log.info("started")
    try:
        window.run(turn, TURNS_PER_SECOND, runtime.has_news)
    finally:
        control.close()
        crew.dismiss()
        health.close()
        log.info("stopped")


def ring_follower(runtime: Runtime, hears: Audience) -> Callable[[AnyChoice, bool], None]:
    """Return what tells the loop the words of each choice the keypad's ring comes to."""

    def follow(choice: AnyChoice, key: bool) -> None:
        view = runtime.view
        words = words_of(choice, key=key, language=view.look.language, hears=hears) if view else ""
        if words:
            runtime.post(on.RingMoved(words))

    return follow


def _log_fault(log: structlog.BoundLogger, name: str, fault: BaseException) -> None:
    log.error("service failed", service=name, fault=type(fault).__name__, place=fault_place(fault))


def _nothing() -> None:
    return None
