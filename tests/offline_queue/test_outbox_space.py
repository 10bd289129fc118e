"""No room, no writing: new entries are refused in time, and what was taken in can still be settled."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from offline_queue import Delivered, Limits, Obstacle, State
from offline_queue.errors import StorageFailure
from offline_queue.space import BALLAST_BYTES
from tests.offline_queue.conftest import failing_disk

ROOT = Path(__file__).parents[2]
PRIVATE_MOUNTS = ["unshare", "--mount"]
PRIVATE_DISK = [*PRIVATE_MOUNTS, "--map-root-user"]


def test_a_backlog_at_its_limit_takes_no_more_and_one_below_does(open_outbox, fact):
    outbox = open_outbox(limits=Limits(pending=2, free_bytes=0))
    outbox.put(fact("a"))
    assert outbox.accepts_new() is None
    outbox.put(fact("b"))
    assert outbox.accepts_new() is Obstacle.BACKLOG_FULL
    outbox.settle("key-1", Delivered())
    assert outbox.accepts_new() is None


def test_too_little_room_on_the_partition_is_an_obstacle(open_outbox):
    assert open_outbox(limits=Limits(free_bytes=1 << 60)).accepts_new() is Obstacle.DISK_FULL


def test_the_ballast_is_there_from_the_start_and_takes_real_room(outbox, tmp_path):
    ballast = (tmp_path / "outbox.db.ballast").stat()
    assert (ballast.st_size, ballast.st_blocks * 512) == (BALLAST_BYTES, BALLAST_BYTES)


def test_a_failing_disk_refuses_new_entries_and_loses_none(outbox, fact):
    outbox.put(fact("a"))
    with failing_disk():
        with pytest.raises(StorageFailure):
            outbox.put(fact("b"))
        assert outbox.accepts_new() is Obstacle.STORAGE_FAILED
        with pytest.raises(StorageFailure):
            outbox.settle("key-1", Delivered())
        assert [entry.key for entry in outbox.entries(State.PENDING)] == ["key-1"]
    assert outbox.accepts_new() is None
    assert outbox.put(fact("c")).seq == 2
    assert outbox.settle("key-1", Delivered()).state is State.DELIVERED
    assert outbox.verify().first_break is None


def test_an_attempt_that_could_not_be_written_down_leaves_the_entry_as_it_was(outbox, fact):
    outbox.put(fact("a"))
    outbox.claim()
    with failing_disk(), pytest.raises(StorageFailure):
        outbox.postpone("key-1", "http_500", 5, doubtful=True)
    assert outbox.get("key-1").attempts == 0
    outbox.release("key-1")
    assert outbox.claim().key == "key-1"


def works(*command: str) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def has_private_disks() -> bool:
    return works(*PRIVATE_DISK, "true")


def apart(unshare: list[str], prepare: str, script: str, *arguments: Path) -> tuple[str, str]:
    """What a script says, and complains of, in a mount namespace of its own."""
    run = shlex.join([sys.executable, str(Path(__file__).with_name(script)), *map(str, arguments)])
    ran = subprocess.run(
        [*unshare, "sh", "-ec", f"{prepare}\n{run}"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    return ran.stdout, ran.stderr


@pytest.mark.skipif(not has_private_disks(), reason="needs a user namespace to mount a small file system")
def test_a_disk_full_to_the_last_byte_and_one_that_is_read_only(tmp_path):
    prepare = f"mount -t tmpfs -o size=12m tmpfs {tmp_path}"
    assert apart(PRIVATE_DISK, prepare, "full_disk.py", tmp_path) == ("survived", "")


def has_loop_devices() -> bool:
    # A user namespace may not set one up: only the machine's own root may.
    root = os.geteuid() == 0 and works(*PRIVATE_MOUNTS, "true")
    return root and works("losetup", "-f") and shutil.which("mkfs.ext4") is not None


@pytest.mark.skipif(not has_loop_devices(), reason="needs root, a loop device and ext4 to have a disk turn")
def test_a_disk_that_turns_read_only_while_the_outbox_is_open(tmp_path):
    image, disk = tmp_path / "image", tmp_path / "disk"
    disk.mkdir()
    prepare = f"truncate -s 24M {image}; mkfs.ext4 -q {image}"
    assert apart(PRIVATE_MOUNTS, prepare, "read_only_disk.py", image, disk) == ("survived", "")
