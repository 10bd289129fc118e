"""What the Bureau publishes for everybody, asked of the backend now and then, and kept for days without it.

A file for each kind of text, as the backend gave it, with its ETag: so an unchanged text costs one short
answer. A damaged file is passed over and asked for anew. Nothing in it concerns any person.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from drivers.errors import DeviceStatus
from kiosk.backend.client import BackendClient
from kiosk.backend.errors import BackendError
from kiosk.backend.fleet import (
    REFERENCE_TEXTS,
    PublishedText,
    ReferenceText,
    Topic,
    to_reference,
)
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.private_files import write_private
from kiosk.services.service import Check, Watched

FIRST_ASK_AFTER_S = 10.0  # a start has more urgent questions, and what is kept serves till then
ASK_AGAIN_S = 3600.0
AFTER_TROUBLE_S = 60.0
LOOK_UP_S = 1.0  # how long a stop may have to wait for this service to notice


class _Kept(BaseModel):
    """A text on disk."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    etag: str
    text: dict[str, object]


class PublicTexts:
    """The public texts as a service. It performs nothing: it only watches."""

    def __init__(self, client: BackendClient, folder: Path, steady: Callable[[], float]) -> None:
        self._client = client
        self._folder = folder
        self._steady = steady
        self._texts: dict[Topic, PublishedText] = {}
        self._due_s: float | None = None  # None: what is kept has not been read yet

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Nothing is asked of this service."""
        return ()

    def watch(self) -> Watched:
        """Read what is kept, first; then ask for what is new, when it is time."""
        if self._due_s is None:
            self._due_s = self._steady() + FIRST_ASK_AFTER_S
            self._texts = dict(self._kept())
            return Watched(self._told() if self._texts else ())
        if self._steady() < self._due_s:
            return Watched(rest_s=LOOK_UP_S)
        try:
            changed = [topic for topic in Topic if self._ask(topic)]
        except BackendError:
            self._due_s = self._steady() + AFTER_TROUBLE_S
            return Watched(self._told(), LOOK_UP_S)
        self._due_s = self._steady() + ASK_AGAIN_S
        return Watched(self._told() if changed else (), LOOK_UP_S)

    def check(self) -> Check:
        """Say how many kinds of text there are; none is nothing to be mended here."""
        return Check(DeviceStatus.ONLINE, detail=f"{len(self._texts)} of {len(Topic)} texts kept")

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _ask(self, topic: Topic) -> bool:
        """Ask for a text, and keep it if it is another one; whether it is. Raises BackendError."""
        before = self._texts.get(topic)
        found = self._client.reference(topic, before.etag if before else "")
        if found is None or found == before:
            return False
        self._texts[topic] = found
        self._keep(topic, found)
        return True

    def _told(self) -> tuple[on.Event, ...]:
        return (on.ReferenceRead(to_reference(text.text for text in self._texts.values())),)

    def _kept(self) -> Iterable[tuple[Topic, PublishedText]]:
        for topic in Topic:
            try:
                kept = _Kept.model_validate_json(self._file(topic).read_bytes())
                text: ReferenceText = REFERENCE_TEXTS[topic].model_validate(kept.text)
            except (OSError, ValidationError):
                continue
            yield topic, PublishedText(text, kept.etag)

    def _keep(self, topic: Topic, found: PublishedText) -> None:
        """Write a text down. On a full disk the one in memory has to do."""
        kept = _Kept(etag=found.etag, text=found.text.model_dump(mode="json"))
        with suppress(OSError):
            write_private(self._file(topic), kept.model_dump_json().encode())

    def _file(self, topic: Topic) -> Path:
        return self._folder / f"{topic.value}.json"
