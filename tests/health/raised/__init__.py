"""How each code of the catalogue of faults is raised: on an emulator, in a file, on a disk or a line."""

from collections.abc import Callable
from pathlib import Path

Raise = Callable[[Path], set[str]]
"""Makes something go wrong with a kiosk in a folder, and returns the codes that its own checks found."""
