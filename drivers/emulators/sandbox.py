"""A private corner of the machine for a program that must not be reached from outside it.

vpcd listens on every interface and cannot be told not to, and pcscd allows only one of itself. In a network
and a mount namespace of its own neither matters: nobody reaches the port, and any number of pcscds run side
by side. root may make namespaces; a plain user may where the kernel allows user namespaces, and is root in
there.
"""

import os
import subprocess
from collections.abc import Sequence
from functools import cache


@cache
def isolation() -> tuple[str, ...] | None:
    """Return the command that puts the program after it into a namespace of its own.

    None when this machine refuses: a container without CAP_SYS_ADMIN, or user namespaces switched off.
    """
    as_root = ("unshare", "--net", "--mount")
    as_user = (*as_root, "--map-root-user")
    for command in (as_root, as_user) if os.geteuid() == 0 else (as_user,):
        if _succeeds((*command, "--", "ip", "link", "set", "lo", "up")):
            return (*command, "--")
    return None


def _succeeds(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=10, check=False).returncode == 0  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
