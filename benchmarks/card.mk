# The social security card's longer proofs; the short ones are in `make test`.
.PHONY: bench-card fuzz-card soak-card

bench-card: setup  # a full read over pcscd and vpcd, as a ratio to the bare APDUs
	$(PYTHON) -m benchmarks.bench_card

fuzz-card: setup  # a million inputs for each decoder
	$(PYTHON) -m benchmarks.fuzz_card

soak-card: setup  # 10,000 cards in sixteen slots of one pcscd; about ten minutes
	$(PYTHON) -m benchmarks.soak_card
