# The window: figures against a bare Kivy application, and every sample view on every display, inspected.
.PHONY: bench-screens bench-browser gallery-samples

bench-screens: setup
	$(PYTHON) -m benchmarks.bench_screens

# The same home screen in Debian's Chromium, which nothing else here needs.
bench-browser: setup
	@command -v chromium >/dev/null || apt-get install -y -qq --no-install-recommends chromium >/dev/null || \
	    sudo apt-get install -y -qq --no-install-recommends chromium >/dev/null
	$(PYTHON) -m benchmarks.bench_browser

gallery-samples: setup
	$(PYTHON) -m tests.screens.gallery_samples gallery portrait
	$(PYTHON) -m tests.screens.gallery_samples gallery landscape
	$(PYTHON) -m tests.screens.gallery_samples gallery square
