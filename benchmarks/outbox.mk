.PHONY: bench-outbox prove-durability

# Beside raw SQLite and other queues; prints a table, writes benchmarks/results/outbox.json.
bench-outbox: setup
	$(PYTHON) -m benchmarks.bench_outbox

# 10,000 kills and 5,000 power cuts, about five minutes; writes benchmarks/results/durability.json.
prove-durability: setup
	$(PYTHON) -m benchmarks.prove_durability
