# Every screen as a picture, and every rule of the screens checked on every one of them.
.PHONY: gallery gallery-check

gallery: setup
	$(PYTHON) -m tests.screens.gallery

gallery-check: setup
	$(PYTHON) -m tests.screens.gallery --check
