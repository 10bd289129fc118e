# The receipt printer's longer proofs; the short ones are in `make test`.
.PHONY: bench-printer fuzz-printer soak-printer
bench-printer: setup
	$(PYTHON) -m benchmarks.bench_printer
fuzz-printer: setup
	$(PYTHON) -m benchmarks.fuzz_printer
soak-printer: setup
	$(PYTHON) -m benchmarks.soak_printer
