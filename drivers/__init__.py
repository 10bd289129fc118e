"""Drivers for the devices of a kiosk: pure protocols, thin devices, byte-level emulators.

Usable without the kiosk: they import nothing of it.
"""
