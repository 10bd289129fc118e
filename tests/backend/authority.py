"""The authority of the reference backend, where the tests of TLS look for it."""

from kiosk.backend.emulator.authority import Authority, Paper

__all__ = ["Authority", "Paper"]
