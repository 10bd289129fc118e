"""An entrance for each test."""

from pathlib import Path

import pytest

from tests.technicians.entrance import Entrance


@pytest.fixture
def entrance(tmp_path: Path) -> Entrance:
    return Entrance(tmp_path)
