"""Files of the kiosk's own: whole or as they were, and nobody else's to read."""

import os
import stat
from pathlib import Path

import pytest

from kiosk.private_files import NotPrivate, private_folder, read_private, write_private


def test_what_is_written_is_the_kiosks_alone_whatever_the_umask(tmp_path: Path) -> None:
    file = tmp_path / "within" / "file"
    before = os.umask(0)
    try:
        write_private(file, b"one")
    finally:
        os.umask(before)
    assert read_private(file) == b"one"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644, 0o700])
def test_what_others_can_read_or_change_is_not_believed(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "file"
    write_private(file, b"one")
    file.chmod(mode)
    with pytest.raises(NotPrivate, match="permissions"):
        read_private(file)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_what_belongs_to_another_user_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "file"
    write_private(file, b"one")
    os.chown(file, 65_534, -1)
    with pytest.raises(NotPrivate, match="another user"):
        read_private(file)


def test_a_power_cut_while_writing_leaves_what_was_there_and_the_next_write_goes_through(
    tmp_path: Path,
) -> None:
    file = tmp_path / "file"
    write_private(file, b"one")
    (tmp_path / "file.new").write_bytes(b"tw")  # as far as it came
    assert read_private(file) == b"one"
    write_private(file, b"two")
    assert read_private(file) == b"two"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    private_folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
