"""What is left of a demonstration: a picture of each screen, each slip as picture and text, a timeline."""

import time
from pathlib import Path

from kiosk.demo.stage import DemonstrationFailed, Stage


class Album:
    """Takes pictures of a stage into a folder, and tells what happens as it does."""

    def __init__(self, stage: Stage, output: Path) -> None:
        self._stage = stage
        self._output = output
        self._pictures = 0
        self._slips = 0
        self._began = time.monotonic()
        self._timeline: list[str] = []

    @property
    def took_s(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began

    def see(self, name: str, words: str = "", *, within_s: float = 20) -> None:
        """Wait for words on the screen, and take its picture. Raises DemonstrationFailed."""
        if words:
            self._stage.wait_for(words, within_s=within_s)
        self._pictures += 1
        file = f"{self._pictures:02d}-{name}.png"
        self._stage.photograph(self._output / file)
        self.tell(f"{words or name}  [{file}]")

    def take_slip(self, words: str) -> None:
        """Keep the slip that came out last, which must say these words. Raises DemonstrationFailed."""
        slip = self._stage.printer.last_slip
        if words not in slip.text.replace("\n", ""):
            raise DemonstrationFailed(f"the slip does not say {words!r}: {slip.text}")
        self._slips += 1
        (self._output / f"slip-{self._slips}.png").write_bytes(slip.png())
        (self._output / f"slip-{self._slips}.txt").write_text(slip.text, encoding="utf-8")
        self.tell(f"{words}  [slip-{self._slips}.png]")

    def keep(self, file: Path) -> None:
        """Keep a copy of a file."""
        (self._output / file.name).write_bytes(file.read_bytes())
        self.tell(f"[{file.name}]")

    def tell(self, what: str) -> None:
        """Say what happens now."""
        line = f"{self.took_s:6.1f} s  {what}"
        self._timeline.append(line)
        print(line, flush=True)  # noqa: T201  the audience reads along

    def close(self) -> None:
        """Write the timeline."""
        text = "\n".join(self._timeline) + "\n"
        (self._output / "timeline.txt").write_text(text, encoding="utf-8")
