"""The business of the kiosk as values and pure functions. No I/O, no clock."""
