"""The demonstration: the real kiosk on emulated devices, with hands. Never part of a production kiosk."""
