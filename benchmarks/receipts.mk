.PHONY: prove-receipts
prove-receipts: setup  # 100,000 altered receipts, all refused
	$(PYTHON) -m benchmarks.receipt_mutations
