# The window: figures against a bare Kivy application, and every sample view on every display, inspected.
.PHONY: bench-screens gallery-samples

bench-screens: setup
	$(PYTHON) -m benchmarks.bench_screens

gallery-samples: setup
	$(PYTHON) -m tests.screens.gallery_samples gallery portrait
	$(PYTHON) -m tests.screens.gallery_samples gallery landscape
	$(PYTHON) -m tests.screens.gallery_samples gallery square
