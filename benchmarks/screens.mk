# The window: figures against a bare Kivy application.
.PHONY: bench-screens bench-browser

bench-screens: setup
	$(PYTHON) -m benchmarks.bench_screens

# The same home screen in Debian's Chromium, which nothing else here needs.
bench-browser: setup
	@command -v chromium >/dev/null || apt-get install -y -qq --no-install-recommends chromium >/dev/null || \
	    sudo apt-get install -y -qq --no-install-recommends chromium >/dev/null
	$(PYTHON) -m benchmarks.bench_browser
