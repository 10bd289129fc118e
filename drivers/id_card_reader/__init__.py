"""Resident ID card readers of the SDT family (GA/T 467), on a serial line."""
