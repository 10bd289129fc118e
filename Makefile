# Two commands matter: `make demo` and `make test`. Each sets up all it needs.
.PHONY: demo demo-maintenance test setup check lock clean
PYTHON := .venv/bin/python

demo: setup
	$(PYTHON) -m kiosk demo

demo-maintenance: setup  # a technician's morning, by its script
	$(PYTHON) -m kiosk demo --maintenance

test: setup check
	$(PYTHON) -m pytest --numprocesses auto --no-loadscope-reorder

setup:
	@deploy/setup.sh

check:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

lock:  # needs network; commit the result
	.venv/bin/uv pip compile -q pyproject.toml --extra dev --extra bench --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links -o deploy/requirements-dev.lock
	.venv/bin/uv pip compile -q pyproject.toml --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links -o deploy/requirements.lock

clean:
	rm -rf build demo-output gallery .mypy_cache .ruff_cache .pytest_cache .hypothesis

-include benchmarks/*.mk tests/screens/gallery/*.mk
