"""What a backend can answer, and what it means for the entry.

    Delivered, Rejected   final: the entry is settled
    NotNow                the backend will not, yet: this entry waits, and its person's later ones with it
    Unsendable            this program cannot tell it, and nobody was asked: waits likewise
    Unknown               asked, but no answer came: waits, and is looked up by key before it is sent again
    Offline               nothing was done, and any other entry would fare alike: the whole link is quiet
    NeverArrived          a look-up's answer: the backend has no such key, so it may be sent

Codes are short and stable (`"http_503"`), carry nothing about a person, and are kept in clear. What a
backend says in words or documents (`answer`, `reason`) is sealed like the payload.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Delivered:
    """The backend has taken the entry in. `answer` is kept, sealed, for as long as the entry."""

    answer: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Rejected:
    """The backend has refused the entry for good."""

    code: str
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NotNow:
    """The backend is there, but this entry must wait.

    `retry_after_s` is the backend's own wish. `doubtful` says the work may have been done all the same
    (a 500 in the middle of it), so that the next attempt begins with a look-up.
    """

    code: str
    retry_after_s: float | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Unsendable:
    """This program cannot make a question of the entry: another version wrote it. It says nothing of the
    backend, and the next version may be able to.
    """

    code: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The question went out and no answer came back; the work may or may not have been done."""

    code: str


@dataclass(frozen=True, slots=True)
class Offline:
    """The backend could not be asked, or did not let us ask: nothing was done.

    With its own wish (`retry_after_s`) the link rests as told, and then another person's entry asks first.
    """

    code: str
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class NeverArrived:
    """The backend knows no entry with this key."""


Final = Delivered | Rejected
Outcome = Delivered | Rejected | NotNow | Unsendable | Unknown | Offline
Finding = Outcome | NeverArrived
