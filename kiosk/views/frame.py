"""What every screen has around its body: title, ways back and home, settings, state of the kiosk.

Presenters hand in what is special to their screen; the same things stand in the same places everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.flows import events as on
from kiosk.flows.conditions import Paper
from kiosk.flows.events import ServiceName
from kiosk.flows.mode import EnteringMaintenance, InService, Maintenance, Mode, OutOfService, Starting
from kiosk.flows.settings import Contrast, TextSize
from kiosk.flows.visit import Home, PersonsDiffer, TakingCard, Visit
from kiosk.input.divisions import Divisions
from kiosk.views.models import (
    AnyChoice,
    Banner,
    Body,
    Choice,
    Countdown,
    Icon,
    Look,
    Palette,
    Role,
    Size,
    Step,
    View,
)
from kiosk.views.stops import evenly_stopped
from kiosk.views.words import BEIJING, Words

_NEXT_SIZE = {
    TextSize.NORMAL: TextSize.LARGE,
    TextSize.LARGE: TextSize.LARGER,
    TextSize.LARGER: TextSize.ELDER,
    TextSize.ELDER: TextSize.NORMAL,
}
_NEXT_CONTRAST = {
    Contrast.LIGHT: Contrast.DARK,
    Contrast.DARK: Contrast.HIGH,
    Contrast.HIGH: Contrast.HIGH_DARK,
    Contrast.HIGH_DARK: Contrast.LIGHT,
}
COUNTDOWN_FROM_S = 45.0


@dataclass(frozen=True, slots=True)
class Moment:
    """The time on the wall, and the seconds the screen has left (None: no limit)."""

    now: datetime
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """Makes the views of one visit at one moment."""

    visit: Visit
    words: Words
    divisions: Callable[[], Divisions]
    moment: Moment
    mode: Mode = InService()

    def view(
        self,
        name: str,
        body: Body,
        *choices: AnyChoice,
        title: str = "",
        back: bool = True,
        home: bool = True,
        step: Step | None = None,
        private: bool = False,
        countdown: str = "",
        alarm: int = 0,
    ) -> View:
        """Return the view with everything that stands around its body.

        `countdown` is the key of what is said of the seconds that are left, where they count.
        """
        words = self.words
        settings = self.visit.session.settings
        title = title or words(f"{name}.title")
        return View(
            name=name,
            title=title,
            body=evenly_stopped(body, words("format.stop")),
            choices=choices,
            back=Choice(words("choice.back"), on.WentBack(), Icon.BACK) if back else None,
            home=Choice(words("choice.home"), on.WentHome(), Icon.HOME) if home else None,
            tools=_tools(self.visit, words),
            banners=_banners(self.visit, self.mode, words),
            countdown=self._countdown(countdown) if countdown else None,
            step=step,
            look=Look(Size(settings.text_size.value), Palette(settings.contrast.value), settings.language),
            brand=words("frame.brand"),
            knock=self._knock(),
            clock=f"{self.moment.now.astimezone(BEIJING):%H:%M}",
            footer=words("frame.footer", hotline=self.visit.policy.hotline, kiosk=self.visit.policy.kiosk),
            private=private,
            aloud=settings.voice,
            alarm=alarm,
        )

    def accounts(self, stand: str = "untouched") -> tuple[str, ...]:
        """Return how both accounts stand, for whoever came to report a loss or to change something.

        "untouched": nothing happened to either. "unconfirmed": nobody knows whether it did to the social
        security account. The bank's is never touched.
        """
        service = self.visit.session.service
        if service not in {ServiceName.LOSS_REPORT, ServiceName.CONTACT_CHANGE}:
            return ()
        return (self.words(f"accounts.{stand}.{service.value}"),)

    def confirm(self, key: str, *, danger: bool = False, enabled: bool = True) -> AnyChoice:
        """Return the one way on, in the words of a key."""
        role = Role.DANGER if danger else Role.PRIMARY
        return Choice(self.words(key), on.Confirmed(), Icon.CONFIRM, role, enabled=enabled)

    def _knock(self) -> AnyChoice | None:
        """The brand may be knocked at where nobody is in the middle of anything."""
        at_rest = isinstance(self.visit.state, Home | TakingCard) and not isinstance(self.mode, Maintenance)
        return (
            Choice(self.words("frame.brand"), on.BrandTouched(), Icon.WRENCH, Role.QUIET) if at_rest else None
        )

    def _countdown(self, key: str) -> Countdown | None:
        left = self.moment.seconds_left
        if left is None or left > COUNTDOWN_FROM_S:
            return None
        seconds = max(0, round(left))
        return Countdown(seconds, int(COUNTDOWN_FROM_S), self.words(key, seconds=seconds))


def _tools(visit: Visit, words: Words) -> tuple[AnyChoice, ...]:
    settings = visit.session.settings
    other = [language for language in visit.policy.languages if language != settings.language]
    languages = tuple(
        Choice(words(f"frame.language.{language}"), on.LanguageChosen(language), Icon.LANGUAGE, Role.QUIET)
        for language in other
    )
    size = Choice(
        words(f"frame.text_size.{settings.text_size.value}"),
        on.TextSizeChosen(_NEXT_SIZE[settings.text_size]),
        Icon.TEXT_SIZE,
        Role.QUIET,
    )
    contrast = Choice(
        words(f"frame.contrast.{settings.contrast.value}"),
        on.ContrastChosen(_NEXT_CONTRAST[settings.contrast]),
        Icon.CONTRAST,
        Role.QUIET,
    )
    if not visit.conditions.voice:
        return (*languages, size, contrast)
    key = "frame.voice.stop" if settings.voice else "frame.voice.start"
    voice = Choice(words(key), on.VoiceChosen(not settings.voice), Icon.VOICE, Role.QUIET)
    return (*languages, size, contrast, voice)


def _banners(visit: Visit, mode: Mode, words: Words) -> tuple[Banner, ...]:
    """Tell what is missing before a card goes in, only what matters to a citizen, and the gravest first."""
    conditions, at_home = visit.conditions, isinstance(visit.state, Home)
    banners = []
    if isinstance(mode, Maintenance | Starting | OutOfService):
        return ()  # the pages of the first say more, and the others serve nobody
    if not conditions.online:
        key = "banner.offline" if at_home else "banner.offline_short"
        banners.append(Banner(words(key, hotline=visit.policy.hotline), grave=True))
        if at_home and conditions.pending:
            banners.append(Banner(words("banner.waiting", pending=conditions.pending)))
    if isinstance(mode, EnteringMaintenance) and not isinstance(visit.state, PersonsDiffer):
        banners.append(Banner(words("banner.technician_waits")))
    elif isinstance(mode, InService) and mode.kept_waiting:
        banners.append(Banner(words("banner.technician_waited")))
    if not conditions.printer or conditions.paper is Paper.OUT:
        banners.append(Banner(words("banner.no_paper" if at_home else "banner.no_paper_short")))
    if at_home and not conditions.card_reader:
        banners.append(Banner(words("banner.no_card_reader")))
    if at_home and not conditions.id_reader:
        banners.append(Banner(words("banner.no_id_reader")))
    return tuple(banners)
