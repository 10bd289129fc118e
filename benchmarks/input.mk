.PHONY: bench-input
bench-input: setup  # how fast and how well the keyboards read what citizens write
	$(PYTHON) benchmarks/bench_input.py
