"""What an article of the Measures means for the kiosk, as data.

An article is never quoted here: its gist is told in own words, and its text is the law's. Screens are
named as the views name themselves ("card_trouble"), with the case after a dot where one screen has
several ("card_trouble.expired"); the tests hold that each of them exists.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial

from kiosk.domain.guides import Guide
from kiosk.domain.measures.questions import Question
from kiosk.domain.paper import Slip


class Conduct(Enum):
    """What the kiosk does about an article."""

    OFFERS = "offers"
    REFUSES = "refuses"
    TELLS = "tells"
    PRINTS = "prints"
    UNTOUCHED = "untouched"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing the kiosk does about an article, and where it can be seen to do it.

    `tests` are the names of those in the article's file (tests/rules) that prove it. `decided_by` are the
    functions by which the kiosk decides it, where there is something to decide; `window_decides` those by
    which the window does: the kiosk asks none of them, they hold the words of its guides to the article.
    `unsaid`: the article is never named to the visitor, because its number alone would say what must not
    be said.
    """

    conduct: Conduct
    what: str
    tests: tuple[str, ...]
    screens: tuple[str, ...] = ()
    guides: tuple[Guide, ...] = ()
    slips: tuple[type[Slip], ...] = ()
    decided_by: tuple[Callable[..., object], ...] = ()
    window_decides: tuple[Callable[..., object], ...] = ()
    unsaid: bool = False

    @property
    def shown_on(self) -> tuple[str, ...]:
        """Every screen it can be seen on, those of its guides with them."""
        return (*self.screens, *(f"guide_{guide.key}" for guide in self.guides))


offers = partial(Rule, Conduct.OFFERS)
refuses = partial(Rule, Conduct.REFUSES)
tells = partial(Rule, Conduct.TELLS)
prints = partial(Rule, Conduct.PRINTS)
untouched = partial(Rule, Conduct.UNTOUCHED)


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its number, a title in Chinese, its gist, and what the kiosk does about it.

    `reading` says how the kiosk reads what can be read in two ways, and `questions` what it has asked the
    Bureau. `switches` are the keys of kiosk.toml by which the Bureau decides, with no change of code.
    """

    number: int
    title: str
    gist: str
    rules: tuple[Rule, ...]
    reading: str = ""
    questions: tuple[Question, ...] = ()
    switches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the Measures, with its title in Chinese."""

    number: int
    title: str
    articles: tuple[Article, ...]
