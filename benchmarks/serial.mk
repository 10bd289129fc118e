# Long proofs of the ID card reader, the PIN pad, and what they stand on.
.PHONY: fuzz-serial soak-serial bench-id-reader

fuzz-serial: setup  # a million inputs for each decoder, 10 MB of noise for each frame reader
	$(PYTHON) -m benchmarks.fuzz_serial

soak-serial: setup  # 10,000 cards and 10,000 passwords over real pyserial
	$(PYTHON) -m benchmarks.soak_serial

bench-id-reader: setup
	$(PYTHON) -m benchmarks.bench_id_reader
