"""The QR scanner that the printer is judged by."""

from tests.drivers.receipt_printer.conftest import scan_qr

__all__ = ["scan_qr"]
