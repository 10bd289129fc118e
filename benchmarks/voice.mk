.PHONY: voice-levels
voice-levels: setup  # peaks, loudness and pace of every sentence the embedded voice says
	$(PYTHON) -m benchmarks.voice_levels
