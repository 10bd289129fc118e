# All devices together; each alone is in card.mk, serial.mk and printer.mk.
.PHONY: fuzz soak bench-devices
fuzz: fuzz-card fuzz-serial fuzz-printer  # a million inputs for each decoder
soak: soak-card soak-serial soak-printer  # 10,000 of everything, and nothing grows
bench-devices: bench-card bench-id-reader bench-printer  # each as a ratio to its floor
