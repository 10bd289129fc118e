"""No test speaks to the pcscd of this machine.

libpcsclite reads once where to look for pcscd. So it is told before anything else: at a place where there is
none, until a test starts one there (drivers/emulators/pcscd.py).
"""

import os

from drivers.emulators.pcscd import SOCKET_VARIABLE, link_of_this_process

os.environ[SOCKET_VARIABLE] = str(link_of_this_process())
