"""PIN pads: what the kiosk asks of one, and the ZT598 on a serial line."""
